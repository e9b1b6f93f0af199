import { exportColumns, exportEvents } from "@/lib/audit/export-events";
import { exportProof } from "@/lib/audit/export-proof";
import { parseAuditFilter } from "@/lib/audit/filter";
import { csvStream, plainStream } from "@/lib/csv-stream";
import { exportReceipts } from "@/lib/requests/read-receipts";
import { Refusal } from "@/lib/refusal";
import { routeContext } from "@/lib/web/context";
import { refuseRoute } from "@/lib/web/refuse-route";

export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("audit");
  if (ctx instanceof Response) return ctx;
  const { format = "csv", ...params } = Object.fromEntries(new URL(request.url).searchParams);
  const { filter, unread } = parseAuditFilter(params);
  if (!isFormat(format)) unread.push("format");
  // Receipts are all of them: a filter of events says nothing of them.
  else if (format === "receipts") unread.push(...Object.keys(filter));
  // A filter that is dropped would export more than was asked for.
  if (unread.length > 0)
    return refuseRoute(ctx, "export-log", new Refusal("bad-input"), `Not understood: ${unread.join(", ")}.`);
  const name = `glimpse-${format === "receipts" ? "receipts" : "audit"}-${new Date().toISOString().slice(0, 10)}`;
  const body =
    format === "csv"
      ? csvStream(exportColumns, await exportEvents(ctx, filter))
      : plainStream(await (format === "receipts" ? exportReceipts(ctx) : exportProof(ctx, filter)));
  return new Response(body, {
    headers: {
      "Content-Type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
      "Content-Disposition": `attachment; filename="${name}.${format === "csv" ? "csv" : "ndjson"}"`,
      "Cache-Control": "no-store",
    },
  });
}

const isFormat = (text: string): text is "csv" | "ndjson" | "receipts" =>
  ["csv", "ndjson", "receipts"].includes(text);
