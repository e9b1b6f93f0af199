import "server-only";
import { eq } from "drizzle-orm";
import { areReferred } from "@/lib/audit/hold-subjects";
import { holdDeciders } from "@/lib/approvals/hold-deciders";
import { leftOf } from "@/lib/approvals/left-of";
import { mayDecide } from "@/lib/approvals/may-decide";
import { readLastReset } from "@/lib/approvals/seat";
import type { Context } from "@/lib/auth/context";
import { requireFreshPassword } from "@/lib/auth/fresh-password";
import { holdPermission } from "@/lib/auth/require-permission";
import { hasPasskey } from "@/lib/auth/use-passkey";
import { holdCatalogue } from "@/lib/catalog/hold-catalogue";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import type { Narrowing, Scope } from "@/lib/grants/narrowing";
import { STEP_UP_MINUTES } from "@/lib/policies/ruling";
import { takenBy, type StandIn } from "@/lib/policies/standing";
import { Refusal } from "@/lib/refusal";
import { isAsAsked } from "@/lib/requests/content";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { readStanding, type FoundStanding } from "@/lib/requests/read-standing";
import type { DecidedPart } from "@/lib/requests/receipt";
import { decidedPart } from "@/lib/requests/write-receipt";

/** Which request, and its version as the approver saw it. */
export type Decidable = { requestId: string; version: number };

/** What an approver has decided; `scope` says what is granted of what was asked, null for nothing. */
export type Ballot = {
  verdict: "approve" | "narrow" | "deny";
  words: string | null;
  narrowed: Narrowing | null;
  scope: (asked: Scope, held: { tx: WriteTransaction; tableId: string }) => Scope | null | Promise<Scope>;
};

/** A vote that may be given: the request is held, and nothing of it can change before it counts. */
export type HeldVote = {
  found: FoundRequest;
  before: FoundStanding;
  standsIn: StandIn | null;
  scope: Scope | null;
  /**
   * Whether a passkey has to sign it: its rule says so, or this person had one when it was sent. A denial opens nothing
   * and waits for none.
   */
  asksPasskey: boolean;
  /** What its receipt says of it, with the nonce that a passkey signs. */
  part: (nonce: string | null) => DecidedPart;
};

/** Holds all that a vote depends on, and refuses unless this person may give it now, as they saw the request (law 7). */
export async function holdVote(
  tx: WriteTransaction,
  ctx: Context,
  which: Decidable,
  ballot: Ballot,
): Promise<HeldVote> {
  await holdDeciders(tx, ctx, which.requestId);
  await holdPermission(tx, ctx, "decide");
  const { found, before } = await holdDecidable(tx, ctx, which);
  const { request } = found;
  const opens = ballot.verdict !== "deny";
  // A denial opens nothing, and must not wait for a password.
  if (request.ruling?.stepUp === true && opens) await requireFreshPassword(tx, ctx, STEP_UP_MINUTES);
  const standsIn = before.people.find(({ id }) => id === ctx.actor.personId)?.standsIn ?? null;
  const left = leftOf(request, found.votes);
  const scope = await ballot.scope(left, { tx, tableId: request.tableId });
  const decided = {
    verdict: ballot.verdict,
    by: { id: ctx.actor.personId, name: ctx.actor.name },
    standsInFor: standsIn && { id: standsIn.forId, name: standsIn.forName },
  };
  return {
    ...{ found, before, standsIn, scope },
    asksPasskey:
      opens &&
      (request.ruling?.passkey === true || (await hasPasskey(tx, ctx.actor.personId, request.createdAt))),
    part: (nonce) => decidedPart(request, scope ?? left, { ...decided, nonce }),
  };
}

/**
 * Locks the request and refuses unless this person may decide it now, as they saw it. The catalogue comes first, as
 * whoever changes that and ends what waits takes them: neither waits for the other forever.
 */
async function holdDecidable(
  tx: WriteTransaction,
  ctx: Context,
  which: Decidable,
): Promise<Pick<HeldVote, "found" | "before">> {
  const one = eq(requests.id, which.requestId);
  const [asked] = await tx.select({ tableId: requests.tableId }).from(requests).where(one);
  if (!asked) throw new Refusal("not-found");
  await holdCatalogue(tx, asked.tableId);
  const [held] = await tx.select({ id: requests.id }).from(requests).where(one).for("update");
  // A second statement: it sees what whoever held the lock before has committed, and the clock after the wait.
  const found = held && (await findRequest(tx, eq(requests.id, held.id)));
  if (!found) throw new Refusal("not-found");
  const before = await readStanding(tx, found);
  // Of a request that is over, or that they have voted on, everybody with a seat is told so.
  const over = found.request.state !== "pending" || before.done;
  const eligible = over ? before.seated : before.people;
  const voted = found.votes.map((vote) => vote.approverId);
  const verdict = mayDecide(
    { id: ctx.actor.personId, approves: true, resetAt: await readLastReset(tx, ctx.actor.personId) },
    {
      ...found.request,
      eligibleIds: [...eligible.map(({ id }) => id), ...voted, ...takenBy(found.votes, before.standIns)],
      votes: found.votes,
      takenIds: [...takenBy(found.votes, before.standIns)],
    },
    found.now,
  );
  if (!verdict.may) throw new Refusal(verdict.why);
  if (found.request.version !== which.version) throw new Refusal("changed-meanwhile");
  if (!isAsAsked(found.request) || !(await areReferred(tx, found.request)))
    throw new Refusal("request-altered");
  return { found, before };
}
