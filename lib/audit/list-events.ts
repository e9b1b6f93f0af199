import "server-only";
import { and, asc, desc, eq, gt, gte, inArray, lt, sql, type SQL } from "drizzle-orm";
import type { EventCode } from "@/lib/audit/codes";
import { codesOf, type AuditFilter } from "@/lib/audit/filter";
import { record } from "@/lib/audit/recorded";
import type { AuditEntry } from "@/lib/audit/entry";
import { facts } from "@/lib/audit/facts";
import { namedEntries } from "@/lib/audit/named-entries";
import { sentence } from "@/lib/audit/sentence";
import type { ChoiceView, EventPage, EventView, HourView } from "@/lib/audit/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { auditEvents } from "@/lib/db/schema/audit";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";

const PAGE_SIZE = 50;

export type AuditPlace = { before?: number | undefined; after?: number | undefined };

/** One page of the log, newest first, paged by number. Reading it is on record, before the answer. */
export async function readAuditLog(ctx: Context, filter: AuditFilter, place: AuditPlace): Promise<EventPage> {
  requirePermission(ctx, "audit");
  await record(ctx, { code: "audit.read", details: { filter: JSON.stringify(filter) } });
  return listEvents(ctx, filter, place);
}

/** One page of the log. Whoever shows it has put on record that it is read: `readAuditLog` does. */
export async function listEvents(ctx: Context, filter: AuditFilter, place: AuditPlace): Promise<EventPage> {
  const towardsNewer = place.after !== undefined;
  const order = towardsNewer ? asc(auditEvents.seq) : desc(auditEvents.seq);
  const { group, ...others } = filter;
  const conditions = [
    ...auditConditions(others),
    ...(place.before === undefined ? [] : [lt(auditEvents.seq, place.before)]),
    ...(place.after === undefined ? [] : [gt(auditEvents.seq, place.after)]),
  ];
  const rows = await ctx.db
    .select({ entry: auditEvents.entry, occurredAt: auditEvents.occurredAt, leafHash: auditEvents.leafHash })
    .from(auditEvents)
    .where(and(...(group ? [firstOfEach(codesOf(group), conditions, order)] : conditions)))
    .orderBy(order)
    .limit(PAGE_SIZE + 1);
  const more = rows.length > PAGE_SIZE;
  const page = await eventViews(ctx, rows.slice(0, PAGE_SIZE));
  if (towardsNewer) page.reverse();
  const hasNewer = towardsNewer ? more : place.before !== undefined;
  const hasOlder = towardsNewer || more;
  return {
    events: page,
    newer: hasNewer ? (page[0]?.seq ?? null) : null,
    older: hasOlder ? (page.at(-1)?.seq ?? null) : null,
  };
}

/**
 * The first events of each code that meet the conditions, as many of each as a page may need: an index holds the events of
 * one code in order and not those of several, and a page must not read all of them.
 */
function firstOfEach(codes: readonly EventCode[], conditions: readonly SQL[], order: SQL): SQL {
  const { seq, code } = auditEvents;
  // Our own codes, as they stand in the code: the database knows of each how rare it is.
  const each = codes.map((one) => {
    const met = and(sql`${code} = ${sql.raw(`'${one}'`)}`, ...conditions);
    return sql`(SELECT ${seq} FROM ${auditEvents} WHERE ${met} ORDER BY ${order} LIMIT ${PAGE_SIZE + 1})`;
  });
  return sql`${seq} = ANY (ARRAY(${sql.join(each, sql` UNION ALL `)}))`;
}

/** The SQL conditions of a filter, each over an indexed column. */
export function auditConditions(filter: AuditFilter): SQL[] {
  const conditions: SQL[] = [];
  if (filter.group) conditions.push(inArray(auditEvents.code, codesOf(filter.group)));
  if (filter.code) conditions.push(eq(auditEvents.code, filter.code));
  if (filter.outcome) conditions.push(eq(auditEvents.outcome, filter.outcome));
  // In these words the index of what did not go well is used, whatever plan is kept.
  if (filter.outcome && filter.outcome !== "success")
    conditions.push(sql`${auditEvents.outcome} <> 'success'`);
  if (filter.actorId) conditions.push(eq(auditEvents.actorId, filter.actorId));
  if (filter.tableId) conditions.push(eq(auditEvents.tableId, filter.tableId));
  if (filter.requestNumber) {
    conditions.push(
      sql`${auditEvents.requestId} = (SELECT ${requests.id} FROM ${requests} WHERE ${requests.number} = ${filter.requestNumber})`,
    );
  }
  if (filter.from) conditions.push(gte(auditEvents.occurredAt, sql`${filter.from}::date::timestamptz`));
  if (filter.to) conditions.push(lt(auditEvents.occurredAt, sql`(${filter.to}::date + 1)::timestamptz`));
  return conditions;
}

/** How many events of a request its page shows: of its beginning, of its end, and of attempts that were refused. */
const shown = { first: 200, last: 300, refused: 100 };

/**
 * The events of one request from asked to ended, oldest first; whoever may read the request may read these. Of very many the
 * middle is left out. Anybody can be refused about a request again and again: those stand in the way of nothing that happened.
 */
export async function listRequestEvents(ctx: Context, requestId: string): Promise<EventView[]> {
  const { seq, code, entry, occurredAt, leafHash } = auditEvents;
  const refused = sql`${code} ~ '^([a-z_]+[.]refused|action[.]failed)$'`;
  const read = (which: SQL, order: SQL, most: number) =>
    ctx.db
      .select({ seq, entry, occurredAt, leafHash })
      .from(auditEvents)
      .where(and(eq(auditEvents.requestId, requestId), which))
      .orderBy(order)
      .limit(most);
  const parts = await Promise.all([
    read(sql`NOT ${refused}`, asc(seq), shown.first),
    read(sql`NOT ${refused}`, desc(seq), shown.last),
    read(refused, desc(seq), shown.refused),
  ]);
  const rows = new Map(parts.flat().map((row) => [row.seq, row]));
  return eventViews(
    ctx,
    [...rows.values()].toSorted((a, b) => a.seq - b.seq),
  );
}

/** How many events each of the last 48 hours saw. */
export async function listHours(ctx: Context): Promise<HourView[]> {
  requirePermission(ctx, "audit");
  const hour = sql<Date>`h.hour`.mapWith((value: string) => new Date(value));
  const { occurredAt, outcome } = auditEvents;
  // The clock in a query of its own is read once, so that the index of times is used.
  const counted = sql`(SELECT date_trunc('hour', ${occurredAt}) AS hour, count(*)::int AS count,
      (count(*) FILTER (WHERE ${outcome} <> 'success'))::int AS refused
    FROM ${auditEvents} WHERE ${occurredAt} >= (SELECT clock_timestamp() - interval '49 hours') GROUP BY 1)`;
  const rows = await ctx.db
    .select({
      hour,
      count: sql<number>`coalesce(counted.count, 0)`,
      refused: sql<number>`coalesce(counted.refused, 0)`,
    })
    .from(
      sql`generate_series(date_trunc('hour', clock_timestamp()) - interval '47 hours',
        date_trunc('hour', clock_timestamp()), interval '1 hour') AS h(hour)`,
    )
    .leftJoin(sql`${counted} AS counted`, sql`counted.hour = h.hour`)
    .orderBy(sql`h.hour`);
  return rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
}

/** The people and tables that a filter offers. */
export async function listAuditChoices(
  ctx: Context,
): Promise<{ people: ChoiceView[]; tables: ChoiceView[] }> {
  requirePermission(ctx, "audit");
  const tableName = sql<string>`${sources.name} || ': ' || ${catalogTables.schema} || '.' || ${catalogTables.name}`;
  const [persons, tables] = await Promise.all([
    ctx.db.select({ id: people.id, name: people.name }).from(people).orderBy(people.name).limit(500),
    ctx.db
      .select({ id: catalogTables.id, name: tableName })
      .from(catalogTables)
      .innerJoin(sources, eq(sources.id, catalogTables.sourceId))
      .orderBy(tableName)
      .limit(1000),
  ]);
  return { people: persons, tables };
}

type EventRow = { entry: string; occurredAt: Date; leafHash: Buffer };

async function eventViews(ctx: Context, rows: readonly EventRow[]): Promise<EventView[]> {
  const entries = await namedEntries(
    ctx.db,
    rows.map(({ entry }) => entry),
  );
  return rows.flatMap((row, at) => entries.slice(at, at + 1).map((entry) => eventView(row, entry)));
}

function eventView(row: EventRow, entry: AuditEntry): EventView {
  return {
    seq: entry.seq,
    code: entry.code,
    outcome: entry.outcome,
    occurredAt: row.occurredAt.toISOString(),
    actorName: entry.actor.name,
    actorRoles: entry.actor.roles,
    sentence: sentence(entry),
    table: entry.resource?.table ?? null,
    requestNumber: entry.requestNumber ?? null,
    reason: entry.reason ?? null,
    facts: facts(entry),
    leafHash: row.leafHash.toString("hex"),
  };
}
