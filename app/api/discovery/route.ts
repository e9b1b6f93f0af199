import { z } from "zod";
import { readDiscovery } from "@/lib/catalog/read-discovery";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { routeContext } from "@/lib/web/context";
import { refuseRoute } from "@/lib/web/refuse-route";

const query = z.strictObject({ source: idInput() });

/** How the discovery of a source stands; its page asks every second while it runs. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("catalog");
  if (ctx instanceof Response) return ctx;
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return refuseRoute(ctx, "read-discovery", new Refusal("bad-input"), "Name a source.");
  const discovery = await readDiscovery(ctx, asked.data.source);
  return Response.json({ discovery }, { headers: { "Cache-Control": "no-store" } });
}
