import "server-only";
import type { Context } from "@/lib/auth/context";
import { Refusal } from "@/lib/refusal";
import { reportPdf } from "@/lib/reports/pdf/report-pdf";
import { byteStream, reportNdjson, sheetCsv } from "@/lib/reports/report-stream";
import { takeReport, type Wanted } from "@/lib/reports/run-report";
import { sheetsOf } from "@/lib/reports/sheet";

export type ReportFile = { name: string; type: string; body: ReadableStream<Uint8Array> };

/**
 * A download of a report by the name of its file: `report.pdf`, `report.ndjson`, or `TABLE.csv` for one of its tables. It is streamed,
 * and on record before its first byte. A Refusal where there is no such file.
 */
export async function reportFile(ctx: Context, wanted: Wanted, file: string): Promise<ReportFile> {
  const csv = /^([a-z0-9-]{1,80})\.csv$/.exec(file)?.[1];
  if (csv !== undefined) {
    const made = await takeReport(ctx, wanted, { format: "csv", part: csv });
    const sheet = sheetsOf(made.sections).find(({ id }) => id === csv);
    if (!sheet) throw new Refusal("not-found");
    return {
      name: nameOf(made, `${csv}.csv`),
      type: "text/csv; charset=utf-8",
      body: sheetCsv(sheet),
    };
  }
  if (file === "report.pdf") {
    const made = await takeReport(ctx, wanted, { format: "pdf" });
    return { name: nameOf(made, "report.pdf"), type: "application/pdf", body: byteStream(reportPdf(made)) };
  }
  if (file !== "report.ndjson") throw new Refusal("not-found");
  const made = await takeReport(ctx, wanted, { format: "ndjson" });
  return {
    name: nameOf(made, "report.ndjson"),
    type: "application/x-ndjson; charset=utf-8",
    body: reportNdjson(made),
  };
}

const nameOf = ({ kindId, madeAt }: { kindId: string; madeAt: string }, end: string) =>
  `glimpse-${kindId}-${madeAt.slice(0, 10)}-${end}`;
