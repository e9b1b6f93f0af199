import "server-only";
import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { holdCatalogue } from "@/lib/catalog/hold-catalogue";
import { classesOf } from "@/lib/requests/class-facts";
import { findTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { defaultPolicyVersion } from "@/lib/policies/default-policy";
import { assessRisk } from "@/lib/policies/risk";
import { Refusal } from "@/lib/refusal";
import { askedFields, askedRecords, cappedView } from "@/lib/requests/asked";
import { cohortState, filteredBy } from "@/lib/requests/cohort";
import { contentHash, sealCohort, type RequestContent } from "@/lib/requests/content";
import type { Draft } from "@/lib/requests/draft";
import { readRoute } from "@/lib/requests/read-route";
import { routeWords, type Route } from "@/lib/requests/route";

const ACTIVATE_WITHIN_SECONDS = 4 * 3600;
const MOST_PENDING = 100;

export type Submitted = { id: string; number: number; words: string };

/**
 * Sends a request. What the catalogue says of its fields and records, and who may decide, is read in the deciding
 * transaction and frozen with it; from then on nothing of it can change (law 8).
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
    await refuseFlood(tx, ctx.actor.personId);
    const route = await readRoute(tx, ctx.actor.personId);
    // Frozen before this transaction: nothing may have been masked in between.
    if (cohort !== null) cohortState(table, cohort);
    const cohortSalt = cohort === null ? null : randomBytes(32);
    const cohortSeal = cohort === null || cohortSalt === null ? null : sealCohort(cohort, cohortSalt);
    const { content, capped } = contentOf(ctx, roles, table, { ...draft, cohortSeal }, route);
    const hash = contentHash(content);
    const [row] = await tx
      .insert(requests)
      .values({
        ...asRow(content),
        ...{ cohort, cohortSalt },
        riskPoints: content.risk.points,
        contentHash: hash,
        createdAt: sql`clock_timestamp()`,
        expiresAt: sql`clock_timestamp() + interval '24 hours'`,
      })
      .returning({ number: requests.number });
    if (!row) throw new Error("The request was not stored.");
    const words = [capped, routeWords(route.approvers, null)].filter((part) => part !== null).join(" ");
    return {
      result: { id: content.id, number: row.number, words },
      event: submittedEvent({ content, cohort, table, number: row.number, route, hash }),
    };
  });
}

function contentOf(
  ctx: Context,
  requesterRoles: readonly string[],
  table: CatalogTable,
  draft: Draft & { cohortSeal: Buffer | null },
  route: Route,
): { content: RequestContent; capped: string | null } {
  const fields = askedFields(table, draft.fields, classesOf(table));
  const records = askedRecords(table, draft.records);
  const { viewSeconds, words } = cappedView(fields, draft.viewSeconds, classesOf(table));
  const content = {
    id: randomUUID(),
    requesterId: ctx.actor.personId,
    requesterRoles,
    sourceId: table.source.id,
    tableId: table.id,
    ...{ records, fields, viewSeconds, cohortSeal: draft.cohortSeal },
    purpose: draft.purpose,
    reason: draft.reason,
    ticket: draft.ticket,
    activateWithinSeconds: ACTIVATE_WITHIN_SECONDS,
    risk: assessRisk({ fields, recordCount: records.length, ticket: draft.ticket !== null }),
    policyVersion: defaultPolicyVersion,
    rule: route.rule,
    eligibleIds: route.approvers.map((approver) => approver.id),
    channel: ctx.channel,
  };
  return { content, capped: words };
}

/** A script must not bury the approvers' inbox. */
async function refuseFlood(tx: WriteTransaction, requesterId: string): Promise<void> {
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

function submittedEvent(sent: {
  content: RequestContent;
  cohort: string | null;
  table: CatalogTable;
  number: number;
  route: Route;
  hash: Buffer;
}): AuditEvent {
  const { content, cohort, table, route, hash } = sent;
  return {
    code: "request.submitted",
    requestId: content.id,
    requestNumber: sent.number,
    resource: {
      sourceId: table.source.id,
      source: table.source.name,
      tableId: table.id,
      table: `${table.schema}.${table.name}`,
      records: content.records,
      recordCount: content.records.length,
      fields: content.fields.map((field) => field.column),
      classes: content.fields.map((field) => field.classId),
      levels: content.fields.map((field) => field.level),
    },
    approvers: route.approvers.slice(0, 20),
    purpose: content.purpose,
    reason: content.reason,
    ...(content.ticket === null ? {} : { ticket: content.ticket }),
    policyVersion: content.policyVersion,
    details: {
      rule: content.rule,
      riskPoints: content.risk.points,
      viewSeconds: content.viewSeconds,
      ...(cohort === null ? {} : { allThatMatched: filteredBy(table, cohort) }),
      contentHash: hash.toString("hex"),
    },
  };
}
