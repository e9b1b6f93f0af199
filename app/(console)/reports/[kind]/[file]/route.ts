import { Refusal, refusalWords } from "@/lib/refusal";
import { givenParams } from "@/lib/reports/given-params";
import { reportFile } from "@/lib/reports/report-file";
import { routeContext } from "@/lib/web/context";
import { reportFailure } from "@/lib/web/report-failure";
import { searchParamsOf } from "@/lib/web/search-params";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ kind: string; file: string }> },
): Promise<Response> {
  const ctx = await routeContext("reports");
  if (ctx instanceof Response) return ctx;
  const { kind, file } = await params;
  const { given, twice } = givenParams(searchParamsOf(new URL(request.url).searchParams));
  if (twice.length > 0) return new Response(`Not understood: ${twice.join(", ")}.`, { status: 400 });
  try {
    const { name, type, body } = await reportFile(ctx, { kind, params: given }, file);
    return new Response(body, {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return answerTo(error);
  }
}

const statuses: Partial<Record<Refusal["code"], number>> = {
  "not-found": 404,
  "not-permitted": 403,
  "bad-input": 400,
};

function answerTo(error: unknown): Response {
  if (!(error instanceof Refusal)) throw reportFailure(error);
  const { what, next } = refusalWords(error.code);
  const marked = Object.entries(error.fields).map(([name, words]) => ` ${name || "parameters"}: ${words}`);
  return new Response(`${what} ${next}${marked.join("")}`, { status: statuses[error.code] ?? 503 });
}
