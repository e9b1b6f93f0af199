import { isEmpty, plotOf } from "@/lib/reports/plot";
import type { Section, TableSection } from "@/lib/reports/report";
import type { Row, SectionView, SeriesPart } from "@/lib/reports/view";
import { firstDay, slugOf } from "@/lib/reports/sheet";
import { cellText, columnTitle } from "@/lib/reports/words";

/** So many rows of a table stand on a page; the rest is in its downloads. */
export const SHOWN_ROWS = 100;

/** A part of a report as a page shows it. Of a table it reads the first rows and no more. */
export async function sectionView(section: Section): Promise<SectionView> {
  switch (section.kind) {
    case "text":
      return section;
    case "numbers":
      return {
        ...section,
        figures: section.figures.map(({ value, kind, ...one }) => ({ ...one, text: cellText(kind, value) })),
      };
    case "bars": {
      const most = Math.max(0, ...section.bars.map(({ value }) => value));
      const { of, bars, ...rest } = section;
      return {
        ...rest,
        bars: bars.map(({ value, ...bar }) => ({
          ...bar,
          text: cellText(of, value),
          share: most === 0 ? 0 : value / most,
        })),
      };
    }
    case "series":
      return seriesView(section);
    case "table":
      return tableView(section);
  }
}

function seriesView({ points, of, step, ...rest }: SeriesPart): SectionView {
  const series = { points, of, step, ...rest };
  return {
    ...rest,
    id: slugOf(rest.title),
    plot: isEmpty(series) ? null : plotOf(series),
    head: [firstDay[step], ...rest.lines],
    rows: points.map(({ at, values }) => [at, ...values.map((value) => cellText(of, value))]),
  };
}

async function tableView({ rows, columns, ...rest }: TableSection): Promise<SectionView> {
  const shown: Row[] = [];
  for await (const batch of rows()) {
    shown.push(...batch.slice(0, SHOWN_ROWS + 1 - shown.length));
    if (shown.length > SHOWN_ROWS) break;
  }
  return {
    ...rest,
    columns: columns.map((column) => ({
      title: columnTitle(column),
      isAmount: column.kind !== "text" && column.kind !== "instant",
      isMoment: column.kind === "instant",
    })),
    rows: shown
      .slice(0, SHOWN_ROWS)
      .map((row) => columns.map(({ kind }, index) => cellText(kind, row[index] ?? null))),
    more: shown.length > SHOWN_ROWS,
  };
}
