import "server-only";
import { and, arrayContains, asc, eq, isNull, ne, or, sql, type SQL } from "drizzle-orm";
import { lastReset } from "@/lib/approvals/seat";
import type { InboxPage } from "@/lib/approvals/view";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { purposeWords } from "@/lib/requests/request";
import { tableLabel } from "@/lib/requests/table-label";

const PAGE_SIZE = 50;

/** Requests this person may decide, soonest to expire first, paged by that moment and number. Never their own. */
export async function listInbox(ctx: Context, place: { after?: string | undefined }): Promise<InboxPage> {
  requirePermission(ctx, "decide");
  const micros = sql<string>`floor(extract(epoch FROM ${requests.expiresAt}) * 1000000)::bigint::text`;
  const [rows, { count }] = await Promise.all([
    ctx.db
      .select({
        number: requests.number,
        requester: people.name,
        table: { schema: catalogTables.schema, name: catalogTables.name },
        fields: requests.fields,
        recordCount: sql<number>`cardinality(${requests.records})`,
        purpose: requests.purpose,
        risk: requests.risk,
        createdAt: requests.createdAt,
        expiresAt: requests.expiresAt,
        now: sql<Date>`clock_timestamp()`.mapWith(requests.expiresAt),
        micros,
      })
      .from(requests)
      .innerJoin(people, eq(people.id, requests.requesterId))
      .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
      .where(and(waitingFor(ctx), afterPlace(place.after)))
      .orderBy(asc(requests.expiresAt), asc(requests.number))
      .limit(PAGE_SIZE + 1),
    readInboxPulse(ctx),
  ]);
  const shown = rows.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  return {
    lines: shown.map((row) => ({
      number: row.number,
      requester: row.requester,
      tableLabel: tableLabel(row.table),
      fields: row.fields.map((field) => field.column),
      recordCount: row.recordCount,
      purpose: purposeWords(row.purpose),
      sensitivity: Math.max(...row.fields.map((field) => field.sensitivity)),
      grade: row.risk.grade,
      createdAt: row.createdAt.toISOString(),
      expiresInMs: row.expiresAt.getTime() - row.now.getTime(),
    })),
    count,
    nextAfter: rows.length > PAGE_SIZE && last ? `${last.micros}-${last.number}` : null,
    now: (rows[0]?.now ?? new Date(0)).toISOString(),
  };
}

/**
 * How many requests this person may decide now, 0 for who decides nothing, and a mark that is another when it is not the
 * same ones any more.
 */
export async function readInboxPulse(ctx: Context): Promise<{ count: number; mark: string }> {
  const none = { count: 0, mark: "" };
  if (!rolesAllow(ctx.actor.roles, "decide")) return none;
  const [row] = await ctx.db
    .select({
      count: sql<number>`count(*)::int`,
      mark: sql<string>`concat(count(*), '.', sum(${requests.number}::bigint * ${requests.version}))`,
    })
    .from(requests)
    .where(waitingFor(ctx));
  return row ?? none;
}

function waitingFor(ctx: Context): SQL | undefined {
  return and(
    eq(requests.state, "pending"),
    sql`${requests.expiresAt} > clock_timestamp()`,
    ne(requests.requesterId, ctx.actor.personId),
    // Those of before there were steps name their people.
    or(
      sql`${requests.audience} && seats_of(${ctx.actor.personId})`,
      and(isNull(requests.audience), arrayContains(requests.eligibleIds, [ctx.actor.personId])),
    ),
    sql`NOT EXISTS (SELECT FROM decisions d WHERE d.request_id = requests.id AND d.approver_id = ${ctx.actor.personId})`,
    sql`${requests.createdAt} > coalesce(${lastReset(ctx.actor.personId)}, '-infinity')`,
  );
}

/** Rows behind a place of the list; a place that is none is the start. */
function afterPlace(place: string | undefined): SQL | undefined {
  const [, micros, number] = /^(\d{1,17})-(\d{1,9})$/.exec(place ?? "") ?? [];
  if (micros === undefined || number === undefined) return undefined;
  return sql`(${requests.expiresAt}, ${requests.number}) >
    (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${number}::integer)`;
}
