import type postgres from "postgres";
import { canonicalEntry } from "@/lib/audit/entry";
import { subjectRef, type SubjectRef } from "@/lib/audit/subject-ref";

/** The people, sessions and grants of a made-up log. */
export const idOf = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;

const key = Buffer.alloc(32, 7);

export type LongLog = {
  size: number;
  table: { sourceId: string; tableId: string };
  /** Whom some events are about, as handles of records: every so many events, from one on, up to one. */
  about: readonly { handle: string; every: number; from: number; below: number }[];
};

/**
 * Fills the log of a fresh control database with reveals of 100,000 records, a million by each statement; the triggers
 * must be off. No tree is made: nothing that is measured on it goes by one.
 */
export async function fillLog(owner: postgres.Sql, { size, table, about }: LongLog): Promise<void> {
  const some = subjectRef(key, table, "999999");
  const refs = about.map((one) => ({ ...one, ref: subjectRef(key, table, one.handle) }));
  for (const { handle, ref } of refs)
    await owner`INSERT INTO subject_keys (source_id, table_id, handle, key, ref)
      VALUES (${table.sourceId}, ${table.tableId}, ${handle}, ${key}, ${ref})`;
  const whens = refs
    .map(({ every, from, below, ref }) => `WHEN n < ${below} AND n % ${every} = ${from} THEN '${ref}'`)
    .join(" ");
  const others = "'s_' || encode(sha256(int8send(n % 100000)), 'hex')";
  const ref = whens === "" ? others : `CASE ${whens} ELSE ${others} END`;
  for (let from = 0; from < size; from += 1_000_000)
    await owner.unsafe(
      `WITH made AS MATERIALIZED (
        SELECT n AS seq, 1790000000000000 + n * 1000 AS us, ${ref} AS ref
        FROM generate_series(${from}::int8, ${Math.min(size, from + 1_000_000) - 1}::int8) AS n
      ), indexed AS (
        INSERT INTO audit_subjects (head, seq) SELECT subject_head(ref), seq FROM made
      ), written AS (
        SELECT *, replace(replace(replace($1, '${some}', ref), '"seq":777777', '"seq":' || seq),
          '"occurredUs":888888', '"occurredUs":' || us) AS entry FROM made
      )
      INSERT INTO audit_events (entry, seq, code, outcome, occurred_at, actor_id, source_id, table_id, request_id, grant_id,
        leaf_hash)
      SELECT entry, seq, 'reveal.opened', 'success', to_timestamp(us / 1000000.0), '${idOf(1)}', '${table.sourceId}',
        '${table.tableId}', '${idOf(5)}', '${idOf(6)}', sha256('\\x00'::bytea || convert_to(entry, 'UTF8'))
      FROM written ORDER BY seq`,
      [revealOf(table, some)],
    );
  await owner.unsafe("VACUUM ANALYZE audit_events");
  await owner.unsafe("VACUUM ANALYZE audit_subjects");
}

/** A reveal as the log holds it, with a number, a time and a reference that stand for others. */
function revealOf(table: LongLog["table"], ref: SubjectRef): string {
  return canonicalEntry(
    {
      ...{ seq: 777_777, occurredUs: 888_888 },
      actor: { kind: "person", id: idOf(1), name: "Ana Ortega", roles: ["agent"] },
      ...{ session: idOf(2), channel: "console", ip: null },
    },
    {
      code: "reveal.opened",
      resource: {
        ...{ ...table, source: "Bench masked", table: "public.records" },
        ...{ records: [ref], recordCount: 1 },
        ...{ fields: ["email"], classes: ["email"], levels: ["full"] },
      },
      ...{ requestId: idOf(5), requestNumber: 7, grantId: idOf(6), purpose: "customer-contact" },
      details: { cells: 1, msLeft: 299_000 },
    },
  );
}
