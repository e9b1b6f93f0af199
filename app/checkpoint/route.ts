import { serveCheckpoint } from "@/lib/audit/serve-tiles";
import { logReaderContext } from "@/lib/web/context";

export async function GET(request: Request): Promise<Response> {
  const ctx = await logReaderContext();
  if (ctx instanceof Response) return ctx;
  const answer = await serveCheckpoint(ctx, new URL(request.url).searchParams.get("size") ?? undefined);
  if ("why" in answer) return new Response(answer.why, { status: answer.status });
  return new Response(new Uint8Array(answer.bytes), {
    headers: { "Content-Type": "text/plain; charset=utf-8" },
  });
}
