import { readSource } from "@/lib/catalog/list-reviews";
import { decodeName } from "@/lib/catalog/table-address";
import { takeScript } from "@/lib/hardening/take-script";
import { Refusal } from "@/lib/refusal";
import { routeContext } from "@/lib/web/context";
import { refuseRoute } from "@/lib/web/refuse-route";
import { reportFailure } from "@/lib/web/report-failure";

type Params = { params: Promise<{ source: string }> };

export async function GET(_: Request, { params }: Params): Promise<Response> {
  const ctx = await routeContext("catalog");
  if (ctx instanceof Response) return ctx;
  try {
    const { source } = await readSource(ctx, decodeName((await params).source));
    return new Response(await takeScript(ctx, source.id), {
      headers: {
        "Content-Type": "application/sql; charset=utf-8",
        "Content-Disposition": `attachment; filename="glimpse-${source.slug}.sql"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw reportFailure(error);
    const words = error.code === "not-found" ? "There is no such source." : undefined;
    return refuseRoute(ctx, "take-sql", error, words);
  }
}
