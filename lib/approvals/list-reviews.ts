import "server-only";
import { and, asc, desc, eq, isNotNull, isNull, ne, not, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { OthersReviews, ReviewLine, ReviewPage } from "@/lib/approvals/view";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { reviews } from "@/lib/db/schema/reviews";
import { purposeWords } from "@/lib/requests/request";
import { tableLabel } from "@/lib/requests/table-label";

const MOST_WAITING = 50;
const FEW_JUDGED = 10;

/** What this person may judge, the soonest due first, and what was judged last. Never what they opened themselves. */
export async function listReviews(ctx: Context): Promise<ReviewPage> {
  requirePermission(ctx, "decide");
  const [waiting, judged, [clock]] = await Promise.all([
    readLines(ctx, and(isNull(reviews.reviewedAt), forMe(ctx)), asc(reviews.dueAt), MOST_WAITING),
    readLines(ctx, and(isNotNull(reviews.reviewedAt), forMe(ctx)), desc(reviews.reviewedAt), FEW_JUDGED),
    ctx.db
      .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt) })
      .from(people)
      .where(eq(people.id, ctx.actor.personId)),
  ]);
  return { waiting, judged, now: (clock?.now ?? new Date(0)).toISOString() };
}

/** What waits for a judgement and concerns this person: they may give it, or it is about them. */
export async function listOpenReviews(ctx: Context): Promise<ReviewLine[]> {
  const mine = eq(reviews.requesterId, ctx.actor.personId);
  const concerns = rolesAllow(ctx.actor.roles, "decide") ? or(mine, forMe(ctx)) : mine;
  return readLines(ctx, and(isNull(reviews.reviewedAt), concerns), asc(reviews.dueAt), MOST_WAITING);
}

/**
 * The emergencies that wait for the judgement of others, counted: everybody knows that there are some, and only those
 * whom they concern know what they are about. Null when there are none.
 */
export async function countReviewsOfOthers(ctx: Context): Promise<OthersReviews | null> {
  const concerns = rolesAllow(ctx.actor.roles, "decide") ? forMe(ctx) : undefined;
  const [row] = await ctx.db
    .select({
      count: sql<number>`count(*)::int`,
      overdue: sql<number>`count(*) FILTER (WHERE clock_timestamp() > ${reviews.dueAt})::int`,
      dueAt: sql<Date | null>`min(${reviews.dueAt})`.mapWith(reviews.dueAt),
    })
    .from(reviews)
    .where(
      and(
        isNull(reviews.reviewedAt),
        eq(reviews.kind, "emergency"),
        ne(reviews.requesterId, ctx.actor.personId),
        concerns && not(concerns),
      ),
    );
  if (!row?.dueAt) return null;
  return { count: row.count, overdue: row.overdue, dueAt: row.dueAt.toISOString() };
}

function forMe(ctx: Context): SQL | undefined {
  const { personId } = ctx.actor;
  return and(ne(reviews.requesterId, personId), sql`${reviews.audience} && seats_of(${personId})`);
}

async function readLines(
  ctx: Context,
  which: SQL | undefined,
  order: SQL,
  most: number,
): Promise<ReviewLine[]> {
  const reviewer = alias(people, "reviewer");
  const rows = await ctx.db
    .select({
      id: reviews.id,
      kind: reviews.kind,
      reason: reviews.reason,
      openedAt: reviews.openedAt,
      dueAt: reviews.dueAt,
      overdue: sql<boolean>`coalesce(${reviews.reviewedAt}, clock_timestamp()) > ${reviews.dueAt}`,
      verdict: reviews.verdict,
      words: reviews.words,
      reviewer: reviewer.name,
      number: requests.number,
      requesterId: requests.requesterId,
      requester: people.name,
      fields: requests.fields,
      recordCount: sql<number>`cardinality(${requests.records})`,
      purpose: requests.purpose,
      table: { schema: catalogTables.schema, name: catalogTables.name },
      skipped: sql<string[]>`ARRAY(SELECT s.name FROM people s WHERE s.id = ANY (${reviews.skippedIds})
        ORDER BY s.name LIMIT 20)`,
    })
    .from(reviews)
    .innerJoin(requests, eq(requests.id, reviews.requestId))
    .innerJoin(people, eq(people.id, reviews.requesterId))
    .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
    .leftJoin(reviewer, eq(reviewer.id, reviews.reviewerId))
    .where(which)
    .orderBy(order, asc(reviews.id))
    .limit(most);
  return rows.map(({ requesterId, table, fields, purpose, openedAt, dueAt, ...row }) => ({
    ...row,
    mine: requesterId === ctx.actor.personId,
    tableLabel: tableLabel(table),
    fields: fields.map((field) => field.column),
    purpose: purposeWords(purpose),
    openedAt: openedAt.toISOString(),
    dueAt: dueAt.toISOString(),
  }));
}
