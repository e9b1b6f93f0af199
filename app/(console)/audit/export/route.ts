import { exportColumns, exportEvents } from "@/lib/audit/export-events";
import { parseAuditFilter } from "@/lib/audit/filter";
import { csvStream } from "@/lib/csv-stream";
import { routeContext } from "@/lib/web/context";

export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("audit");
  if (ctx instanceof Response) return ctx;
  const { filter, unread } = parseAuditFilter(Object.fromEntries(new URL(request.url).searchParams));
  // A filter that is dropped would export more than was asked for.
  if (unread.length > 0) return new Response(`Not understood: ${unread.join(", ")}.`, { status: 400 });
  return new Response(csvStream(exportColumns, await exportEvents(ctx, filter)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="glimpse-audit-${new Date().toISOString().slice(0, 10)}.csv"`,
      "Cache-Control": "no-store",
    },
  });
}
