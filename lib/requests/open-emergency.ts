import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { areReferred } from "@/lib/audit/hold-subjects";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { holdCatalogue } from "@/lib/catalog/hold-catalogue";
import { findTable } from "@/lib/catalog/read-table";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { reviews } from "@/lib/db/schema/reviews";
import { holdSession } from "@/lib/grants/hold-session";
import type { Scope } from "@/lib/grants/narrowing";
import { idInput } from "@/lib/id-input";
import { filledRoute, seatsIn, type Route, type Seated } from "@/lib/policies/seats";
import { holdPolicy } from "@/lib/policies/hold-policy";
import { Refusal } from "@/lib/refusal";
import { askedNow, fewestViews } from "@/lib/requests/asked-now";
import { isAsAsked } from "@/lib/requests/content";
import { cohortDraftSchema, draftSchema, plainText } from "@/lib/requests/draft";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { readSeated } from "@/lib/requests/read-seats";
import { EMERGENCY_REASON_MIN, REASON_MAX, requestStateAt } from "@/lib/requests/request";
import { requestFrame } from "@/lib/requests/request-frame";
import { lacking, ruleRequest } from "@/lib/requests/rule-request";
import { sealed, sendRequest, type Submitted } from "@/lib/requests/send-request";
import { writeOpenGrant, type WrittenGrant } from "@/lib/requests/write-grant";
import { writeReceiptOf } from "@/lib/requests/write-receipt";

const VIEW_SECONDS = 600;
const MOST_IN_A_DAY = 3;

/** Why it could not wait. */
const emergencyReason = plainText(REASON_MAX, `Write at most ${REASON_MAX} characters.`).refine(
  (text) => [...text].length >= EMERGENCY_REASON_MIN,
  `Write at least ${EMERGENCY_REASON_MIN} characters: somebody else judges by this afterwards.`,
);

export const emergencySchema = z.object({ requestId: idInput(), reason: emergencyReason });
/** Of what is sent and opened in one step: why it is needed is its reason, why it could not wait is beside it. */
export const draftEmergencySchema = draftSchema.extend({ why: emergencyReason });
export const cohortEmergencySchema = cohortDraftSchema.extend({ why: emergencyReason });

/**
 * Opens a waiting request of one's own at once, for ten minutes: where the rule that it was sent under and the policy
 * of this moment both allow an emergency. The open grant, the review by somebody else that it leaves, and the event
 * that names everybody who was skipped are committed together.
 */
export async function openEmergency(
  ctx: Context,
  input: z.infer<typeof emergencySchema>,
): Promise<{ number: number }> {
  return recorded(ctx, (tx) => open(tx, ctx, input));
}

/**
 * Sends a request and opens it at once, in one transaction: where that is refused, nothing was sent. The rule that it
 * falls under has to allow an emergency, as for one that waits.
 */
export async function sendEmergency(
  ctx: Context,
  { why, ...draft }: z.infer<typeof draftEmergencySchema>,
  cohort: string | null = null,
): Promise<Submitted> {
  return recorded(ctx, async (tx) => {
    const sent = await sendRequest(tx, ctx, { draft, cohort: sealed(cohort), parent: null });
    const opened = await open(tx, ctx, { requestId: sent.result.id, reason: why });
    const words = "It is open, and others have been named to judge it.";
    return { result: { ...sent.result, words }, event: [...sent.event, ...opened.event] };
  });
}

async function open(tx: WriteTransaction, ctx: Context, input: z.infer<typeof emergencySchema>) {
  await holdPermission(tx, ctx, "request");
  await refuseSpent(tx, ctx.actor.personId);
  const { found, route, viewSeconds, maxViews } = await holdEmergency(tx, ctx, input.requestId);
  const { request } = found;
  const seated = await readSeated(tx, request.requesterId, seatsIn(route));
  const skipped = whoWasSkipped(found, route, seated);
  const scope = { fields: request.fields, records: request.records, viewSeconds };
  const grant = await openAtOnce(tx, ctx, { ...request, maxViews }, scope);
  const receipt = await writeReceiptOf(tx, request, { verdict: "emergency", scope, grant });
  await tx.insert(reviews).values({
    requestId: request.id,
    requesterId: request.requesterId,
    kind: "emergency",
    reason: input.reason,
    audience: seatsIn(route),
    skippedIds: skipped.map(({ id }) => id),
    openedAt: sql`clock_timestamp()`,
    dueAt: sql`clock_timestamp() + interval '24 hours'`,
  });
  const frame = { ...requestFrame(found, scope), grantId: grant.id };
  const opened: AuditEvent = {
    ...frame,
    code: "emergency.opened",
    approvers: skipped.slice(0, 20).map(({ id, name }) => ({ id, name })),
    reason: input.reason,
    details: {
      ...{ rule: request.rule, viewSeconds, skipped: skipped.length, reviewWithinHours: 24 },
      ...{ decidedHash: grant.decidedHash.toString("hex"), receipt },
    },
  };
  const activated: AuditEvent = { ...frame, code: "grant.activated", details: { viewSeconds } };
  return { result: { number: request.number }, event: [opened, activated] as const };
}

/** Those who would have decided and have not; where nobody has a seat of the steps, those who would have stepped in. */
function whoWasSkipped(found: FoundRequest, route: Route, seated: readonly Seated[]): Seated[] {
  const inTurn = seatsIn(filledRoute(route, seated) ?? route, "steps");
  return seated.filter(
    ({ id, seats }) =>
      seats.some((seat) => inTurn.includes(seat)) && !found.votes.some((vote) => vote.approverId === id),
  );
}

type Emergency = { found: FoundRequest; route: Route; viewSeconds: number; maxViews: number | null };

/** Locks the request and refuses unless it is one's own, waits, is as it was sent, and may be opened so now. */
async function holdEmergency(tx: WriteTransaction, ctx: Context, requestId: string): Promise<Emergency> {
  const mine = and(eq(requests.id, requestId), eq(requests.requesterId, ctx.actor.personId));
  const [asked] = await tx.select({ tableId: requests.tableId }).from(requests).where(mine);
  if (!asked) throw new Refusal("not-found");
  await holdCatalogue(tx, asked.tableId);
  const table = await findTable(tx, { tableId: asked.tableId });
  await tx.select({ id: requests.id }).from(requests).where(mine).for("update");
  // A second statement: it sees the decision that the lock may have waited for, and the clock after the wait.
  const found = await findRequest(tx, eq(requests.id, requestId));
  if (!found || !table) throw new Refusal("not-found");
  const { request } = found;
  const state = requestStateAt(request, found.now);
  if (state !== "pending") throw new Refusal(state === "expired" ? "request-expired" : "already-decided");
  if (!isAsAsked(request) || !(await areReferred(tx, request))) throw new Refusal("request-altered");
  const { route, ruling } = request;
  if (!route || !ruling?.breakGlass) throw new Refusal("emergency-not-allowed");
  await holdPolicy(tx);
  const now = askedNow(table, { ...request, notBefore: null });
  const ruled = await ruleRequest(tx, ctx, table, { ...now, breakGlass: true });
  const [lack] = lacking(ruled.ruling);
  if (lack) throw new Refusal(lack);
  if (!ruled.ruling.breakGlass) throw new Refusal("emergency-not-allowed");
  const longest = [ruling.caps.viewSeconds, ruled.ruling.caps.viewSeconds, now.longestSeconds];
  const maxViews = fewestViews(request.maxViews, ruled.ruling.caps.views);
  return { found, route, viewSeconds: Math.min(VIEW_SECONDS, ...longest), maxViews };
}

/** Three in 24 hours; of several at once, each waits for the one before. */
async function refuseSpent(tx: WriteTransaction, personId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`emergencies ${personId}`}, 0))`);
  const [row] = await tx
    .select({ opened: sql<number>`count(*)::int` })
    .from(reviews)
    .where(
      and(
        eq(reviews.requesterId, personId),
        eq(reviews.kind, "emergency"),
        sql`${reviews.openedAt} > clock_timestamp() - interval '24 hours'`,
      ),
    );
  if ((row?.opened ?? 0) >= MOST_IN_A_DAY) throw new Refusal("emergencies-spent");
}

/** Moves the request and leaves a grant whose time runs from now, whatever moment it had named. */
async function openAtOnce(
  tx: WriteTransaction,
  ctx: Context,
  request: FoundRequest["request"],
  scope: Scope,
): Promise<WrittenGrant> {
  const [moved] = await tx
    .update(requests)
    .set({ state: "approved", version: sql`${requests.version} + 1`, decidedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(requests.id, request.id),
        eq(requests.state, "pending"),
        sql`${requests.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({ id: requests.id });
  if (!moved) throw new Refusal("request-expired");
  if (request.withSession) await holdSession(tx, ctx);
  return writeOpenGrant(tx, request, scope, ctx.sessionId);
}
