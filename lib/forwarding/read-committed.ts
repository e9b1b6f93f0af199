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

/** How far the log is, and which day it is in UTC, by the clock of the database. */
export async function readLook(db: ReadDatabase): Promise<{ size: number; day: string }> {
  const day = sql<string>`to_char(clock_timestamp(), 'YYYY-MM-DD')`;
  const [look] = await db.select({ size: auditHead.size, day }).from(auditHead);
  if (!look) throw new Error("The log has no head.");
  return look;
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
