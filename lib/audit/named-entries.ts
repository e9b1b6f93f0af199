import "server-only";
import { inArray } from "drizzle-orm";
import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import type { ReadDatabase } from "@/lib/db/control-database";
import { subjectKeys } from "@/lib/db/schema/subjects";

/**
 * Entries as people read them: the references of records are their handles again, as long as their keys exist. A record
 * that was erased keeps its reference, which names nobody.
 */
export async function namedEntries(db: ReadDatabase, texts: readonly string[]): Promise<AuditEntry[]> {
  return withHandles(db, texts.map(parseEntry));
}

/** The same of entries that are parsed. */
export async function withHandles(db: ReadDatabase, entries: readonly AuditEntry[]): Promise<AuditEntry[]> {
  const handles = await handlesOf(
    db,
    entries.flatMap(({ resource }) => resource?.records ?? []),
  );
  return entries.map((entry) => {
    const records = entry.resource?.records?.map((ref) => handles.get(ref) ?? ref);
    return records === undefined ? entry : { ...entry, resource: { ...entry.resource, records } };
  });
}

/** The handles of some references; what is not among them was erased, or is a handle from before there were references. */
async function handlesOf(db: ReadDatabase, refs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = [...new Set(refs)] as SubjectRef[];
  if (asked.length === 0) return new Map();
  const rows = await db
    .select({ ref: subjectKeys.ref, handle: subjectKeys.handle })
    .from(subjectKeys)
    .where(inArray(subjectKeys.ref, asked));
  return new Map(rows.map(({ ref, handle }) => [ref, handle]));
}
