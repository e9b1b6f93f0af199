import { exportCells, exportColumns, exportEvents } from "@/lib/audit/export-events";
import { exportProof } from "@/lib/audit/export-proof";
import { parseAuditFilter, type AuditFilter } from "@/lib/audit/filter";
import type { Context } from "@/lib/auth/context";
import { csvStream, plainStream } from "@/lib/csv-stream";
import { exportReceipts } from "@/lib/requests/read-receipts";
import { Refusal } from "@/lib/refusal";
import { routeContext } from "@/lib/web/context";
import { refuseRoute } from "@/lib/web/refuse-route";
import { reportFailure } from "@/lib/web/report-failure";

export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("audit");
  if (ctx instanceof Response) return ctx;
  const { format = "csv", ...params } = Object.fromEntries(new URL(request.url).searchParams);
  const { filter, unread } = parseAuditFilter(params);
  // Receipts are all of them: a filter of events says nothing of them.
  if (format === "receipts") unread.push(...Object.keys(filter));
  if (!isFormat(format)) unread.push("format");
  // A filter that is dropped would export more than was asked for.
  if (unread.length > 0 || !isFormat(format))
    return refuseRoute(ctx, "export-log", new Refusal("bad-input"), `Not understood: ${unread.join(", ")}.`);
  const name = `glimpse-${format === "receipts" ? "receipts" : "audit"}-${new Date().toISOString().slice(0, 10)}`;
  try {
    return new Response(await bodyOf(ctx, format, filter), {
      headers: {
        "Content-Type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
        "Content-Disposition": `attachment; filename="${name}.${format === "csv" ? "csv" : "ndjson"}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw reportFailure(error);
    return refuseRoute(ctx, "export-log", error);
  }
}

async function bodyOf(ctx: Context, format: Format, filter: AuditFilter): Promise<ReadableStream> {
  if (format === "csv") return csvStream(exportColumns, await exportEvents(ctx, filter), exportCells);
  return plainStream(await (format === "receipts" ? exportReceipts(ctx) : exportProof(ctx, filter)));
}

type Format = "csv" | "ndjson" | "receipts";

const isFormat = (text: string): text is Format => ["csv", "ndjson", "receipts"].includes(text);
