import "server-only";
import { isDeepStrictEqual } from "node:util";
import { eq } from "drizzle-orm";
import { logSettings } from "@/lib/audit/log-settings";
import { refsOf } from "@/lib/audit/subject-ref";
import { leftOf } from "@/lib/approvals/left-of";
import type { WriteTransaction } from "@/lib/db/control-database";
import { receipts } from "@/lib/db/schema/receipts";
import { decisions } from "@/lib/db/schema/requests";
import { Refusal } from "@/lib/refusal";
import type { FoundRequest, StoredVote } from "@/lib/requests/find-request";
import { openReceipt, receiptHash, type Receipt } from "@/lib/requests/receipt";

/**
 * The hashes of the receipts of the votes before, in their order. A vote that somebody wrote around Glimpse has none:
 * where a log key is set and the next vote would build on it, that is refused.
 */
export async function readEarlier(
  tx: Pick<WriteTransaction, "select">,
  found: Pick<FoundRequest, "request" | "votes">,
  { mustHold }: { mustHold: boolean },
): Promise<string[]> {
  if (found.votes.length === 0) return [];
  const rows = await tx
    .select({ approverId: decisions.approverId, body: receipts.body, signature: receipts.signature })
    .from(receipts)
    .innerJoin(decisions, eq(decisions.id, receipts.decisionId))
    .where(eq(decisions.requestId, found.request.id));
  const { key } = logSettings();
  const kept = found.votes.map((vote) => rows.find(({ approverId }) => approverId === vote.approverId));
  for (const [at, vote] of found.votes.entries()) {
    if (key === null || !mustHold) break;
    const stored = kept[at];
    const receipt = stored ? openReceipt(stored, [key]) : null;
    if (!receipt || !isOf(receipt, found, vote, at)) throw new Refusal("vote-without-receipt");
  }
  return kept.flatMap((stored) => (stored ? [receiptHash(stored)] : []));
}

/** Whether a receipt is that of this vote: of whom, on what, for which step, and with all that it left. */
function isOf(
  { decided, step }: Receipt,
  { request, votes }: Pick<FoundRequest, "request" | "votes">,
  vote: StoredVote,
  at: number,
): boolean {
  const left = leftOf(request, votes.slice(0, at + 1));
  return (
    decided.request.id === request.id &&
    decided.request.hash === request.contentHash.toString("hex") &&
    decided.by?.id === vote.approverId &&
    (decided.standsInFor?.id ?? null) === vote.forId &&
    decided.verdict === vote.verdict &&
    step === vote.step &&
    decided.viewSeconds === left.viewSeconds &&
    isDeepStrictEqual(decided.records, refsOf(request, left.records) ?? left.records) &&
    isDeepStrictEqual(decided.fields, left.fields)
  );
}
