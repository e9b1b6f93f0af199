import { listDownloads } from "@/lib/downloads/list-downloads";
import { routeContext } from "@/lib/web/context";

/** How one's own downloads stand; a page asks every second while one of them runs. */
export async function GET(): Promise<Response> {
  const ctx = await routeContext("home");
  if (ctx instanceof Response) return ctx;
  const downloads = await listDownloads(ctx);
  return Response.json({ downloads }, { headers: { "Cache-Control": "no-store" } });
}
