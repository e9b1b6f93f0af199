import { z } from "zod";
import { readDiscovery } from "@/lib/catalog/read-discovery";
import { routeContext } from "@/lib/web/context";

const query = z.strictObject({ source: z.uuid() });

/** How the discovery of a source stands; its page asks every second while it runs. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("catalog");
  if (ctx instanceof Response) return ctx;
  const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) return new Response("Name a source.", { status: 400 });
  const discovery = await readDiscovery(ctx, asked.data.source);
  return Response.json({ discovery }, { headers: { "Cache-Control": "no-store" } });
}
