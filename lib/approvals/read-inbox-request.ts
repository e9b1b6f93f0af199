import "server-only";
import { eq, sql } from "drizzle-orm";
import { leftOf } from "@/lib/approvals/left-of";
import { mayDecide } from "@/lib/approvals/may-decide";
import { readPartialForms } from "@/lib/approvals/read-partial-forms";
import { readPast } from "@/lib/approvals/read-past";
import { readLastReset } from "@/lib/approvals/seat";
import type { InboxDetail } from "@/lib/approvals/view";
import type { Context } from "@/lib/auth/context";
import { isPasswordFresh } from "@/lib/auth/fresh-password";
import { lackOfPasskey } from "@/lib/auth/use-passkey";
import type { PasskeyNeed } from "@/lib/auth/view";
import { requirePermission } from "@/lib/auth/require-permission";
import { requests } from "@/lib/db/schema/requests";
import { STEP_UP_MINUTES } from "@/lib/policies/ruling";
import { standingOf, takenBy, voterName } from "@/lib/policies/standing";
import { Refusal, refusalWords } from "@/lib/refusal";
import { readCohortWords } from "@/lib/requests/read-cohort-words";
import { isInAudience } from "@/lib/requests/read-seats";
import { readStanding, type FoundStanding } from "@/lib/requests/read-standing";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { recordLabel } from "@/lib/requests/record-label";
import { requestBrief } from "@/lib/requests/request-brief";
import { chainOf } from "@/lib/requests/chain";
import { readZone } from "@/lib/requests/read-start";
import { requestStateAt } from "@/lib/requests/request";
import { unaskedWords } from "@/lib/requests/route";
import { stepViews } from "@/lib/requests/steps";

const needs = {
  "passkey-needed": "asked",
  "passkey-young": "young",
  "passkey-missing": "missing",
} as const satisfies Record<string, PasskeyNeed>;

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
  const [past, resetAt, cohort, standing, { timeZone }, fresh, forms, lack] = await Promise.all([
    readPast(ctx, found),
    readLastReset(ctx.db, ctx.actor.personId),
    readCohortWords(ctx.db, found.request),
    readStanding(ctx.db, found),
    readZone(ctx.db, ctx),
    readFresh(ctx),
    readPartialForms(ctx.db, found.request.tableId),
    lackOfPasskey(ctx.db, personId, found.request.createdAt),
  ]);
  const { ruling } = found.request;
  const passkey = lack === "passkey-needed" || ruling?.passkey === true ? needs[lack] : null;
  return {
    ...detailOf(ctx, found, { past, resetAt, cohort, standing, timeZone, forms }),
    ...{ asksPassword: ruling?.stepUp === true && !fresh, passkey },
  };
}

type Beside = {
  past: Awaited<ReturnType<typeof readPast>>;
  resetAt: Date | null;
  cohort: string | null;
  standing: FoundStanding;
  timeZone: string;
  forms: ReadonlySet<string>;
};

function detailOf(
  ctx: Context,
  found: FoundRequest,
  { past, resetAt, cohort, standing, timeZone, forms }: Beside,
): Omit<InboxDetail, "asksPassword" | "passkey"> {
  const { request, now } = found;
  const state = requestStateAt(request, now);
  const { votes } = found;
  const able = state === "pending" ? standing.people : standing.seated;
  const others =
    state === "pending"
      ? standing.people.map((one) => ({ id: one.id, name: voterName(one) }))
      : standing.seated;
  const takenIds = [...takenBy(votes, standing.standIns)];
  const eligibleIds = [...able.map(({ id }) => id), ...takenIds];
  const me = { id: ctx.actor.personId, approves: true, resetAt };
  const left = leftOf(request, votes);
  const verdict = mayDecide(me, { ...request, eligibleIds, votes, takenIds }, now);
  const standsIn = standing.people.find(({ id }) => id === me.id)?.standsIn ?? null;
  return {
    ...{ id: request.id, number: request.number, version: request.version, state },
    brief: requestBrief(
      { ...found, request: { ...request, ...left } },
      { cohort, ...chainOf(found, timeZone) },
    ),
    partialPossible: left.fields
      .filter(({ columnId, level }) => level === "full" && forms.has(columnId))
      .map(({ columnId }) => columnId),
    records: left.records.map((handle) => ({ handle, label: recordLabel(handle) })),
    others: others.filter(({ id }) => id !== me.id).map(({ name }) => name),
    pressing: pressingOf(found),
    standsInFor: state === "pending" ? (standsIn?.forName ?? null) : null,
    steps: stepViews(standing.route, standing, { ...found, ...standing }),
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

function pressingOf({ request, escalated }: FoundRequest): InboxDetail["pressing"] {
  if (escalated.includes(request.waitingStep)) return "escalated";
  return request.remindedAt === null ? null : "reminded";
}

/** Whether the vote of this person would be the last that is needed. */
function isEnough(ctx: Context, { request, votes }: FoundRequest, standing: FoundStanding): boolean {
  if (request.route === null) return true;
  const me = ctx.actor.personId;
  const standsIn = standing.people.find(({ id }) => id === me)?.standsIn;
  const mine = {
    ...{ approverId: me, step: standing.step, fellBack: standing.fellBack },
    ...{ forId: standsIn?.forId ?? null, delegationId: standsIn?.delegationId ?? null },
  };
  return standingOf(standing.route, [...votes, mine], standing.seated, standing.standIns).done;
}
