import "server-only";
import { eq } from "drizzle-orm";
import { listRequestEvents } from "@/lib/audit/list-events";
import type { EventView } from "@/lib/audit/view";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requests } from "@/lib/db/schema/requests";
import type { ReceiptView } from "@/lib/grants/view";
import { grantAllows, msLeft, msToStart, stateAt } from "@/lib/grants/grant";
import { voterName, type Standing } from "@/lib/policies/standing";
import { Refusal } from "@/lib/refusal";
import { readCohortWords } from "@/lib/requests/read-cohort-words";
import { findRequest, type FoundRequest, type StoredVote } from "@/lib/requests/find-request";
import { mayReadRequest } from "@/lib/requests/may-read";
import { fieldView, requestBrief } from "@/lib/requests/request-brief";
import { chainOf } from "@/lib/requests/chain";
import { whyNoExtension } from "@/lib/requests/extension";
import { readZone } from "@/lib/requests/read-start";
import { readReceipts } from "@/lib/requests/read-receipts";
import { requestStateAt, viewPresets } from "@/lib/requests/request";
import { readStanding, type FoundStanding } from "@/lib/requests/read-standing";
import { ruleWords, unaskedWords } from "@/lib/requests/route";
import { stepViews } from "@/lib/requests/steps";
import type { DecisionView, GrantCard, RequestView, ReviewCard } from "@/lib/requests/view";
import { minutesToNudge } from "@/lib/requests/waiting";
import { closedWords, whyNoGrantDeed, whyNoNudge, whyNoWithdrawal } from "@/lib/requests/why-not";

/**
 * One request and its history: for its requester, the approvers it was routed to, and auditors. To everybody
 * else, those who lost the role included, it is not there: a number tells nobody that a request exists.
 */
export async function readRequest(
  ctx: Context,
  number: number,
): Promise<{ view: RequestView; events: EventView[]; receipts: ReceiptView[] }> {
  const found = await findRequest(ctx.db, eq(requests.number, number));
  const { personId, roles } = ctx.actor;
  if (!found || !(await mayReadRequest(ctx.db, { personId, roles }, found.request)))
    throw new Refusal("not-found");
  const [cohort, { timeZone }] = await Promise.all([
    readCohortWords(ctx.db, found.request),
    readZone(ctx.db, ctx),
  ]);
  const decidedAlone = found.request.ruling !== null && found.request.route === null;
  const standing = decidedAlone ? null : await readStanding(ctx.db, found);
  return {
    view: viewOf(ctx, found, { cohort, standing, timeZone }),
    events: await listRequestEvents(ctx, found.request.id),
    receipts: await readReceipts(ctx.db, found.request.id),
  };
}

type Beside = {
  cohort: string | null;
  standing: FoundStanding | null;
  timeZone: string;
};

function viewOf(ctx: Context, found: FoundRequest, { cohort, standing, timeZone }: Beside): RequestView {
  const { request, now, source, table } = found;
  const state = requestStateAt(request, now);
  const mine = request.requesterId === ctx.actor.personId;
  return {
    ...{ id: request.id, number: request.number, version: request.version, state, mine },
    brief: requestBrief(found, { cohort, ...chainOf(found, timeZone) }),
    records: request.records,
    tableId: request.tableId,
    tablePath: [source.slug, table.schema, table.name].map(encodeURIComponent).join("/"),
    eligible: standing && state === "pending" ? peopleOf(standing) : found.eligible,
    ruleWords: [ruleWords(request.rule), ...unaskedWords(request.ruling?.answers ?? [])].join(" "),
    createdAt: request.createdAt.toISOString(),
    now: now.toISOString(),
    expiresInMs: state === "pending" ? request.expiresAt.getTime() - now.getTime() : 0,
    decision: decisionView(found),
    votes: found.votes.map(voteView),
    steps: standing ? stepViews(standing.route, standing, { ...found, ...standing }) : [],
    closedWords: request.closedWhy === null ? null : closedWords(request.closedWhy),
    grant: grantCard(found),
    emergency: mine && state === "pending" && request.ruling?.breakGlass === true && request.route !== null,
    extension: found.extension,
    mayExtend: mine && rolesAllow(ctx.actor.roles, "request") ? mayExtend(found) : null,
    review: reviewCard(found),
    whyNot: {
      withdraw: whyNoWithdrawal({ mine, state }),
      nudge: whyNoNudge({ mine, state, minutes: minutesToNudge(request, now) }),
      revoke: whyNoGrantDeed(found.grant, now, "revoke", rolesAllow(ctx.actor.roles, "revoke")),
      open: whyNoGrantDeed(found.grant, now, "open", mine && rolesAllow(ctx.actor.roles, "reveal")),
    },
  };
}

const peopleOf = ({ people }: Pick<Standing, "people">) =>
  people.map((one) => ({ id: one.id, name: voterName(one) }));

/** One that can be opened is offered it too: it may be open by the time that they ask, and the deed looks again. */
function mayExtend(found: FoundRequest): RequestView["mayExtend"] {
  const { grant, now } = found;
  const why = whyNoExtension({ ...found, isExtended: found.extension !== null });
  const opensHere = why === "not-extendable" && grant !== null && grantAllows(grant, "activate", now);
  return why === null || opensHere ? { viewPresets } : null;
}

/** The vote that ended it, or the policy where that decided by itself. */
function decisionView({ request, requester, review, votes }: FoundRequest): DecisionView | null {
  if (request.state !== "approved" && request.state !== "denied") return null;
  if (review?.kind === "emergency") {
    const by = `${requester.name}, as an emergency`;
    return { by, verdict: "approve", words: review.reason, decidedAt: review.openedAt.toISOString() };
  }
  const last = votes.at(-1);
  if (last) return voteView(last);
  if (!request.ruling || !request.decidedAt) return null;
  const { outcome, rule } = request.ruling;
  return {
    by: rule === null ? "The policy" : `The rule “${rule}”`,
    verdict: outcome.kind === "deny" ? "deny" : "approve",
    words: outcome.kind === "deny" ? outcome.words : null,
    decidedAt: request.decidedAt.toISOString(),
  };
}

function reviewCard({ review, now }: FoundRequest): ReviewCard | null {
  if (!review) return null;
  const { kind, dueAt, reviewedAt, verdict, words } = review;
  return { kind, dueAt: dueAt.toISOString(), overdue: (reviewedAt ?? now) > dueAt, verdict, words };
}

function voteView({ by, verdict, words, decidedAt }: StoredVote): DecisionView {
  return { by, verdict, words, decidedAt: new Date(decidedAt).toISOString() };
}

function grantCard({ grant, now, requester, ownTitles, viewsSpent }: FoundRequest): GrantCard | null {
  if (!grant) return null;
  const state = stateAt(grant, now);
  return {
    id: grant.id,
    state,
    holder: requester,
    fields: grant.fields.map((field) => fieldView(field, ownTitles)),
    records: grant.records,
    viewSeconds: grant.viewSeconds,
    msLeft: msLeft(grant, now),
    activateMsLeft: state === "ready" ? grant.activateBy.getTime() - now.getTime() : 0,
    startsInMs: msToStart(grant, now),
    views: grant.maxViews === null ? null : { of: grant.maxViews, left: grant.maxViews - viewsSpent },
    closedWords: grant.closedWhy === null ? null : closedWords(grant.closedWhy),
  };
}
