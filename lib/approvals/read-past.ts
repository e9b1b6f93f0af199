import "server-only";
import { and, arrayContains, desc, eq, ne, sql } from "drizzle-orm";
import type { PastRequest, RequesterRecord } from "@/lib/approvals/view";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { catalogTables } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { grants, requests } from "@/lib/db/schema/requests";
import { reviews } from "@/lib/db/schema/reviews";
import type { FoundRequest } from "@/lib/requests/find-request";
import { purposeWords, requestStateAt } from "@/lib/requests/request";
import { tableLabel } from "@/lib/requests/table-label";

const PAST_REQUESTS = 5;
/** What is like a request is looked for among so many of the newest of its table. */
const LOOKED_AT = 200;

type Past = { history: PastRequest[]; record: RequesterRecord; similar: PastRequest[] };

/** What was asked before: by the same person, how often that was approved, and what others asked of the same fields. */
export async function readPast(ctx: Context, found: FoundRequest): Promise<Past> {
  const [history, record, similar] = await Promise.all([
    readHistory(ctx, found),
    readRecord(ctx, found),
    readSimilar(ctx, found),
  ]);
  return { history, record, similar };
}

/** What is told of a request of before to this reader, beside the one that they decide on. */
function columnsFor(ctx: Context, { request }: FoundRequest) {
  const me = ctx.actor.personId;
  return {
    number: requests.number,
    requester: people.name,
    state: requests.state,
    expiresAt: requests.expiresAt,
    table: { schema: catalogTables.schema, name: catalogTables.name },
    fields: requests.fields,
    recordCount: sql<number>`cardinality(${requests.records})`,
    sameRecords: sql<number>`(SELECT count(*)::int FROM unnest(${requests.records}) AS r
      WHERE ${JSON.stringify(request.records)}::text::jsonb ? r)`,
    purpose: requests.purpose,
    decided: sql<PastRequest["decided"]>`(
      SELECT jsonb_build_object('by', v.name, 'verdict', d.verdict, 'words', d.words)
      FROM decisions d JOIN people v ON v.id = d.approver_id WHERE d.request_id = ${requests.id}
      ORDER BY d.decided_at DESC LIMIT 1)`,
    reads: rolesAllow(ctx.actor.roles, "audit") ? sql<boolean>`true` : sql<boolean>`(${askedOf(me)})`,
    createdAt: requests.createdAt,
  };
}

/** Whether somebody was asked about a request. */
const askedOf = (personId: string) =>
  sql<boolean>`coalesce(${arrayContains(requests.eligibleIds, [personId])}
    OR ${requests.audience} && (SELECT seats_of(${personId})), false)`;

/** What the same person has asked for lately: frequency is a part of judging a request. */
async function readHistory(ctx: Context, found: FoundRequest): Promise<PastRequest[]> {
  const { request, now } = found;
  const rows = await ctx.db
    .select(columnsFor(ctx, found))
    .from(requests)
    .innerJoin(people, eq(people.id, requests.requesterId))
    .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
    .where(and(eq(requests.requesterId, request.requesterId), ne(requests.id, request.id)))
    .orderBy(desc(requests.number))
    .limit(PAST_REQUESTS);
  return rows.map((row) => pastRequest(row, now));
}

async function readRecord(ctx: Context, { request }: FoundRequest): Promise<RequesterRecord> {
  const [row] = await ctx.db
    .select({
      approved: sql<number>`(count(*) FILTER (WHERE ${requests.state} = 'approved'))::int`,
      denied: sql<number>`(count(*) FILTER (WHERE ${requests.state} = 'denied'))::int`,
      revoked: sql<number>`(count(*) FILTER (WHERE ${grants.state} = 'revoked'))::int`,
      emergencies: sql<number>`(count(*) FILTER (WHERE ${reviews.kind} = 'emergency'))::int`,
      notJustified: sql<number>`(count(*) FILTER (WHERE ${reviews.kind} = 'emergency'
        AND ${reviews.verdict} = 'not-justified'))::int`,
      usualRecords: sql<
        number | null
      >`(percentile_cont(0.5) WITHIN GROUP (ORDER BY cardinality(${requests.records})))::float8`,
    })
    .from(requests)
    .leftJoin(grants, eq(grants.requestId, requests.id))
    .leftJoin(reviews, eq(reviews.requestId, requests.id))
    .where(
      and(
        eq(requests.requesterId, request.requesterId),
        ne(requests.id, request.id),
        sql`${requests.createdAt} > clock_timestamp() - interval '30 days'`,
      ),
    );
  if (!row) throw new Error("A count came back without a row.");
  return row;
}

/** Requests of others for a field of the same table, of those that the reader was asked about: a number tells nobody else. */
async function readSimilar(ctx: Context, found: FoundRequest): Promise<PastRequest[]> {
  const { request, now } = found;
  const me = ctx.actor.personId;
  const newest = ctx.db
    .select({ id: requests.id })
    .from(requests)
    .where(eq(requests.tableId, request.tableId))
    .orderBy(desc(requests.number))
    .limit(LOOKED_AT)
    .as("newest");
  const wanted = JSON.stringify(request.fields.map((field) => field.columnId));
  const rows = await ctx.db
    .select(columnsFor(ctx, found))
    .from(requests)
    .innerJoin(newest, eq(newest.id, requests.id))
    .innerJoin(people, eq(people.id, requests.requesterId))
    .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
    .where(
      and(
        ne(requests.requesterId, request.requesterId),
        ne(requests.requesterId, me),
        askedOf(me),
        sql`EXISTS (SELECT FROM jsonb_array_elements(${requests.fields}) f
          WHERE ${wanted}::text::jsonb ? (f ->> 'columnId'))`,
      ),
    )
    .orderBy(desc(requests.number))
    .limit(PAST_REQUESTS);
  return rows.map((row) => pastRequest(row, now));
}

type PastRow = Omit<PastRequest, "tableLabel" | "fields" | "createdAt"> &
  Pick<typeof requests.$inferSelect, "state" | "expiresAt" | "fields" | "createdAt"> & {
    table: { schema: string; name: string };
  };

function pastRequest({ table, expiresAt, decided, ...row }: PastRow, now: Date): PastRequest {
  return {
    ...row,
    state: requestStateAt({ state: row.state, expiresAt }, now),
    tableLabel: tableLabel(table),
    fields: row.fields.map((field) => field.column),
    purpose: purposeWords(row.purpose),
    decided: decided && { ...decided, words: row.reads ? decided.words : null },
    createdAt: row.createdAt.toISOString(),
  };
}
