import type { Context } from "@/lib/auth/context";
import { Refusal, refusalWords } from "@/lib/refusal";
import { givenParams } from "@/lib/reports/given-params";
import { readAddress } from "@/lib/reports/report-address";
import { reportFile } from "@/lib/reports/report-file";
import { routeContext } from "@/lib/web/context";
import { refuseRoute } from "@/lib/web/refuse-route";
import { reportFailure } from "@/lib/web/report-failure";
import { searchParamsOf } from "@/lib/web/search-params";

const name = "take-report";
const OVER = "This address has ended, or it is somebody else's. Make the report again.";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ kind: string; file: string }> },
): Promise<Response> {
  const ctx = await routeContext("reports");
  if (ctx instanceof Response) return ctx;
  const { kind, file } = await params;
  const { given, twice } = givenParams(searchParamsOf(new URL(request.url).searchParams));
  if (twice.length > 0)
    return refuseRoute(ctx, name, new Refusal("bad-input"), `Not understood: ${twice.join(", ")}.`);
  try {
    const { params: asked, unread, isOver } = await readAddress(ctx, kind, given);
    if (unread.length > 0)
      return await refuseRoute(ctx, name, new Refusal("bad-input"), `Not understood: ${unread.join(", ")}.`);
    if (isOver) return await refuseRoute(ctx, name, new Refusal("not-found"), OVER);
    const wanted = { kind, params: asked };
    const { name: fileName, type, body } = await reportFile(ctx, wanted, file, request.signal);
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${fileName}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return answerTo(ctx, error);
  }
}

function answerTo(ctx: Context, error: unknown): Promise<Response> {
  if (!(error instanceof Refusal)) throw reportFailure(error);
  const { what, next } = refusalWords(error.code);
  const marked = Object.entries(error.fields).map(([name, words]) => ` ${name || "parameters"}: ${words}`);
  return refuseRoute(ctx, name, error, `${what} ${next}${marked.join("")}`);
}
