import "server-only";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { Draft } from "@/lib/requests/draft";
import { sealed, sendRequest, type Submitted } from "@/lib/requests/send-request";

/** Sends a request: for the records of its draft, which `cohort` names where they are all that matched these filters. */
export async function submitRequest(
  ctx: Context,
  draft: Draft,
  cohort: string | null = null,
): Promise<Submitted> {
  return recorded(ctx, (tx) => sendRequest(tx, ctx, { draft, cohort: sealed(cohort), parent: null }));
}
