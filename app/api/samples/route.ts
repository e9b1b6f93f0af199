import { z } from "zod";
import { sampleColumn, sampleTable } from "@/lib/catalog/sample-masks";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { routeContext } from "@/lib/web/context";
import { refuseRoute } from "@/lib/web/refuse-route";
import { reportFailure } from "@/lib/web/report-failure";

const route = "sample-masks";
const query = z.union([
  z.strictObject({ table: idInput(), column: idInput(), class: z.string().max(60) }),
  z.strictObject({ table: idInput() }),
]);

/** Masked samples for the review of a table: of each column as chosen, or of one column under every mask. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("catalog");
  if (ctx instanceof Response) return ctx;
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success)
    return refuseRoute(
      ctx,
      route,
      new Refusal("bad-input"),
      "Name a table, or a table, a column and a class.",
    );
  try {
    const samples =
      "column" in asked.data
        ? await sampleColumn(ctx, {
            tableId: asked.data.table,
            columnId: asked.data.column,
            classId: asked.data.class,
          })
        : await sampleTable(ctx, asked.data.table);
    return Response.json(samples, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    if (error instanceof Refusal) return refuseRoute(ctx, route, error);
    throw reportFailure(error);
  }
}
