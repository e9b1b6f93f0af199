import "server-only";
import { sql } from "drizzle-orm";
import type { EventCode } from "@/lib/audit/codes";
import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import type { ReadDatabase } from "@/lib/db/control-database";
import { subjectKeys } from "@/lib/db/schema/subjects";
import { BATCH, batches } from "@/lib/reports/batches";
import type { AsOf } from "@/lib/reports/report";

/** What told somebody something of a record that the masks hide, or tried to. */
export const disclosing = [
  "reveal.opened",
  "reveal.failed",
  "reveal.copied",
  "field_check.answered",
  "lookup.answered",
] as const satisfies readonly EventCode[];

export type Disclosing = (typeof disclosing)[number];

/** A record of a person, under the reference by which the log names it. */
export type Subject = { ref: SubjectRef; handle: string; tableId: string };

/** Those of some records that the log has a name for: of the others nobody was ever told anything. */
export async function readSubjects(
  db: ReadDatabase,
  records: readonly { tableId: string; handle: string }[],
): Promise<Subject[]> {
  const tables = `{${records.map(({ tableId }) => tableId).join(",")}}`;
  // Handles are of letters, digits, - and _ alone.
  const handles = `{${records.map(({ handle }) => handle).join(",")}}`;
  return db
    .select({ ref: subjectKeys.ref, handle: subjectKeys.handle, tableId: subjectKeys.tableId })
    .from(subjectKeys)
    .where(
      sql`(${subjectKeys.tableId}, ${subjectKeys.handleHash}) IN (
        SELECT asked.its_table, sha256(asked.handle::bytea)
        FROM unnest(${tables}::uuid[], ${handles}::text[]) AS asked (its_table, handle))`,
    );
}

type Wanted = { subjects: readonly Subject[]; from: string; before: string };

/**
 * The events that told somebody something of these records, oldest first, found by the index of references: as many rows
 * of the log are read as there are events about them, however long it is. In batches, so that memory stays flat.
 */
export async function* readDisclosures(
  db: ReadDatabase,
  { subjects, from, before }: Wanted,
  { logSize }: AsOf,
): AsyncGenerator<readonly AuditEntry[]> {
  if (subjects.length === 0) return;
  const refs = new Set<string>(subjects.map(({ ref }) => ref));
  const heads = sql.join(
    subjects.map(({ ref }) => sql`subject_head(${ref})`),
    sql`, `,
  );
  const codes = sql.join(
    disclosing.map((code) => sql`${code}`),
    sql`, `,
  );
  // The index alone says which events there are; then these are read, and no others.
  const read = (after: number | null) =>
    db
      .select({ seq: sql<number>`place.seq`.mapWith(Number), entry: sql<string | null>`e.entry` })
      .from(
        sql`(SELECT DISTINCT s.seq FROM audit_subjects s
            WHERE s.head IN (${heads}) AND s.seq > ${after ?? -1}::int8 AND s.seq < ${logSize}::int8
            ORDER BY s.seq LIMIT ${BATCH}::int) AS place
          LEFT JOIN audit_events e ON e.seq = place.seq AND e.code IN (${codes})
            AND e.occurred_at >= ${from}::timestamptz AND e.occurred_at < ${before}::timestamptz`,
      )
      .orderBy(sql`place.seq`);
  for await (const rows of batches(read, ({ seq }) => seq))
    // The index knows the start of a reference; the entry has the whole.
    yield rows
      .flatMap(({ entry }) => (entry === null ? [] : [parseEntry(entry)]))
      .filter(({ resource }) => resource?.records?.some((ref) => refs.has(ref)));
}
