import "server-only";
import type { Context } from "@/lib/auth/context";
import type { Download } from "@/lib/downloads/download";
import { Refusal } from "@/lib/refusal";
import type { MadeReport } from "@/lib/reports/made-report";
import { MOST_ROWS, reportPdf } from "@/lib/reports/pdf/report-pdf";
import { byteStream, reportNdjson, sheetCsv } from "@/lib/reports/report-stream";
import { takeReport, type Taken, type Wanted } from "@/lib/reports/run-report";
import { sheetsOf, type Sheet } from "@/lib/reports/sheet";
import { numberComplaint } from "@/lib/texts/free-text";

export type ReportFile = { name: string; type: string; body: ReadableStream<Uint8Array> };

/**
 * A download of a report by the name of its file: `report.pdf`, `report.ndjson`, or `TABLE.csv` for one of its tables. It is
 * streamed, on record before its first byte and at its end, and can be cancelled from the first query on; `gone` says that
 * nobody waits for it any more. A Refusal where there is no such file.
 */
export async function reportFile(
  ctx: Context,
  wanted: Wanted,
  file: string,
  gone?: AbortSignal,
): Promise<ReportFile> {
  const taken = takenAs(file);
  const { download, make } = await takeReport(ctx, wanted, taken);
  return download.make(async () => fileOf(await make(), taken, download), gone);
}

function takenAs(file: string): Taken {
  const part = /^([a-z0-9-]{1,80})\.csv$/.exec(file)?.[1];
  // It is on record before anybody knows whether there is such a table: no number goes to the log as the name of one.
  if (part !== undefined && numberComplaint(part, true).kinds.length === 0) return { format: "csv", part };
  if (file === "report.pdf") return { format: "pdf" };
  if (file === "report.ndjson") return { format: "ndjson" };
  throw new Refusal("not-found");
}

function fileOf(made: MadeReport, taken: Taken, download: Download): ReportFile {
  const leave = <Batch>(batches: AsyncIterable<Batch>) => download.leaving(batches);
  const name = (end: string) => `glimpse-${made.kindId}-${made.madeAt.slice(0, 10)}-${end}`;
  switch (taken.format) {
    case "csv": {
      const sheet = sheetsOf(made.sections).find(({ id }) => id === taken.part);
      if (!sheet) throw new Refusal("not-found");
      aim(download, [sheet], Infinity);
      const body = sheetCsv(counted(download, sheet, Infinity), leave);
      return { name: name(`${taken.part}.csv`), type: "text/csv; charset=utf-8", body };
    }
    case "ndjson": {
      const body = reportNdjson(withCounts(download, made), leave);
      return { name: name("report.ndjson"), type: "application/x-ndjson; charset=utf-8", body };
    }
    case "pdf": {
      const body = byteStream(download.leaving(reportPdf(withCounts(download, made, MOST_ROWS))));
      return { name: name("report.pdf"), type: "application/pdf", body };
    }
  }
}

/** The report whose tables say how many of their rows have left, of each `most` at the most. */
function withCounts(download: Download, made: MadeReport, most = Infinity): MadeReport {
  const tables = made.sections.filter((section) => section.kind === "table");
  aim(download, tables, most);
  const sections = made.sections.map((section) =>
    section.kind === "table" ? counted(download, section, most) : section,
  );
  return { ...made, sections };
}

/** Says how many rows there will be, where every table knows it. */
function aim(download: Download, tables: readonly Pick<Sheet, "total">[], most: number): void {
  const totals = tables.flatMap(({ total }) => (total === undefined ? [] : [Math.min(total, most)]));
  if (totals.length === tables.length) download.expect(totals.reduce((sum, one) => sum + one, 0));
}

function counted<Table extends Pick<Sheet, "rows">>(download: Download, table: Table, most: number): Table {
  async function* rows() {
    let left = most;
    for await (const batch of table.rows()) {
      download.count(Math.min(batch.length, left));
      left = Math.max(0, left - batch.length);
      yield batch;
    }
  }
  return { ...table, rows };
}
