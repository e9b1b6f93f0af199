import { exportColumns, exportEvents } from "@/lib/audit/export-events";
import { exportProof } from "@/lib/audit/export-proof";
import { parseAuditFilter } from "@/lib/audit/filter";
import { csvStream, plainStream } from "@/lib/csv-stream";
import { routeContext } from "@/lib/web/context";

export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("audit");
  if (ctx instanceof Response) return ctx;
  const { format = "csv", ...params } = Object.fromEntries(new URL(request.url).searchParams);
  const { filter, unread } = parseAuditFilter(params);
  if (format !== "csv" && format !== "ndjson") unread.push("format");
  // A filter that is dropped would export more than was asked for.
  if (unread.length > 0) return new Response(`Not understood: ${unread.join(", ")}.`, { status: 400 });
  const body =
    format === "csv"
      ? csvStream(exportColumns, await exportEvents(ctx, filter))
      : plainStream(await exportProof(ctx, filter));
  return new Response(body, {
    headers: {
      "Content-Type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
      "Content-Disposition": `attachment; filename="glimpse-audit-${new Date().toISOString().slice(0, 10)}.${format}"`,
      "Cache-Control": "no-store",
    },
  });
}
