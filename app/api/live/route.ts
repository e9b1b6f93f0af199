import { readLive } from "@/lib/reveals/read-live";
import { routeContext } from "@/lib/web/context";

/** How one's own grants stand; a page that shows revealed values asks every two seconds and clears when in doubt. */
export async function GET(): Promise<Response> {
  const ctx = await routeContext("home");
  if (ctx instanceof Response) return ctx;
  return Response.json(await readLive(ctx), { headers: { "Cache-Control": "no-store" } });
}
