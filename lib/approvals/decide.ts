import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import { decidedEvents } from "@/lib/approvals/decided-events";
import { holdVote, type Ballot, type Decidable, type HeldVote } from "@/lib/approvals/hold-vote";
import { readEarlier } from "@/lib/approvals/read-earlier";
import type { Context } from "@/lib/auth/context";
import type { Assertion } from "@/lib/auth/passkey-response";
import { lackOfPasskey, usePasskey } from "@/lib/auth/use-passkey";
import type { WriteTransaction } from "@/lib/db/control-database";
import { decisions, requests } from "@/lib/db/schema/requests";
import type { Standing } from "@/lib/policies/standing";
import { Refusal } from "@/lib/refusal";
import { readStanding } from "@/lib/requests/read-standing";
import { decidedChallenge } from "@/lib/requests/receipt";
import { startStep } from "@/lib/requests/start-step";
import { writeGrant } from "@/lib/requests/write-grant";
import { writeReceipt } from "@/lib/requests/write-receipt";

export type Decided = {
  number: number;
  requester: string;
  viewSeconds: number | null;
  /** Whether others have to approve too before anything opens. */
  more: boolean;
};

/**
 * Votes on a request: its row is locked, the approver's role read and held, the clock looked at, and the vote, the
 * new state, the grant, the receipt and the event are committed together. Of two votes at once, one wins (laws 7 and 8).
 * A step that is filled is followed by the next; the last one leaves a grant of what nobody has narrowed away.
 */
export async function decide(
  ctx: Context,
  which: Decidable,
  ballot: Ballot,
  assertion: Assertion | null = null,
): Promise<Decided> {
  return recorded(ctx, async (tx) => {
    const vote = await holdVote(tx, ctx, which, ballot);
    const { found, before, standsIn, scope } = vote;
    const { request } = found;
    const earlier = await readEarlier(tx, found, { mustHold: ballot.verdict !== "deny" });
    const by = await signedBy(tx, ctx, vote, assertion);
    const { after, decision } = await castVote(tx, ctx, vote, ballot);
    const more = after !== null && !after.done;
    const granted = scope && !more ? await writeGrant(tx, request, scope) : null;
    const receipt = await writeReceipt(tx, {
      decided: vote.part(by?.nonce ?? null),
      ...{ at: decision.at, step: before.step, decisionId: decision.id },
      ...{ earlier, grant: granted, passkey: by?.signed ?? null },
    });
    const outcome = { scope, ballot, granted, before, standsIn, after };
    return {
      result: {
        number: request.number,
        requester: found.requester.name,
        viewSeconds: scope?.viewSeconds ?? null,
        more,
      },
      event: decidedEvents(found, { ...outcome, receipt, passkey: by?.signed.name ?? null }),
    };
  });
}

/** What a passkey of the approver has signed of this vote; null where none has to. */
async function signedBy(tx: WriteTransaction, ctx: Context, vote: HeldVote, assertion: Assertion | null) {
  if (!vote.asksPasskey) return null;
  const { id: requestId, createdAt: sentAt } = vote.found.request;
  if (!assertion) throw new Refusal(await lackOfPasskey(tx, ctx.actor.personId, sentAt));
  return usePasskey(tx, ctx, {
    use: { purpose: "decide", requestId, sentAt },
    assertion,
    challengeOf: ({ nonce }) => decidedChallenge(vote.part(nonce)),
  });
}

/** Stores the vote and moves the request; returns how it stands then, null where it was denied, and the vote. */
async function castVote(
  tx: WriteTransaction,
  ctx: Context,
  { found, before, standsIn }: HeldVote,
  ballot: Ballot,
): Promise<{ after: Standing | null; decision: { id: string; at: Date } }> {
  const { request } = found;
  const vote = {
    ...{ approverId: ctx.actor.personId, step: before.step, fellBack: before.fellBack },
    ...{ forId: standsIn?.forId ?? null, delegationId: standsIn?.delegationId ?? null },
  };
  const [decision] = await tx
    .insert(decisions)
    .values({
      ...vote,
      requestId: request.id,
      requesterId: request.requesterId,
      verdict: ballot.verdict,
      words: ballot.words,
      narrowed: ballot.narrowed,
      decidedAt: sql`clock_timestamp()`,
      arrivedAt: sql`coalesce((SELECT max(b.decided_at) FROM decisions b WHERE b.request_id = ${request.id}
      AND b.step < ${before.step}), (SELECT r.created_at FROM requests r WHERE r.id = ${request.id}))`,
    })
    .returning({ id: decisions.id, at: decisions.decidedAt });
  const after =
    ballot.verdict === "deny" ? null : await readStanding(tx, { ...found, votes: [...found.votes, vote] });
  const over = after === null || after.done;
  const [moved] = await tx
    .update(requests)
    .set({
      version: sql`${requests.version} + 1`,
      ...(over
        ? { state: after ? ("approved" as const) : ("denied" as const), decidedAt: sql`clock_timestamp()` }
        : {
            audience: [...after.audience],
            ...(after.step === request.waitingStep
              ? {}
              : startStep(request.route, after.step, found.escalated)),
          }),
    })
    .where(
      and(
        eq(requests.id, request.id),
        eq(requests.version, request.version),
        eq(requests.state, "pending"),
        sql`${requests.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ id: requests.id });
  // Its time ran out between the check and this statement.
  if (!moved || !decision) throw new Refusal("request-expired");
  return { after, decision };
}
