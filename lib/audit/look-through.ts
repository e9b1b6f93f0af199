import "server-only";
import { and, asc, desc, gte, lt, sql, type SQL } from "drizzle-orm";
import type { AuditFilter } from "@/lib/audit/filter";
import { filterParts, momentsOf, type FilterPart, type Lane } from "@/lib/audit/filter-parts";
import { seqRange, type SeqRange } from "@/lib/audit/seq-range";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents } from "@/lib/db/schema/audit";

/** At most so many events are read for one look, whatever the filter. */
export const MOST_LOOKED_AT = 10_000;

export type Direction = "older" | "newer";

/** What is looked for, the numbers between which all of it lies, and how many events one look may read. */
export type LogSearch = { parts: readonly FilterPart[]; range: SeqRange; bound: number };

/** How to look: from which end of a stretch, and at most how many events are wanted. */
export type Wanted = { stretch: SeqRange; direction: Direction; most: number };

/**
 * A look into a stretch: the query of its events is `where` and `order`, with one more than `most` as its limit. `isCut`:
 * the stretch is shorter than the one that was wanted.
 */
export type Look = Wanted & { where: SQL | undefined; order: SQL; isCut: boolean };

/** What a look found: `rows` are all events that match in the stretch, in order. `isCut`: it ended before `most`. */
export type Found<Row> = { rows: Row[]; stretch: SeqRange; isCut: boolean };

/** Begins to look for the events that meet a filter, in a log of so many events. */
export async function openSearch(
  db: ReadDatabase,
  filter: AuditFilter,
  { size, bound = MOST_LOOKED_AT }: { size: number; bound?: number },
): Promise<LogSearch> {
  const parts = filterParts(filter);
  if (parts === null) return { parts: [], range: { first: 0, before: 0 }, bound };
  return { parts, range: await seqRange(db, momentsOf(filter), size), bound };
}

/**
 * The next look into a stretch of the log, from its newer or its older end. Where one index holds what is wanted in its
 * order, the look reads as many events as it returns. Where a filter has more parts, one of them leads, and its events
 * are read one by one, at most `bound`: the look ends where that many end, and the part leads with which it gets
 * furthest.
 */
export async function nextLook(db: ReadDatabase, search: LogSearch, wanted: Wanted): Promise<Look> {
  const { parts, bound } = search;
  const order = inOrder(sql`${auditEvents.seq}`, wanted.direction);
  const leading = parts.filter(({ lanes }) => lanes.length > 0);
  const [only = everything] = leading;
  if (parts.length <= 1 && parts.length === leading.length)
    return { ...wanted, order, isCut: false, where: matching(only, [], wanted, wanted.most + 1) };
  // Of a part of several lanes each has its share, with which it may get less far than without any index.
  const leaders = leading.some(({ lanes }) => lanes.length === 1) ? leading : [...leading, everything];
  const { leader, stretch } = await furthest(db, leaders, { ...wanted, bound });
  const others = parts.filter((part) => part !== leader);
  const isCut = stretch.first !== wanted.stretch.first || stretch.before !== wanted.stretch.before;
  const look = { ...wanted, stretch };
  return { ...look, order, isCut, where: matching(leader, others, look, shareOf(leader, bound)) };
}

/** What the query of a look returned, which may end it before its stretch does. */
export function foundBy<Row extends { seq: number }>(look: Look, returned: readonly Row[]): Found<Row> {
  const { stretch, direction, most, isCut } = look;
  const rows = returned.slice(0, most);
  const last = rows.at(-1);
  if (returned.length <= most || last === undefined) return { rows, stretch, isCut };
  const end = direction === "older" ? { first: last.seq } : { before: last.seq + 1 };
  return { rows, stretch: { ...stretch, ...end }, isCut: false };
}

/**
 * All events that meet a filter in a log of so many, oldest first, by `read` at most `most` at a time: look after look, none
 * of which reads more than it may, so that there are batches of none.
 */
export async function* lookThrough<Row extends { seq: number }>(
  db: ReadDatabase,
  filter: AuditFilter,
  { most, ...log }: { size: number; most: number; bound?: number },
  read: (look: Look) => Promise<Row[]>,
): AsyncGenerator<Row[]> {
  const search = await openSearch(db, filter, log);
  let { range: stretch } = search;
  while (stretch.first < stretch.before) {
    const look = await nextLook(db, search, { stretch, direction: "newer", most });
    const found = foundBy(look, await read(look));
    yield found.rows;
    stretch = { ...stretch, first: found.stretch.before };
  }
}

/** The log itself, without any filter, as a part that leads. */
const everything: FilterPart = { lanes: [], met: sql`true` };

const shareOf = ({ lanes }: FilterPart, bound: number) =>
  Math.max(1, Math.floor(bound / Math.max(1, lanes.length)));

const inOrder = (column: SQL, direction: Direction) => (direction === "older" ? desc(column) : asc(column));

/** The part that gets furthest, each with as many events as one look may read, and how far: by the indexes alone. */
async function furthest(
  db: ReadDatabase,
  leaders: readonly FilterPart[],
  { bound, ...wanted }: Wanted & { bound: number },
): Promise<{ leader: FilterPart; stretch: SeqRange }> {
  const nearest = wanted.direction === "older" ? sql`greatest` : sql`least`;
  const ends = leaders.map((part): [string, SQL<number | null>] => {
    const slice = sql.raw(`OFFSET ${shareOf(part, bound)} LIMIT 1`);
    const lanes = part === everything ? [null] : part.lanes;
    const each = lanes.map((lane) => sql`(${laneNumbers(lane, wanted, slice)})`);
    return [
      `end${leaders.indexOf(part)}`,
      sql<number | null>`${nearest}(${sql.join(each, sql`, `)})`.mapWith(Number),
    ];
  });
  const [row = {}] = await db.select(Object.fromEntries(ends)).from(sql`(SELECT) AS once`);
  const length = ({ stretch }: { stretch: SeqRange }) => stretch.before - stretch.first;
  return leaders
    .map((leader, at) => ({ leader, stretch: upTo(wanted, row[`end${at}`] ?? null) }))
    .reduce((best, one) => (length(one) > length(best) ? one : best));
}

/** The part of a stretch before the first event that is one too many. */
function upTo({ stretch, direction }: Wanted, end: number | null): SeqRange {
  if (end === null) return stretch;
  return direction === "older" ? { ...stretch, first: end + 1 } : { ...stretch, before: end };
}

/**
 * The events of the leading part, at most `each` of a lane, that meet the others too. The plan must not hang on what the
 * database believes of its data: the lanes give numbers, and `IS TRUE` keeps any other index out.
 */
function matching(
  leader: FilterPart,
  others: readonly FilterPart[],
  wanted: Wanted,
  each: number,
): SQL | undefined {
  const { seq } = auditEvents;
  const { first, before } = wanted.stretch;
  const checks = others.map(({ met }) => sql`(${met}) IS TRUE`);
  if (leader === everything) return and(gte(seq, first), lt(seq, before), ...checks);
  const slice = sql.raw(`LIMIT ${each}`);
  const numbers = leader.lanes.map((lane) => sql`(${laneNumbers(lane, wanted, slice)})`);
  return and(sql`${seq} = ANY (ARRAY(${sql.join(numbers, sql` UNION ALL `)}))`, ...checks);
}

/**
 * The numbers of the events of a lane within a stretch, in order; without a lane, those of all events. Rows are compared,
 * and both columns are in the order: so no index but that of the lane will do, in a plan that is kept for other values too.
 */
function laneNumbers(lane: Lane | null, { stretch, direction }: Wanted, slice: SQL): SQL {
  const { seq } = auditEvents;
  const [first, before] = [sql`${stretch.first}::int8`, sql`${stretch.before}::int8`];
  const bySeq = inOrder(sql`${seq}`, direction);
  if (lane === null)
    return sql`SELECT ${seq} FROM ${auditEvents} WHERE ${seq} >= ${first} AND ${seq} < ${before} ORDER BY ${bySeq} ${slice}`;
  const { column, value, within } = lane;
  const held = within ? sql` AND ${within}` : sql``;
  return sql`SELECT ${seq} FROM ${auditEvents}
    WHERE (${column}, ${seq}) >= (${value}, ${first}) AND (${column}, ${seq}) < (${value}, ${before})${held}
    ORDER BY ${inOrder(sql`${column}`, direction)}, ${bySeq} ${slice}`;
}
