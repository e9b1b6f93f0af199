import { Refusal } from "@/lib/refusal";
import { receiptFile } from "@/lib/requests/read-receipts";
import { routeContext } from "@/lib/web/context";

export async function GET(
  _: Request,
  { params }: { params: Promise<{ number: string }> },
): Promise<Response> {
  const ctx = await routeContext("home");
  if (ctx instanceof Response) return ctx;
  const { number } = await params;
  const file = /^[1-9]\d{0,8}$/.test(number) ? await receiptFile(ctx, Number(number)).catch(missing) : null;
  if (!file) return new Response("There is nothing here, or nothing that you may see.", { status: 404 });
  return new Response(file, {
    headers: {
      "Content-Type": "application/x-ndjson",
      "Content-Disposition": `attachment; filename="glimpse-receipts-${number}.ndjson"`,
      "Cache-Control": "no-store",
    },
  });
}

function missing(error: unknown): null {
  if (error instanceof Refusal && error.code === "not-found") return null;
  throw error;
}
