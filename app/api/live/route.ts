import { liveStreams } from "@/lib/notify/live-streams";
import { readLive } from "@/lib/reveals/read-live";
import { routeContext } from "@/lib/web/context";

/**
 * How one's own grants stand; a page that shows revealed values asks every two seconds and clears when in doubt. Asked
 * for events, it says when to ask again, and 204 where the tab has to do without.
 */
export async function GET(request: Request): Promise<Response> {
  const ctx = await routeContext("home");
  if (ctx instanceof Response) return ctx;
  if (request.headers.get("accept") !== "text/event-stream")
    return Response.json(await readLive(ctx), { headers: { "Cache-Control": "no-store" } });
  const stream = ctx.sessionId && liveStreams().open(ctx.actor.personId, ctx.sessionId);
  if (!stream) return new Response(null, { status: 204 });
  return new Response(stream, {
    headers: {
      "Content-Type": "text/event-stream",
      // Nobody on the way may gather messages: not to compress them, nor to send them on together.
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}
