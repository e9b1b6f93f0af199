import "server-only";
import { and, asc, desc, gt, gte, inArray, lt } from "drizzle-orm";
import { PrunedAccount, type Neighbours } from "@/lib/audit/pruned";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents } from "@/lib/db/schema/audit";
import { auditPruned } from "@/lib/db/schema/retention";

/** What is left of an entry that was pruned. */
export type PrunedRow = { seq: number; leafHash: Buffer };

const { seq, leafHash } = auditPruned;

/** What was pruned from `from` up to `to`, at most so many. */
export async function readPruned(
  db: ReadDatabase,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<PrunedRow[]> {
  return db
    .select({ seq, leafHash })
    .from(auditPruned)
    .where(and(gte(seq, from), lt(seq, to)))
    .orderBy(asc(seq))
    .limit(limit);
}

const rules = [
  "audit.pruned",
  "retention.set",
  "retention.confirmed",
  "retention.dropped",
  "hold.placed",
  "hold.lift_asked",
  "hold.lifted",
];

/** What the log itself says was pruned, and by which rules. */
export async function readPrunedAccount(db: ReadDatabase): Promise<PrunedAccount> {
  const rows = await db
    .select({ entry: auditEvents.entry })
    .from(auditEvents)
    .where(inArray(auditEvents.code, rules))
    .orderBy(asc(auditEvents.seq));
  // This instance's own clock: whoever forges the log may say any time in it.
  return new PrunedAccount(rows, Date.now() * 1000);
}

/** When the events happened that stand around each of these numbers that was pruned: numbers in order, none left out. */
export async function readNeighbours(
  db: ReadDatabase,
  rows: readonly (PrunedRow | { seq: number; occurredAt: Date })[],
): Promise<Map<number, Neighbours>> {
  const found = new Map<number, Neighbours>();
  const usOf = (row?: { occurredAt: Date }) => (row ? row.occurredAt.getTime() * 1000 : Infinity);
  const { occurredAt } = auditEvents;
  const nearest = async (beside: ReturnType<typeof lt>, order: ReturnType<typeof asc>) =>
    usOf((await db.select({ occurredAt }).from(auditEvents).where(beside).orderBy(order).limit(1))[0]);
  const [first, last] = [rows[0]?.seq ?? 0, rows.at(-1)?.seq ?? 0];
  let beforeUs = await nearest(lt(auditEvents.seq, first), desc(auditEvents.seq));
  for (const row of rows)
    if ("occurredAt" in row) beforeUs = usOf(row);
    else found.set(row.seq, { beforeUs, afterUs: Infinity });
  let afterUs = await nearest(gt(auditEvents.seq, last), asc(auditEvents.seq));
  for (const row of rows.toReversed())
    if ("occurredAt" in row) afterUs = usOf(row);
    else found.set(row.seq, { beforeUs: found.get(row.seq)?.beforeUs ?? Infinity, afterUs });
  return found;
}

const piece = 2_000;

/**
 * Puts what was pruned between the events that are there, in order: for each batch of events, which begin with `from`, all
 * up to the last of them, or up to `end` where it is the last batch. Memory stays flat however much was pruned.
 */
export async function* withPruned<Row extends { seq: number }>(
  db: ReadDatabase,
  batches: AsyncIterable<Row[]>,
  { from, end }: { from: number; end: number },
): AsyncGenerator<(Row | PrunedRow)[]> {
  let next = from;
  for await (const rows of batches) {
    let at = 0;
    const last = rows.at(-1)?.seq ?? next;
    while (next < last) {
      const pruned = await readPruned(db, { from: next, to: last, limit: piece });
      const until = pruned.length < piece ? last : (pruned.at(-1)?.seq ?? last);
      const stop = rows.findIndex((row, index) => index >= at && row.seq > until);
      const some = rows.slice(at, stop === -1 ? rows.length : stop);
      yield merged(some, pruned);
      at += some.length;
      next = until + 1;
    }
    if (at < rows.length) yield rows.slice(at);
    next = Math.max(next, last + (rows.length > 0 ? 1 : 0));
  }
  while (next < end) {
    const pruned = await readPruned(db, { from: next, to: end, limit: piece });
    if (pruned.length === 0) return;
    yield pruned;
    next = (pruned.at(-1)?.seq ?? end) + 1;
  }
}

/** Events and what was pruned between them, in order. */
export function merged<Row extends { seq: number }>(
  rows: readonly Row[],
  pruned: readonly PrunedRow[],
): (Row | PrunedRow)[] {
  if (pruned.length === 0) return [...rows];
  // Pruned since the events were read: they were still there.
  const there = new Set(rows.map(({ seq }) => seq));
  return [...rows, ...pruned.filter((row) => !there.has(row.seq))].toSorted((a, b) => a.seq - b.seq);
}
