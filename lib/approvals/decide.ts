import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { areReferred } from "@/lib/audit/hold-subjects";
import { recorded } from "@/lib/audit/recorded";
import { holdDeciders } from "@/lib/approvals/hold-deciders";
import { leftOf } from "@/lib/approvals/left-of";
import { mayDecide } from "@/lib/approvals/may-decide";
import type { Context } from "@/lib/auth/context";
import { requireFreshPassword } from "@/lib/auth/fresh-password";
import { holdPermission } from "@/lib/auth/require-permission";
import { holdCatalogue } from "@/lib/catalog/hold-catalogue";
import type { WriteTransaction } from "@/lib/db/control-database";
import { decisions, requests } from "@/lib/db/schema/requests";
import type { Narrowing, Scope } from "@/lib/grants/narrowing";
import { STEP_UP_MINUTES } from "@/lib/policies/ruling";
import { takenBy, voterName, type StandIn, type Standing } from "@/lib/policies/standing";
import { readLastReset } from "@/lib/approvals/seat";
import { Refusal } from "@/lib/refusal";
import { isAsAsked } from "@/lib/requests/content";
import { readStanding, type FoundStanding } from "@/lib/requests/read-standing";
import { startStep } from "@/lib/requests/start-step";
import { runningEvent } from "@/lib/requests/bounds-details";
import { writeGrant, type WrittenGrant } from "@/lib/requests/write-grant";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { requestFrame } from "@/lib/requests/request-frame";

/** Which request, and its version as the approver saw it. */
export type Decidable = { requestId: string; version: number };

/** What an approver has decided; `scope` says what is granted of what was asked, null for nothing. */
export type Ballot = {
  verdict: "approve" | "narrow" | "deny";
  words: string | null;
  narrowed: Narrowing | null;
  scope: (asked: Scope, held: { tx: WriteTransaction; tableId: string }) => Scope | null | Promise<Scope>;
};

export type Decided = {
  number: number;
  requester: string;
  viewSeconds: number | null;
  /** Whether others have to approve too before anything opens. */
  more: boolean;
};

const verdictCodes = {
  approve: "request.approved",
  narrow: "request.narrowed",
  deny: "request.denied",
} as const;

/**
 * Votes on a request: its row is locked, the approver's role read and held, the clock looked at, and the vote, the
 * new state, the grant and the event are committed together. Of two votes at once, one wins (laws 7 and 8). A step that
 * is filled is followed by the next; the last one leaves a grant of what nobody has narrowed away.
 */
export async function decide(ctx: Context, which: Decidable, ballot: Ballot): Promise<Decided> {
  return recorded(ctx, async (tx) => {
    await holdDeciders(tx, ctx, which.requestId);
    await holdPermission(tx, ctx, "decide");
    const { found, before } = await holdDecidable(tx, ctx, which);
    const { request } = found;
    // A denial opens nothing, and must not wait for a password.
    if (request.ruling?.stepUp === true && ballot.verdict !== "deny")
      await requireFreshPassword(tx, ctx, STEP_UP_MINUTES);
    const standsIn = before.people.find(({ id }) => id === ctx.actor.personId)?.standsIn ?? null;
    const scope = await ballot.scope(leftOf(request, found.votes), { tx, tableId: request.tableId });
    const after = await castVote(tx, ctx, { found, before, standsIn }, ballot);
    const more = after !== null && !after.done;
    const granted = scope && !more ? await writeGrant(tx, request, scope) : null;
    return {
      result: {
        number: request.number,
        requester: found.requester.name,
        viewSeconds: scope?.viewSeconds ?? null,
        more,
      },
      event: decidedEvents(found, { scope, ballot, granted, before, standsIn, after }),
    };
  });
}

type Held = { found: FoundRequest; before: FoundStanding };

/**
 * Locks the request and refuses unless this person may decide it now, as they saw it. The catalogue comes first, as
 * whoever changes that and ends what waits takes them: neither waits for the other forever.
 */
async function holdDecidable(tx: WriteTransaction, ctx: Context, which: Decidable): Promise<Held> {
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

/** Stores the vote and moves the request; returns how it stands then, null where it was denied. */
async function castVote(
  tx: WriteTransaction,
  ctx: Context,
  { found, before, standsIn }: Held & { standsIn: StandIn | null },
  ballot: Ballot,
): Promise<Standing | null> {
  const { request } = found;
  const vote = {
    ...{ approverId: ctx.actor.personId, step: before.step, fellBack: before.fellBack },
    ...{ forId: standsIn?.forId ?? null, delegationId: standsIn?.delegationId ?? null },
  };
  await tx.insert(decisions).values({
    ...vote,
    requestId: request.id,
    requesterId: request.requesterId,
    verdict: ballot.verdict,
    words: ballot.words,
    narrowed: ballot.narrowed,
    decidedAt: sql`clock_timestamp()`,
    arrivedAt: sql`coalesce((SELECT max(b.decided_at) FROM decisions b WHERE b.request_id = ${request.id}
      AND b.step < ${before.step}), (SELECT r.created_at FROM requests r WHERE r.id = ${request.id}))`,
  });
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
  if (!moved) throw new Refusal("request-expired");
  return after;
}

type Outcome = {
  scope: Scope | null;
  ballot: Ballot;
  granted: WrittenGrant | null;
  before: Standing;
  standsIn: StandIn | null;
  after: Standing | null;
};

function decidedEvents(
  found: FoundRequest,
  { scope, ballot, granted, before, standsIn, after }: Outcome,
): readonly [AuditEvent, ...AuditEvent[]] {
  const { request, now } = found;
  const more = after !== null && !after.done;
  const details: NonNullable<AuditEvent["details"]> = {
    viewSeconds: scope?.viewSeconds ?? 0,
    waitedSeconds: Math.round((now.getTime() - request.createdAt.getTime()) / 1000),
    ...((request.route?.steps.length ?? 1) > 1 ? { step: before.step + 1 } : {}),
    ...(before.fellBack ? { fellBack: true } : {}),
    ...(standsIn ? { standsInFor: standsIn.forName, delegation: standsIn.delegationId } : {}),
    ...(more ? { verdict: ballot.verdict, next: after.people.slice(0, 20).map(voterName) } : {}),
    ...(granted ? { decidedHash: granted.decidedHash.toString("hex") } : {}),
  };
  const frame = requestFrame(found, scope);
  const decided: AuditEvent = {
    ...frame,
    code: more ? "request.endorsed" : verdictCodes[ballot.verdict],
    // Whoever votes is the actor of the event; whom they stand in for is named beside them.
    ...(standsIn ? { approvers: [{ id: standsIn.forId, name: standsIn.forName }] } : {}),
    details,
    ...(granted ? { grantId: granted.id } : {}),
    ...(ballot.words === null ? {} : { reason: ballot.words }),
  };
  const running = granted && runningEvent(frame, granted, scope?.viewSeconds ?? 0);
  return running ? [decided, running] : [decided];
}
