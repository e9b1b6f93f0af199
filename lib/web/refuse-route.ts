import "server-only";
import { record } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { type Refusal, refusalWords, type RefusalCode } from "@/lib/refusal";

const statuses: Partial<Record<RefusalCode, number>> = {
  "bad-input": 400,
  "not-permitted": 403,
  "not-found": 404,
  "exports-spent": 429,
  "downloads-full": 429,
  "download-over": 409,
};

/** The answer of a route handler that says no, on record as the no of an action is; `words` for what the form of an address lacks. */
export async function refuseRoute(
  ctx: Context,
  route: string,
  refusal: Refusal,
  words?: string,
): Promise<Response> {
  await record(ctx, {
    code: "access.refused",
    details: { action: route, kind: "route", refusal: refusal.code },
  });
  const { what, next } = refusalWords(refusal.code);
  return new Response(words ?? `${what} ${next}`, { status: statuses[refusal.code] ?? 503 });
}
