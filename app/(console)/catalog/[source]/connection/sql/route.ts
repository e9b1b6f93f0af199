import { readSource } from "@/lib/catalog/list-reviews";
import { decodeName } from "@/lib/catalog/table-address";
import { takeScript } from "@/lib/hardening/take-script";
import { Refusal } from "@/lib/refusal";
import { routeContext } from "@/lib/web/context";

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
    if (error instanceof Refusal && error.code === "not-found")
      return new Response("There is no such source.", { status: 404 });
    throw error;
  }
}
