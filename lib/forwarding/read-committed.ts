import "server-only";
import { and, asc, gte, lt, sql } from "drizzle-orm";
import type { ExportedRow } from "@/lib/audit/export-proof";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents, auditHead } from "@/lib/db/schema/audit";

const { seq, code, outcome, occurredAt, actorId, sourceId, tableId, requestId, grantId } = auditEvents;
const { leafHash, entry } = auditEvents;
const columns = {
  seq,
  code,
  outcome,
  occurredAt,
  actorId,
  sourceId,
  tableId,
  requestId,
  grantId,
  leafHash,
  entry,
};

/** How far the log was written, and the place in the journal of the database that must be on disk for it. */
export type WrittenSize = { size: number; lsn: string; day: string };

/** How far the log is, and which day it is in UTC, by the clock of the database. */
export async function readWritten(db: ReadDatabase): Promise<WrittenSize> {
  const [head] = await db
    .select({
      size: auditHead.size,
      lsn: sql<string>`pg_current_wal_insert_lsn()::text`,
      day: sql<string>`to_char(clock_timestamp(), 'YYYY-MM-DD')`,
    })
    .from(auditHead);
  if (!head) throw new Error("The log has no head.");
  return head;
}

/** Whether what was written then is on disk: a commit that a crash may take back is not handed over. */
export async function isDurable(db: ReadDatabase, { lsn }: WrittenSize): Promise<boolean> {
  const [row] = await db
    .select({ durable: sql<boolean>`pg_current_wal_flush_lsn() >= ${lsn}::pg_lsn` })
    .from(auditHead);
  return row?.durable === true;
}

/** The events from `from` up to `until`, in order, at most so many. */
export async function readBatch(
  db: ReadDatabase,
  { from, until, limit }: { from: number; until: number; limit: number },
): Promise<ExportedRow[]> {
  return db
    .select(columns)
    .from(auditEvents)
    .where(and(gte(seq, from), lt(seq, until)))
    .orderBy(asc(seq))
    .limit(limit);
}
