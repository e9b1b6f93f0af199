import "server-only";
import { and, asc, desc, eq, gte, lt, sql, type SQL } from "drizzle-orm";
import type { AuditFilter } from "@/lib/audit/filter";
import {
  MOST_LOOKED_AT,
  foundBy,
  nextLook,
  openSearch,
  type Direction,
  type Found,
  type LogSearch,
  type Wanted,
} from "@/lib/audit/look-through";
import { record } from "@/lib/audit/recorded";
import type { AuditEntry } from "@/lib/audit/entry";
import { facts } from "@/lib/audit/facts";
import { namedEntries } from "@/lib/audit/named-entries";
import { sentence } from "@/lib/audit/sentence";
import { readSize, type SeqRange } from "@/lib/audit/seq-range";
import type { ChoiceView, EventPage, EventView, LookedView } from "@/lib/audit/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { auditEvents } from "@/lib/db/schema/audit";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";

const PAGE_SIZE = 50;

/** At most so many events are shown on a page, and read for it. */
export type PageBounds = { most: number; bound: number };

export type AuditPlace = { before?: number | undefined; after?: number | undefined };

/** One page of the log, newest first, paged by number. Reading it is on record, before the answer. */
export async function readAuditLog(ctx: Context, filter: AuditFilter, place: AuditPlace): Promise<EventPage> {
  requirePermission(ctx, "audit");
  await record(ctx, { code: "audit.read", details: { filter: JSON.stringify(filter) } });
  return listEvents(ctx, filter, place);
}

/**
 * One page of the log: all that match in the stretch that it looked through, which ends where the page is full or where
 * enough was read. Whoever shows it has put on record that it is read: `readAuditLog` does.
 */
export async function listEvents(
  ctx: Context,
  filter: AuditFilter,
  place: AuditPlace,
  { most, bound }: PageBounds = { most: PAGE_SIZE, bound: MOST_LOOKED_AT },
): Promise<EventPage> {
  const search = await openSearch(ctx.db, filter, { size: await readSize(ctx.db), bound });
  const { range } = search;
  const direction = place.after === undefined ? "older" : "newer";
  const stretch =
    place.after === undefined
      ? { ...range, before: Math.min(range.before, place.before ?? range.before) }
      : { ...range, first: Math.max(range.first, place.after + 1) };
  const found = await readPage(ctx, search, { stretch, direction, most });
  const { first, before } = found.stretch;
  const events = await eventViews(ctx, found.rows);
  return {
    events: direction === "older" ? events : events.toReversed(),
    newer: before < range.before ? before - 1 : null,
    older: first > range.first ? first : null,
    looked: found.isCut ? await lookedView(ctx, found.stretch, { range, direction }) : null,
  };
}

async function readPage(ctx: Context, search: LogSearch, wanted: Wanted): Promise<Found<EventRow>> {
  const { stretch, most } = wanted;
  if (stretch.first >= stretch.before) return { rows: [], stretch, isCut: false };
  const look = await nextLook(ctx.db, search, wanted);
  const { seq, entry, occurredAt, leafHash } = auditEvents;
  const rows = await ctx.db
    .select({ seq, entry, occurredAt, leafHash })
    .from(auditEvents)
    .where(look.where)
    .orderBy(look.order)
    .limit(most + 1);
  return foundBy(look, rows);
}

/** What was looked through, as people read it: with the times of the events that stand at its ends. */
async function lookedView(
  ctx: Context,
  { first, before }: SeqRange,
  { range, direction }: { range: SeqRange; direction: Direction },
): Promise<LookedView> {
  const { seq, occurredAt } = auditEvents;
  const [oldest, newest] = await Promise.all([
    ctx.db.select({ occurredAt }).from(auditEvents).where(gte(seq, first)).orderBy(asc(seq)).limit(1),
    ctx.db.select({ occurredAt }).from(auditEvents).where(lt(seq, before)).orderBy(desc(seq)).limit(1),
  ]);
  return {
    ...{ direction, first, last: before - 1 },
    firstAt: oldest[0]?.occurredAt.toISOString() ?? null,
    lastAt: newest[0]?.occurredAt.toISOString() ?? null,
    left: direction === "older" ? first - range.first : range.before - before,
  };
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

type EventRow = { seq: number; entry: string; occurredAt: Date; leafHash: Buffer };

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
