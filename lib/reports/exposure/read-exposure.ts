import "server-only";
import { and, asc, eq, gt, gte, inArray, lt, sql } from "drizzle-orm";
import type { EventCode } from "@/lib/audit/codes";
import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import { seqRange } from "@/lib/audit/seq-range";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents } from "@/lib/db/schema/audit";
import { BATCH, batches } from "@/lib/reports/batches";
import type { AsOf } from "@/lib/reports/report";

/** What showed an employee raw values, or told them something of masked ones. */
export const revealing = ["reveal.opened", "reveal.failed", "reveal.copied"] as const;
export const hinting = ["field_check.answered", "lookup.answered"] as const;
/** What showed them masked rows alone. */
export const masked = ["browse.table_opened", "browse.export_ended"] as const;

type Wanted = { personId: string; from: string; before: string; codes: readonly EventCode[] };

/**
 * What an employee was shown in a span, oldest first: by the index of actors, within the numbers that the span has, so
 * that neither a long log nor a long employment is read through. In batches.
 */
export async function* readExposure(
  db: ReadDatabase,
  { personId, from, before, codes }: Wanted,
  asOf: AsOf,
): AsyncGenerator<readonly AuditEntry[]> {
  const [start, end] = [sql`${from}::timestamptz`, sql`${before}::timestamptz`];
  const range = await seqRange(db, { from: start, before: end }, asOf.logSize);
  const read = (after: number | null) =>
    db
      .select({ seq: auditEvents.seq, entry: auditEvents.entry })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.actorId, personId),
          after === null ? gte(auditEvents.seq, range.first) : gt(auditEvents.seq, after),
          lt(auditEvents.seq, Math.min(range.before, asOf.logSize)),
          inArray(auditEvents.code, [...codes]),
          gte(auditEvents.occurredAt, start),
          lt(auditEvents.occurredAt, end),
        ),
      )
      .orderBy(asc(auditEvents.seq))
      .limit(BATCH);
  for await (const rows of batches(read, ({ seq }) => seq)) yield rows.map(({ entry }) => parseEntry(entry));
}
