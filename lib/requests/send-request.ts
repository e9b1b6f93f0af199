import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { holdSubjects } from "@/lib/audit/hold-subjects";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { holdCatalogue } from "@/lib/catalog/hold-catalogue";
import { findTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { holdNoStop } from "@/lib/grants/hold-no-stop";
import type { Scope } from "@/lib/grants/narrowing";
import { holdPolicy } from "@/lib/policies/hold-policy";
import { storedRuling } from "@/lib/policies/ruling";
import { Refusal } from "@/lib/refusal";
import { askedNow, fewestViews } from "@/lib/requests/asked-now";
import { cohortState } from "@/lib/requests/cohort";
import { contentHash, sealCohort, type RequestContent } from "@/lib/requests/content";
import type { Draft } from "@/lib/requests/draft";
import { drawReview } from "@/lib/requests/draw-review";
import type { AskedNow } from "@/lib/requests/read-signals";
import { readStart } from "@/lib/requests/read-start";
import { lacking, ruleRequest, type Ruled } from "@/lib/requests/rule-request";
import { cappedByRule, ruledWords } from "@/lib/requests/ruled-words";
import { startWaiting } from "@/lib/requests/start-step";
import { submittedEvents } from "@/lib/requests/submitted-events";
import { DECIDE_WITHIN_SECONDS } from "@/lib/requests/waiting";
import { writeGrant, type WrittenGrant } from "@/lib/requests/write-grant";
import { writeReceiptOf } from "@/lib/requests/write-receipt";

const ACTIVATE_WITHIN_SECONDS = 4 * 3600;
const MOST_PENDING = 100;

export type Submitted = { id: string; number: number; words: string };

/** The filters that all records of a request matched, with what they are sealed by. */
export type SealedCohort = { cohort: string; cohortSalt: Buffer; cohortSeal: Buffer };

/** What is sent: a draft, the filters that its records matched, and the request that it asks more time for. */
export type Wish = {
  draft: Draft;
  cohort: SealedCohort | null;
  parent: { id: string; automatic: boolean } | null;
};

/** Seals the filters of a request under a salt of its own. */
export function sealed(cohort: string | null): SealedCohort | null {
  if (cohort === null) return null;
  const cohortSalt = randomBytes(32);
  return { cohort, cohortSalt, cohortSeal: sealCohort(cohort, cohortSalt) };
}

/**
 * Sends a request in the caller's transaction. What the catalogue says of its fields and records, what the active
 * policy says of it, and who may decide, is read here and frozen with it; from then on nothing of it can change
 * (law 8). Where the policy decides at once, its decision is a part of the same transaction.
 */
export async function sendRequest(
  tx: WriteTransaction,
  ctx: Context,
  { draft, cohort, parent }: Wish,
): Promise<{ result: Submitted; event: readonly [AuditEvent, ...AuditEvent[]] }> {
  const roles = await holdPermission(tx, ctx, "request");
  await holdCatalogue(tx, draft.tableId);
  const table = await findTable(tx, { tableId: draft.tableId });
  if (!table) throw new Refusal("not-found");
  await holdNoStop(tx, { personId: ctx.actor.personId, sourceId: table.source.id });
  await holdPolicy(tx);
  await refuseFlood(tx, ctx.actor.personId);
  // Frozen before this transaction: nothing may have been masked in between.
  if (cohort !== null) cohortState(table, cohort.cohort);
  const start = await readStart(tx, ctx, draft.notBefore);
  if (start.complaint !== null) throw new Refusal("bad-input", { notBefore: start.complaint });
  const asked = askedNow(table, { ...draft, cohort: cohort?.cohort ?? null, ...start });
  const extension = parent === null ? {} : { extension: { automatic: parent.automatic } };
  const ruled = await ruleRequest(tx, ctx, table, { ...asked, ...extension });
  const [lack] = lacking(ruled.ruling);
  if (lack) throw new Refusal(lack);
  const refs = await holdSubjects(tx, { sourceId: table.source.id, tableId: table.id }, asked.records);
  const wish = { ...asked, refs, reason: draft.reason, cohortSeal: cohort?.cohortSeal ?? null };
  const content = contentOf(ctx, roles, table, { ...wish, parentId: parent?.id ?? null }, ruled);
  const stored = await store(tx, content, cohort, ruled);
  const scope = { fields: content.fields, records: content.records, viewSeconds: content.viewSeconds };
  const grant = ruled.ruling.outcome.kind === "auto" ? await writeGrant(tx, stored, scope) : null;
  const receipt = await leaveReceipt(tx, stored, scope, grant);
  const drawn = grant !== null && (await drawReview(tx, stored, ruled));
  const { number, contentHash: hash } = stored;
  const eligible = ruled.review?.eligible ?? [];
  const words = [asked.capped, ...cappedByRule(ruled, asked), ruledWords(ruled, content.viewSeconds)];
  return {
    result: { id: content.id, number, words: words.filter((part) => part !== null).join(" ") },
    event: submittedEvents({
      ...{ content, cohort: cohort?.cohort ?? null, table, number, eligible, hash, grant, receipt, drawn },
    }),
  };
}

function contentOf(
  ctx: Context,
  requesterRoles: readonly string[],
  table: CatalogTable,
  asked: AskedNow & Pick<RequestContent, "refs" | "reason" | "cohortSeal" | "parentId">,
  { ruling, signals, policyVersion, review }: Ruled,
): RequestContent {
  const { fields, records, refs, cohortSeal, purpose, reason, ticket, notBefore, withSession, parentId } =
    asked;
  return {
    id: randomUUID(),
    requesterId: ctx.actor.personId,
    requesterRoles,
    sourceId: table.source.id,
    tableId: table.id,
    ...{ records, refs, fields, cohortSeal, purpose, reason, ticket },
    viewSeconds: Math.min(asked.viewSeconds, ruling.caps.viewSeconds),
    activateWithinSeconds: ACTIVATE_WITHIN_SECONDS,
    ...{ notBefore, maxViews: fewestViews(asked.maxViews, ruling.caps.views), withSession, parentId },
    risk: ruling.risk,
    policyVersion,
    rule: ruling.rule ?? "manager",
    eligibleIds: review?.eligible.map((approver) => approver.id) ?? [],
    ...{ signals, ruling: storedRuling(ruling), route: review?.route ?? null },
    channel: ctx.channel,
  };
}

/** What the policy decides at once leaves a receipt as a vote does; null where people decide. */
async function leaveReceipt(
  tx: WriteTransaction,
  stored: typeof requests.$inferSelect,
  scope: Scope,
  grant: WrittenGrant | null,
): Promise<string | null> {
  if (grant) return writeReceiptOf(tx, stored, { verdict: "policy", scope, grant });
  if (stored.state !== "denied") return null;
  return writeReceiptOf(tx, stored, { verdict: "policy-deny", scope, grant, at: stored.createdAt });
}

const stateOf = { auto: "approved", review: "pending", deny: "denied" } as const;

async function store(
  tx: WriteTransaction,
  content: RequestContent,
  cohort: SealedCohort | null,
  { ruling, review }: Ruled,
): Promise<typeof requests.$inferSelect> {
  const state = stateOf[ruling.outcome.kind];
  const [row] = await tx
    .insert(requests)
    .values({
      ...asRow(content),
      cohort: cohort?.cohort ?? null,
      cohortSalt: cohort?.cohortSalt ?? null,
      state,
      riskPoints: content.risk.points,
      contentHash: contentHash(content),
      audience: review && [...review.standing.audience],
      createdAt: sql`clock_timestamp()`,
      expiresAt: sql`clock_timestamp() + make_interval(secs => ${DECIDE_WITHIN_SECONDS})`,
      ...(review ? startWaiting(review.route, review.standing.step) : {}),
      decidedAt: state === "pending" ? null : sql`clock_timestamp()`,
    })
    .returning();
  if (!row) throw new Error("The request was not stored.");
  return row;
}

/**
 * A script must not bury the approvers' inbox. Of several at once each waits for the one before, which counts against
 * this limit and against the budget of records that the policy looks at.
 */
async function refuseFlood(tx: WriteTransaction, requesterId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`requests ${requesterId}`}, 0))`);
  const [row] = await tx
    .select({ pending: sql<number>`count(*)::int` })
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, requesterId),
        eq(requests.state, "pending"),
        sql`${requests.expiresAt} > clock_timestamp()`,
      ),
    );
  if ((row?.pending ?? 0) >= MOST_PENDING) throw new Refusal("too-fast");
}

const asRow = (content: RequestContent) => ({
  ...content,
  requesterRoles: [...content.requesterRoles],
  records: [...content.records],
  refs: content.refs && [...content.refs],
  fields: [...content.fields],
  eligibleIds: [...content.eligibleIds],
  cohortSeal: content.cohortSeal && Buffer.from(content.cohortSeal),
});
