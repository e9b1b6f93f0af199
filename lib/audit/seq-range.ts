import "server-only";
import { desc, sql, type SQL } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents } from "@/lib/db/schema/audit";

/** A part of the log by numbers: from the first on, before the second. */
export type SeqRange = { first: number; before: number };

/** Moments as SQL, of which the second is excluded; null where there is no bound. */
export type Moments = { from: SQL | null; before: SQL | null };

/** The clock of a database may be set back: the numbers reach this far beyond the moments, which are compared besides. */
const SLACK = sql`interval '1 hour'`;

/**
 * The numbers between which all events of a span lie, by halving: some two dozen looks into an index, however long the
 * log is.
 */
export async function seqRange(
  db: ReadDatabase,
  { from, before }: Moments,
  logSize: number,
): Promise<SeqRange> {
  const [first, last] = await Promise.all([
    from === null ? 0 : firstAfter(db, sql`${from} - ${SLACK}`, logSize),
    before === null ? logSize : firstAfter(db, sql`${before} + ${SLACK}`, logSize),
  ]);
  return { first, before: last };
}

/** How many numbers the log has given, by its newest event. */
export async function readSize(db: ReadDatabase): Promise<number> {
  const { seq } = auditEvents;
  const [last] = await db.select({ seq }).from(auditEvents).orderBy(desc(seq)).limit(1);
  return last ? last.seq + 1 : 0;
}

async function firstAfter(db: ReadDatabase, moment: SQL, logSize: number): Promise<number> {
  const [row] = await db
    .select({ place: sql<number>`h.low::int8`.mapWith(Number) })
    .from(
      sql`(WITH RECURSIVE halved (low, high) AS (
        SELECT 0::int8, ${logSize}::int8
        UNION ALL
        SELECT CASE WHEN m.earlier THEN m.middle + 1 ELSE h.low END, CASE WHEN m.earlier THEN h.high ELSE m.middle END
        FROM halved h CROSS JOIN LATERAL (SELECT (h.low + h.high) / 2 AS middle, coalesce((
          SELECT e.occurred_at < ${moment} FROM audit_events e
          WHERE e.seq >= (h.low + h.high) / 2 ORDER BY e.seq LIMIT 1), false) AS earlier) m
        WHERE h.low < h.high)
      SELECT low FROM halved WHERE low >= high) AS h`,
    )
    .limit(1);
  return row?.place ?? logSize;
}
