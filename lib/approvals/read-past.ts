import "server-only";
import { and, arrayContains, desc, eq, ne, or, sql } from "drizzle-orm";
import type { PastRequest, RequesterRecord } from "@/lib/approvals/view";
import type { Context } from "@/lib/auth/context";
import { catalogTables } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import type { FoundRequest } from "@/lib/requests/find-request";
import { requestStateAt } from "@/lib/requests/request";
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

const columns = {
  number: requests.number,
  requester: people.name,
  state: requests.state,
  expiresAt: requests.expiresAt,
  table: { schema: catalogTables.schema, name: catalogTables.name },
  fields: requests.fields,
  createdAt: requests.createdAt,
};

/** What the same person has asked for lately: frequency is a part of judging a request. */
async function readHistory(ctx: Context, { request, now }: FoundRequest): Promise<PastRequest[]> {
  const rows = await ctx.db
    .select(columns)
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
      usualRecords: sql<
        number | null
      >`(percentile_cont(0.5) WITHIN GROUP (ORDER BY cardinality(${requests.records})))::float8`,
    })
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, request.requesterId),
        ne(requests.id, request.id),
        sql`${requests.createdAt} > clock_timestamp() - interval '30 days'`,
      ),
    );
  return row ?? { approved: 0, denied: 0, usualRecords: null };
}

/** Requests of others for a field of the same table, of those that the reader was asked about: a number tells nobody else. */
async function readSimilar(ctx: Context, { request, now }: FoundRequest): Promise<PastRequest[]> {
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
    .select(columns)
    .from(requests)
    .innerJoin(newest, eq(newest.id, requests.id))
    .innerJoin(people, eq(people.id, requests.requesterId))
    .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
    .where(
      and(
        ne(requests.requesterId, request.requesterId),
        ne(requests.requesterId, me),
        or(arrayContains(requests.eligibleIds, [me]), sql`${requests.audience} && (SELECT seats_of(${me}))`),
        sql`EXISTS (SELECT FROM jsonb_array_elements(${requests.fields}) f
          WHERE ${wanted}::text::jsonb ? (f ->> 'columnId'))`,
      ),
    )
    .orderBy(desc(requests.number))
    .limit(PAST_REQUESTS);
  return rows.map((row) => pastRequest(row, now));
}

type PastRow = Pick<
  typeof requests.$inferSelect,
  "number" | "state" | "expiresAt" | "fields" | "createdAt"
> & {
  requester: string;
  table: { schema: string; name: string };
};

function pastRequest(row: PastRow, now: Date): PastRequest {
  return {
    number: row.number,
    requester: row.requester,
    state: requestStateAt(row, now),
    tableLabel: tableLabel(row.table),
    fields: row.fields.map((field) => field.column),
    createdAt: row.createdAt.toISOString(),
  };
}
