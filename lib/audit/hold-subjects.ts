import "server-only";
import { randomBytes } from "node:crypto";
import { inArray } from "drizzle-orm";
import {
  areAsReferred,
  isGenuine,
  subjectRef,
  type Referred,
  type SubjectKey,
  type SubjectRef,
  type SubjectTable,
} from "@/lib/audit/subject-ref";
import type { ReadDatabase, WriteTransaction } from "@/lib/db/control-database";
import { plainQuery } from "@/lib/db/plain-query";
import { subjectKeys } from "@/lib/db/schema/subjects";
import { Refusal } from "@/lib/refusal";

/**
 * The references of some records, in their order. A record that has no key gets one, the same for all who ask at once,
 * on any instance; until the transaction ends nobody erases them. A stored reference that its key does not make was
 * forged: refused.
 */
export async function holdSubjects(
  tx: WriteTransaction,
  table: SubjectTable,
  handles: readonly string[],
): Promise<SubjectRef[]> {
  if (handles.length === 0) return [];
  const distinct = [...new Set(handles)];
  const keys = distinct.map(() => randomBytes(32));
  const refs = distinct.map((handle, at) => subjectRef(keys[at] ?? Buffer.alloc(0), table, handle));
  const rows = await plainQuery<SubjectKey>(tx, heldSubjects, [
    table.sourceId,
    table.tableId,
    list(distinct),
    list(keys.map((key) => `\\x${key.toString("hex")}`)),
    list(refs),
  ]);
  const held = new Map(rows.filter((row) => isGenuine(row, table)).map((row) => [row.handle, row.ref]));
  return handles.map((handle) => {
    const ref = held.get(handle);
    if (ref === undefined) throw new Refusal("reference-altered");
    return ref as SubjectRef;
  });
}

const heldSubjects =
  "SELECT handle, key, ref FROM hold_subjects($1::uuid, $2::uuid, $3::text[], $4::bytea[], $5::text[])";

const list = (items: readonly string[]) =>
  `{${items.map((item) => `"${item.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;

/** Whether stored records are those that their references were made for; with a key erased they are not. */
export async function areReferred(db: ReadDatabase, stored: Referred & SubjectTable): Promise<boolean> {
  if (stored.refs === null) return true;
  const keys = await db
    .select({ handle: subjectKeys.handle, key: subjectKeys.key, ref: subjectKeys.ref })
    .from(subjectKeys)
    .where(inArray(subjectKeys.ref, [...stored.refs]));
  return areAsReferred(stored, stored, keys);
}
