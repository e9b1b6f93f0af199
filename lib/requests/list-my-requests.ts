import "server-only";
import { and, desc, eq, inArray, lt, sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables } from "@/lib/db/schema/catalogue";
import { grants, requests } from "@/lib/db/schema/requests";
import { msLeft, stateAt } from "@/lib/grants/grant";
import { openQuestionBy } from "@/lib/requests/open-question";
import { purposeWords, requestStateAt, type RequestState } from "@/lib/requests/request";
import { tableLabel } from "@/lib/requests/table-label";
import type { RequestPage } from "@/lib/requests/view";

const PAGE_SIZE = 50;

/** The states of a filter over one's own requests. */
export type RequestFilter = { state?: RequestState | undefined; before?: number | undefined };

/** The requests that this person has sent, newest first, paged by number; states are as the database clock has them. */
export async function listMyRequests(ctx: Context, filter: RequestFilter): Promise<RequestPage> {
  requirePermission(ctx, "request");
  const rows = await ctx.db
    .select({
      number: requests.number,
      state: requests.state,
      expiresAt: requests.expiresAt,
      createdAt: requests.createdAt,
      fields: requests.fields,
      recordCount: sql<number>`cardinality(${requests.records})`,
      purpose: requests.purpose,
      questionBy: openQuestionBy(requests.id),
      table: { schema: catalogTables.schema, name: catalogTables.name },
      grant: {
        state: grants.state,
        notBefore: grants.notBefore,
        activateBy: grants.activateBy,
        endsAt: grants.endsAt,
      },
      now: sql<Date>`clock_timestamp()`.mapWith(requests.expiresAt),
    })
    .from(requests)
    .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
    .leftJoin(grants, eq(grants.requestId, requests.id))
    .where(
      and(
        eq(requests.requesterId, ctx.actor.personId),
        filter.state === undefined ? undefined : inState(filter.state),
        filter.before === undefined ? undefined : lt(requests.number, filter.before),
      ),
    )
    .orderBy(desc(requests.number))
    .limit(PAGE_SIZE + 1);
  const lines = rows.slice(0, PAGE_SIZE).map((row) => {
    const state = requestStateAt(row, row.now);
    return {
      number: row.number,
      state,
      tableLabel: tableLabel(row.table),
      fields: row.fields.map((field) => field.column),
      recordCount: row.recordCount,
      purpose: purposeWords(row.purpose),
      questionBy: state === "pending" ? row.questionBy : null,
      createdAt: row.createdAt.toISOString(),
      expiresInMs: state === "pending" ? row.expiresAt.getTime() - row.now.getTime() : 0,
      grant: row.grant && { state: stateAt(row.grant, row.now), msLeft: msLeft(row.grant, row.now) },
    };
  });
  const nextBefore = rows.length > PAGE_SIZE ? (lines.at(-1)?.number ?? null) : null;
  return { lines, nextBefore, now: (rows[0]?.now ?? new Date(0)).toISOString() };
}

/** A request that nobody decided in time counts as expired before the sweeper has written it down. */
function inState(state: RequestState): SQL | undefined {
  if (state === "pending")
    return and(eq(requests.state, state), sql`${requests.expiresAt} > clock_timestamp()`);
  if (state !== "expired") return eq(requests.state, state);
  const overdue = sql`${requests.expiresAt} <= clock_timestamp()`;
  return and(
    inArray(requests.state, ["expired", "pending"]),
    sql`(${requests.state} = 'expired' OR ${overdue})`,
  );
}
