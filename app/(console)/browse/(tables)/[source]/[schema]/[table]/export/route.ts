import { exportTable } from "@/lib/browse/export-table";
import { parseTableState } from "@/lib/browse/table-state";
import { readTable } from "@/lib/catalog/read-table";
import { csvStream, ndjsonStream } from "@/lib/csv-stream";
import { Refusal } from "@/lib/refusal";
import { routeContext } from "@/lib/web/context";
import { refuseRoute } from "@/lib/web/refuse-route";
import { reportFailure } from "@/lib/web/report-failure";
import { searchParamsOf } from "@/lib/web/search-params";

const streams = { csv: csvStream, ndjson: ndjsonStream } as const;
const name = "export-table";
const types = { csv: "text/csv; charset=utf-8", ndjson: "application/x-ndjson; charset=utf-8" } as const;

export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("browse");
  if (ctx instanceof Response) return ctx;
  try {
    const table = await readTable(ctx, namesIn(request));
    const { format, ...search } = searchParamsOf(new URL(request.url).searchParams);
    if (format !== "csv" && format !== "ndjson")
      return refuseRoute(ctx, name, new Refusal("bad-input"), "Not understood: format.");
    const state = parseTableState(table, search);
    // A filter that is dropped would export more than was asked for.
    if (state.problems.length > 0)
      return refuseRoute(ctx, name, new Refusal("bad-input"), state.problems.join(" "));
    const rows = await exportTable(ctx, table, state, format, request.signal);
    const names = state.columns.map(({ name }) => name);
    return new Response(streams[format](names, rows), {
      headers: {
        "Content-Type": types[format],
        "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(`${table.name}-masked.${format}`)}`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw reportFailure(error);
    return refuseRoute(ctx, name, error);
  }
}

/** Read from the address itself, where they are encoded for certain. */
function namesIn(request: Request): { source: string; schema: string; table: string } {
  const [source = "", schema = "", table = ""] = new URL(request.url).pathname
    .split("/")
    .slice(2)
    .map(decodeURIComponent);
  return { source, schema, table };
}
