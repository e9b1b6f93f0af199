import { createHmac, timingSafeEqual } from "node:crypto";

declare const genuine: unique symbol;

/**
 * How the log names a record: `s_` and 64 hex digits, HMAC-SHA-256 under the key of this record. With the key erased
 * nobody can tell whom it means. Made by `subjectRef` alone, so that no handle ends in the log by mistake.
 */
export type SubjectRef = string & { readonly [genuine]: true };

/** The table that a record is in. */
export type SubjectTable = { sourceId: string; tableId: string };

/** A record with the key that its reference is made under, as stored. */
export type SubjectKey = { handle: string; key: Uint8Array; ref: string };

/** The reference of a record under its key. */
export function subjectRef(key: Uint8Array, { sourceId, tableId }: SubjectTable, handle: string): SubjectRef {
  const named = `glimpse subject 1/${sourceId}/${tableId}/${handle}`;
  return `s_${createHmac("sha256", key).update(named, "utf8").digest("hex")}` as SubjectRef;
}

/** Whether a stored reference is that of its record: whoever writes to the database by hand could say another. */
export function isGenuine({ handle, key, ref }: SubjectKey, table: SubjectTable): boolean {
  const made = Buffer.from(subjectRef(key, table, handle));
  const said = Buffer.from(ref);
  return said.length === made.length && timingSafeEqual(said, made);
}

/** Records and their references, in the same order; null where they were stored before there were references. */
export type Referred = { records: readonly string[]; refs: readonly SubjectRef[] | null };

/** The references of some of these records, in the order asked; null where there are none. */
export function refsOf({ records, refs }: Referred, some = records): SubjectRef[] | null {
  if (refs === null) return null;
  const byRecord = new Map(records.map((record, at) => [record, refs[at]]));
  return some.map((record) => {
    const ref = byRecord.get(record);
    if (ref === undefined) throw new Error("A record that is not among these has no reference.");
    return ref;
  });
}

/** What an event says of some of these records: their references and how many they are. */
export function recordsOf(
  referred: Referred,
  some = referred.records,
): { records?: SubjectRef[]; recordCount: number } {
  const refs = refsOf(referred, some);
  return { ...(refs === null ? {} : { records: refs }), recordCount: some.length };
}

/** Whether the keys are those of exactly these records, and each reference is the one its key makes. */
export function areAsReferred(
  { records, refs }: Referred,
  table: SubjectTable,
  keys: readonly SubjectKey[],
): boolean {
  if (refs === null) return true;
  const byRef = new Map<string, SubjectKey>(keys.map((key) => [key.ref, key]));
  return (
    refs.length === records.length &&
    refs.every((ref, at) => {
      const key = byRef.get(ref);
      return key !== undefined && key.handle === records[at] && isGenuine(key, table);
    })
  );
}
