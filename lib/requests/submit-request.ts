import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { holdCatalogue } from "@/lib/catalog/hold-catalogue";
import { classesOf } from "@/lib/requests/class-facts";
import { findTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { holdNoStop } from "@/lib/grants/hold-no-stop";
import { holdPolicy } from "@/lib/policies/hold-policy";
import { storedRuling } from "@/lib/policies/ruling";
import { Refusal } from "@/lib/refusal";
import { askedFields, askedRecords, cappedView } from "@/lib/requests/asked";
import { cohortState } from "@/lib/requests/cohort";
import { contentHash, sealCohort, type RequestContent } from "@/lib/requests/content";
import type { Draft } from "@/lib/requests/draft";
import { drawReview } from "@/lib/requests/draw-review";
import type { AskedNow } from "@/lib/requests/read-signals";
import { lacking, ruleRequest, type Ruled } from "@/lib/requests/rule-request";
import { cappedByRule, ruledWords } from "@/lib/requests/ruled-words";
import { submittedEvents } from "@/lib/requests/submitted-events";
import { writeGrant } from "@/lib/requests/write-grant";

const ACTIVATE_WITHIN_SECONDS = 4 * 3600;
const MOST_PENDING = 100;

export type Submitted = { id: string; number: number; words: string };

/**
 * Sends a request. What the catalogue says of its fields and records, what the active policy says of it, and who may
 * decide, is read in the deciding transaction and frozen with it; from then on nothing of it can change (law 8). Where
 * the policy decides at once, its decision is a part of the same transaction.
 */
export async function submitRequest(
  ctx: Context,
  draft: Draft,
  cohort: string | null = null,
): Promise<Submitted> {
  return recorded(ctx, async (tx) => {
    const roles = await holdPermission(tx, ctx, "request");
    await holdCatalogue(tx, draft.tableId);
    const table = await findTable(tx, { tableId: draft.tableId });
    if (!table) throw new Refusal("not-found");
    await holdNoStop(tx, { personId: ctx.actor.personId, sourceId: table.source.id });
    await holdPolicy(tx);
    await refuseFlood(tx, ctx.actor.personId);
    // Frozen before this transaction: nothing may have been masked in between.
    if (cohort !== null) cohortState(table, cohort);
    const asked = askedNow(table, { ...draft, cohort });
    const ruled = await ruleRequest(tx, ctx, table, asked);
    const [lack] = lacking(ruled.ruling);
    if (lack) throw new Refusal(lack);
    const cohortSalt = cohort === null ? null : randomBytes(32);
    const cohortSeal = cohort === null || cohortSalt === null ? null : sealCohort(cohort, cohortSalt);
    const content = contentOf(ctx, roles, table, { ...asked, reason: draft.reason, cohortSeal }, ruled);
    const stored = await store(tx, content, { cohort, cohortSalt }, ruled);
    const scope = { fields: content.fields, records: content.records, viewSeconds: content.viewSeconds };
    const grant = ruled.ruling.outcome.kind === "auto" ? await writeGrant(tx, stored, scope) : null;
    const drawn = grant !== null && (await drawReview(tx, stored, ruled));
    const { number, contentHash: hash } = stored;
    const eligible = ruled.review?.eligible ?? [];
    const words = [asked.capped, cappedByRule(ruled, asked), ruledWords(ruled, content.viewSeconds)];
    return {
      result: { id: content.id, number, words: words.filter((part) => part !== null).join(" ") },
      event: submittedEvents({ content, cohort, table, number, eligible, hash, grant, drawn }),
    };
  });
}

/** What a draft asks for, as the catalogue has it, and why less time than was wished. */
export function askedNow(
  table: CatalogTable,
  draft: Pick<Draft, "fields" | "records" | "viewSeconds" | "ticket"> & {
    purpose: string;
    cohort: string | null;
  },
): AskedNow & { capped: string | null; longestSeconds: number } {
  const fields = askedFields(table, draft.fields, classesOf(table));
  const records = askedRecords(table, draft.records);
  const { viewSeconds, longestSeconds, words } = cappedView(fields, draft.viewSeconds, classesOf(table));
  const { purpose, ticket, cohort } = draft;
  return { fields, records, viewSeconds, longestSeconds, capped: words, purpose, ticket, cohort };
}

function contentOf(
  ctx: Context,
  requesterRoles: readonly string[],
  table: CatalogTable,
  asked: AskedNow & { reason: string; cohortSeal: Buffer | null },
  { ruling, signals, policyVersion, review }: Ruled,
): RequestContent {
  const { fields, records, cohortSeal, purpose, reason, ticket } = asked;
  return {
    id: randomUUID(),
    requesterId: ctx.actor.personId,
    requesterRoles,
    sourceId: table.source.id,
    tableId: table.id,
    ...{ records, fields, cohortSeal, purpose, reason, ticket },
    viewSeconds: Math.min(asked.viewSeconds, ruling.caps.viewSeconds),
    activateWithinSeconds: ACTIVATE_WITHIN_SECONDS,
    risk: ruling.risk,
    policyVersion,
    rule: ruling.rule ?? "manager",
    eligibleIds: review?.eligible.map((approver) => approver.id) ?? [],
    ...{ signals, ruling: storedRuling(ruling), route: review?.route ?? null },
    channel: ctx.channel,
  };
}

const stateOf = { auto: "approved", review: "pending", deny: "denied" } as const;

async function store(
  tx: WriteTransaction,
  content: RequestContent,
  cohort: { cohort: string | null; cohortSalt: Buffer | null },
  { ruling, review }: Ruled,
): Promise<typeof requests.$inferSelect> {
  const state = stateOf[ruling.outcome.kind];
  const [row] = await tx
    .insert(requests)
    .values({
      ...asRow(content),
      ...cohort,
      state,
      riskPoints: content.risk.points,
      contentHash: contentHash(content),
      audience: review && [...review.standing.audience],
      createdAt: sql`clock_timestamp()`,
      expiresAt: sql`clock_timestamp() + interval '24 hours'`,
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
  fields: [...content.fields],
  eligibleIds: [...content.eligibleIds],
  cohortSeal: content.cohortSeal && Buffer.from(content.cohortSeal),
});
