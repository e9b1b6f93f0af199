import type { Section, TableSection } from "@/lib/reports/report";
import type { Cell, Column, Row } from "@/lib/reports/view";

/** A part of a report as a table of its own, for CSV and NDJSON. */
export type Sheet = Pick<TableSection, "id" | "title" | "columns" | "rows" | "total">;

/** All parts of a report that hold data, each as a table, in their order. */
export function sheetsOf(sections: readonly Section[]): Sheet[] {
  return sections.flatMap((section): Sheet[] => {
    switch (section.kind) {
      case "text":
        return [];
      case "table":
        return [section];
      case "numbers": {
        const rows = section.figures.map(({ label, value, kind, note }): Row => [
          label,
          value,
          kind,
          note ?? null,
        ]);
        return [sheet(section.title, [text("figure"), amount, text("unit"), text("note")], rows)];
      }
      case "bars": {
        const rows = section.bars.map(({ label, value, note }): Row => [label, value, note ?? null]);
        return [sheet(section.title, [text("name"), amount, text("note")], rows)];
      }
      case "series": {
        const lines = section.lines.map((line): Column => ({
          id: nameOf(line),
          title: line,
          kind: section.of,
        }));
        const rows = section.points.map(({ at, values }): Row => [at, ...values]);
        return [sheet(section.title, [text(section.step, firstDay[section.step]), ...lines], rows)];
      }
    }
  });
}

/** The name of a part that has only a title: "At a glance" is `at-a-glance`. */
export const slugOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

const nameOf = (title: string) => slugOf(title).replaceAll("-", "_");
/** What the first column of a series is called. */
export const firstDay = { day: "Day", week: "Week from", month: "Month from" } as const;
const text = (id: string, title = id): Column => ({ id, title, kind: "text" });
/** As it is: its unit is that of its row. */
const amount: Column = { id: "value", title: "value", kind: "duration" };

function sheet(title: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Sheet {
  return { id: slugOf(title), title, columns, rows: () => once(rows), total: rows.length };
}

async function* once(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows;
}
