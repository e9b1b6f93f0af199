import "server-only";
import { setImmediate } from "node:timers/promises";
import { colours } from "@/lib/reports/pdf/colours";
import { drawBars, drawNumbers, drawSeries } from "@/lib/reports/pdf/draw-parts";
import { PaperTable } from "@/lib/reports/pdf/draw-table";
import { Contents, drawTitlePage, type Entry } from "@/lib/reports/pdf/front";
import { Paper } from "@/lib/reports/pdf/paper";
import { drawProof } from "@/lib/reports/pdf/proof-page";
import type { MadeReport } from "@/lib/reports/made-report";
import type { Section, TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";
import { sheetsOf } from "@/lib/reports/sheet";
import { momentText } from "@/lib/reports/words";

/** So many rows of one table are printed; a longer one says so and is whole in its CSV. */
export const MOST_ROWS = 5_000;

/**
 * A report as a document to hand over: title page, contents with page numbers, the parts, and last the checkpoint that
 * covers it with how to verify it. Bytes are made as they are read, so that memory stays flat.
 */
export async function* reportPdf(
  report: MadeReport,
  { mostRows = MOST_ROWS }: { mostRows?: number } = {},
): AsyncGenerator<Uint8Array> {
  const paper = new Paper({
    title: report.title,
    subject: report.question,
    author: report.madeBy,
    madeAt: new Date(report.madeAt),
    foot: `Glimpse · ${report.title} · made ${momentText(report.madeAt)} UTC`,
  });
  drawTitlePage(paper, report);
  const contents = new Contents(paper, report.sections.length + 1);
  const entries: Entry[] = [];
  const begin = (title: string) => {
    const name = `part-${entries.length + 1}`;
    drawHeading(paper, title, name);
    entries.push({ title, name, page: paper.pageNumber });
  };
  paper.page();
  for (const section of report.sections) {
    const part = section.kind === "table" ? await begun(section) : { ...section, isEmpty: false };
    beginPage(paper, part);
    begin(part.title);
    yield* drawSection(paper, part, mostRows);
    yield* paper.take();
  }
  paper.page();
  begin("How to verify this report");
  drawProof(paper, report);
  contents.fill(entries);
  paper.end();
  yield* paper.take();
}

type Begun = TableSection & { isEmpty: boolean };

/** A table whose first rows are read: how it is laid depends on whether there are any. */
async function begun(table: TableSection): Promise<Begun> {
  const batches = table.rows()[Symbol.asyncIterator]();
  let first = await batches.next();
  while (first.done !== true && first.value.length === 0) first = await batches.next();
  async function* rows(): AsyncGenerator<readonly Row[]> {
    try {
      for (let next = first; next.done !== true; next = await batches.next()) yield next.value;
    } finally {
      await batches.return?.();
    }
  }
  return { ...table, rows, isEmpty: first.done === true };
}

/** Wide tables lie on their side, and tables after them may; a part does not begin at the foot of a page. */
function beginPage(paper: Paper, section: Section & { isEmpty: boolean }): void {
  const isLying = paper.doc.page.layout === "landscape";
  const mustLie = section.kind === "table" && !section.isEmpty && weightOf(section) > MOST_UPRIGHT;
  const mayLie = section.kind === "table";
  if (mustLie && !isLying) paper.page("landscape");
  else if (isLying && !mayLie) paper.page("portrait");
  else paper.need(section.kind === "series" ? 260 : 120);
}

/** The weight of columns that an upright page has room for. */
const MOST_UPRIGHT = 8.5;

const weightOf = ({ columns }: TableSection) => columns.reduce((sum, { weight = 1 }) => sum + weight, 0);

function drawHeading(paper: Paper, title: string, name: string): void {
  if (paper.y > 60) paper.y += 14;
  paper.doc.addNamedDestination(name, "XYZ", 0, paper.y - 10, null);
  paper.doc.outline.addItem(title);
  paper.text(title, { size: 15, face: "semibold", type: "H2", leading: 22 });
  paper.y += 2;
}

async function* drawSection(paper: Paper, section: Section, mostRows: number): AsyncGenerator<Uint8Array> {
  if ("intro" in section && section.intro) {
    paper.text(section.intro, { size: 9, colour: colours.muted });
    paper.y += 4;
  }
  switch (section.kind) {
    case "text":
      for (const paragraph of section.paragraphs) {
        paper.text(paragraph, { size: 9.5 });
        paper.y += 5;
      }
      return;
    case "numbers":
      return drawNumbers(paper, section);
    case "bars":
      return section.bars.length === 0 ? drawNothing(paper, section.empty) : drawBars(paper, section);
    case "series": {
      if (!drawSeries(paper, section)) return drawNothing(paper, section.empty);
      const [sheet] = sheetsOf([section]);
      if (sheet) yield* drawTable(paper, { ...sheet, empty: section.empty }, mostRows);
      return;
    }
    case "table":
      yield* drawTable(paper, section, mostRows);
  }
}

function drawNothing(paper: Paper, words: string): void {
  paper.text(words, { size: 9.5, colour: colours.muted });
  paper.y += 6;
}

type Printed = Pick<TableSection, "columns" | "rows" | "empty">;

async function* drawTable(
  paper: Paper,
  { columns, rows, empty }: Printed,
  mostRows: number,
): AsyncGenerator<Uint8Array> {
  let table: PaperTable | null = null;
  let printed = 0;
  let isCut = false;
  for await (const batch of rows()) {
    isCut = printed + batch.length > mostRows;
    for (const row of batch.slice(0, mostRows - printed)) {
      table ??= new PaperTable(paper, columns);
      table.row(row);
      printed += 1;
      if (printed % 50 === 0) {
        yield* paper.take();
        // Drawing is work: others who wait for this process have their turn in between.
        await setImmediate();
      }
    }
    if (isCut) break;
  }
  table?.end();
  if (printed === 0) drawNothing(paper, empty);
  if (isCut) {
    const shown = mostRows.toLocaleString("en-US");
    paper.text(
      `These are the first ${shown} rows, and there are more: the CSV of this table has all of them.`,
      {
        size: 9.5,
        face: "semibold",
      },
    );
  }
}
