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

/** Events follow one another every eight seconds from November 2023 on: ten million of them fill two and a half years. */
const [firstUs, stepUs] = [1_700_000_000_000_000, 8_000_000];

/**
 * Fills the log of a fresh control database with reveals of 100,000 records, a million by each statement; the triggers
 * must be off. Of those that are about nobody in `about`, every fourth is another's opening of the table, and every
 * fiftieth a refusal: of each of these Ana has none. No tree is made: nothing that is measured on it goes by one.
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
  const isAbout = whens === "" ? "NULL" : `CASE ${whens} END`;
  for (let from = 0; from < size; from += 1_000_000)
    await owner.unsafe(
      `WITH numbered AS MATERIALIZED (
        SELECT n AS seq, ${firstUs} + n * ${stepUs} AS us, ${isAbout} AS about, ${others} AS other
        FROM generate_series(${from}::int8, ${Math.min(size, from + 1_000_000) - 1}::int8) AS n
      ), made AS MATERIALIZED (
        SELECT seq, us, coalesce(about, other) AS ref, CASE WHEN about IS NOT NULL THEN 'reveal' WHEN seq % 4 = 1 THEN 'visit'
          WHEN seq % 50 = 2 THEN 'refusal' ELSE 'reveal' END AS kind FROM numbered
      ), indexed AS (
        INSERT INTO audit_subjects (head, seq) SELECT subject_head(ref), seq FROM made WHERE kind <> 'refusal'
      ), written AS (
        SELECT seq, us, kind, replace(replace(replace(CASE kind WHEN 'reveal' THEN $1 WHEN 'visit' THEN $2 ELSE $3 END,
          '${some}', ref), '"seq":777777', '"seq":' || seq), '"occurredUs":888888', '"occurredUs":' || us) AS entry FROM made
      )
      INSERT INTO audit_events (entry, seq, code, outcome, occurred_at, actor_id, source_id, table_id, request_id, grant_id,
        leaf_hash)
      SELECT entry, seq, CASE kind WHEN 'reveal' THEN 'reveal.opened' WHEN 'visit' THEN 'browse.table_opened'
          ELSE 'access.refused' END, CASE kind WHEN 'refusal' THEN 'refused' ELSE 'success' END,
        to_timestamp(us / 1000000.0), CASE kind WHEN 'reveal' THEN '${ana.id}'::uuid ELSE '${ben.id}' END,
        CASE WHEN kind <> 'refusal' THEN '${table.sourceId}'::uuid END,
        CASE WHEN kind <> 'refusal' THEN '${table.tableId}'::uuid END,
        CASE kind WHEN 'reveal' THEN '${idOf(5)}'::uuid END, CASE kind WHEN 'reveal' THEN '${idOf(6)}'::uuid END,
        sha256('\\x00'::bytea || convert_to(entry, 'UTF8'))
      FROM written ORDER BY seq`,
      [revealOf(table, some), visitOf(table, some), refusalOf()],
    );
  await owner.unsafe("VACUUM ANALYZE audit_events");
  await owner.unsafe("VACUUM ANALYZE audit_subjects");
}

/** A number and a time that stand for others. */
const placeholders = { seq: 777_777, occurredUs: 888_888 };

const ana = { kind: "person", id: idOf(1), name: "Ana Ortega", roles: ["agent"] } as const;
const ben = { kind: "person", id: idOf(3), name: "Ben Okafor", roles: ["agent"] } as const;
const session = { session: idOf(2), channel: "console", ip: null } as const;

/** A reveal as the log holds it. */
function revealOf(table: LongLog["table"], ref: SubjectRef): string {
  return canonicalEntry(
    { ...placeholders, actor: ana, ...session },
    {
      code: "reveal.opened",
      resource: resourceOf(table, ref),
      ...{ requestId: idOf(5), requestNumber: 7, grantId: idOf(6), purpose: "customer-contact" },
      details: { cells: 1, msLeft: 299_000 },
    },
  );
}

function visitOf(table: LongLog["table"], ref: SubjectRef): string {
  const event = { code: "browse.table_opened", resource: resourceOf(table, ref) } as const;
  return canonicalEntry({ ...placeholders, actor: ben, ...session }, event);
}

function refusalOf(): string {
  const event = { code: "access.refused", details: { action: "audit", refusal: "not-permitted" } } as const;
  return canonicalEntry({ ...placeholders, actor: ben, ...session }, event);
}

const resourceOf = (table: LongLog["table"], ref: SubjectRef) => ({
  ...{ ...table, source: "Bench masked", table: "public.records" },
  ...{ records: [ref], recordCount: 1 },
  ...{ fields: ["email"], classes: ["email"], levels: ["full"] as const },
});
