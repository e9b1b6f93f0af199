import { serveTile } from "@/lib/audit/serve-tiles";
import { logReaderContext } from "@/lib/web/context";

export async function GET(
  _: Request,
  { params }: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  const ctx = await logReaderContext();
  if (ctx instanceof Response) return ctx;
  const answer = await serveTile(ctx, (await params).path);
  if ("why" in answer) return new Response(answer.why, { status: answer.status });
  return new Response(new Uint8Array(answer.bytes), {
    headers: { "Content-Type": "application/octet-stream" },
  });
}
