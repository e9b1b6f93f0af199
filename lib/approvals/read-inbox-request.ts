import "server-only";
import { eq, sql } from "drizzle-orm";
import { leftOf } from "@/lib/approvals/left-of";
import { mayDecide } from "@/lib/approvals/may-decide";
import { readPast } from "@/lib/approvals/read-past";
import { readLastReset } from "@/lib/approvals/seat";
import type { InboxDetail } from "@/lib/approvals/view";
import type { Context } from "@/lib/auth/context";
import { isPasswordFresh } from "@/lib/auth/fresh-password";
import { requirePermission } from "@/lib/auth/require-permission";
import { requests } from "@/lib/db/schema/requests";
import { STEP_UP_MINUTES } from "@/lib/policies/ruling";
import { standingOf } from "@/lib/policies/seats";
import { Refusal, refusalWords } from "@/lib/refusal";
import { readCohortWords } from "@/lib/requests/read-cohort-words";
import { isInAudience, readStanding } from "@/lib/requests/read-seats";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { recordLabel } from "@/lib/requests/record-label";
import { requestBrief } from "@/lib/requests/request-brief";
import { chainOf } from "@/lib/requests/chain";
import { readZone } from "@/lib/requests/read-start";
import { requestStateAt } from "@/lib/requests/request";
import { unaskedWords } from "@/lib/requests/route";
import { stepViews } from "@/lib/requests/steps";

/** A request as its approver reads it, decided or not. To whom it was not routed it is not there. */
export async function readInboxRequest(ctx: Context, number: number): Promise<InboxDetail> {
  requirePermission(ctx, "decide");
  const found = await findRequest(ctx.db, eq(requests.number, number));
  const { personId } = ctx.actor;
  const asked =
    found &&
    (found.request.eligibleIds.includes(personId) ||
      (await isInAudience(ctx.db, found.request.id, personId)));
  if (!asked) throw new Refusal("not-found");
  const [past, resetAt, cohort, standing, { timeZone }, fresh] = await Promise.all([
    readPast(ctx, found),
    readLastReset(ctx.db, ctx.actor.personId),
    readCohortWords(ctx.db, found.request),
    readStanding(ctx.db, found),
    readZone(ctx.db, ctx),
    readFresh(ctx),
  ]);
  const asksPassword = found.request.ruling?.stepUp === true && !fresh;
  return { ...detailOf(ctx, found, { past, resetAt, cohort, standing, timeZone }), asksPassword };
}

type Beside = {
  past: Awaited<ReturnType<typeof readPast>>;
  resetAt: Date | null;
  cohort: string | null;
  standing: Awaited<ReturnType<typeof readStanding>>;
  timeZone: string;
};

function detailOf(
  ctx: Context,
  found: FoundRequest,
  { past, resetAt, cohort, standing, timeZone }: Beside,
): Omit<InboxDetail, "asksPassword"> {
  const { request, now } = found;
  const state = requestStateAt(request, now);
  const { votes } = found;
  const able = state === "pending" ? standing.people : standing.seated;
  const eligibleIds = [...able.map(({ id }) => id), ...votes.map((vote) => vote.approverId)];
  const me = { id: ctx.actor.personId, approves: true, resetAt };
  const left = leftOf(request, votes);
  const verdict = mayDecide(me, { ...request, eligibleIds, votes }, now);
  return {
    ...{ id: request.id, number: request.number, version: request.version, state },
    brief: requestBrief(
      { ...found, request: { ...request, ...left } },
      { cohort, ...chainOf(found, timeZone) },
    ),
    records: left.records.map((handle) => ({ handle, label: recordLabel(handle) })),
    others: able.filter((person) => person.id !== ctx.actor.personId).map((person) => person.name),
    steps: stepViews(standing.route, standing, { votes, seated: standing.seated }),
    unasked: unaskedWords(request.ruling?.answers ?? []),
    more: state === "pending" && !isEnough(ctx, found, standing),
    votes: votes.map(({ by, verdict: what, words }) => ({ by, verdict: what, words })),
    createdAt: request.createdAt.toISOString(),
    now: now.toISOString(),
    expiresInMs: state === "pending" ? request.expiresAt.getTime() - now.getTime() : 0,
    ...past,
    whyNot: verdict.may ? null : refusalWords(verdict.why).what,
  };
}

async function readFresh(ctx: Context): Promise<boolean> {
  const [row] = await ctx.db
    .select({ fresh: isPasswordFresh(ctx, STEP_UP_MINUTES) })
    .from(sql`(SELECT 1) AS once`);
  return row?.fresh ?? false;
}

/** Whether the vote of this person would be the last that is needed. */
function isEnough(ctx: Context, { request, votes }: FoundRequest, standing: Beside["standing"]): boolean {
  if (request.route === null) return true;
  const mine = { approverId: ctx.actor.personId, step: standing.step, fellBack: standing.fellBack };
  return standingOf(request.route, [...votes, mine], standing.seated).done;
}
