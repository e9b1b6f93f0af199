import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { canonicalEntry } from "@/lib/audit/entry";
import { subjectRef } from "@/lib/audit/subject-ref";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { migrate } from "@/lib/db/migrate";
import { disclosures } from "@/lib/reports/disclosures/disclosures";
import { sectionView } from "@/lib/reports/section-view";
import { asAdmin, createDatabase, dropDatabase, urlOf } from "@/scripts/databases";

const LARGE = 10_000_000;
const SMALL = 10_000;
/** So many events are about each of the two people whose report is made. */
const OF_ONE = 1_000;
const rounds = 20;
const warmUp = 3;
const name = "log_10m";

const key = Buffer.alloc(32, 7);
const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const handleOf = (person: string) => encodeHandle({ kind: "values", values: [person] });

/**
 * The report on a person of whom 1,000 of 10,000,000 events speak, up to what its page shows; beside it one of whom 1,000
 * of the first 10,000 do. In a control database of its own, whose log is made by one statement for each million.
 */
export async function measureSubject(stack: BenchStack): Promise<Row[]> {
  const url = urlOf(stack.superuserUrl, { database: name });
  await asAdmin(stack.superuserUrl, async (admin) => {
    await dropDatabase(admin, name);
    await createDatabase(admin, { name, owner: "postgres" });
  });
  await migrate(url);
  const owner = postgres(url, { max: 1, onnotice: () => {} });
  const client = postgres(url, { max: 4, onnotice: () => {} });
  try {
    const tableId = await copyCatalogue(stack, owner);
    await fill(owner, { sourceId: stack.masked.source.id, tableId });
    const actor = Actor.signedIn({ id: id(9), name: "Ivy", roles: ["auditor"] });
    const ctx: Context = { actor, sessionId: id(8), channel: "console", ip: null, db: drizzle({ client }) };
    const report = (record: string, logSize: number) => async () => {
      const asked = disclosures.read({ table: tableId, record, from: "2020-01-01", to: "2029-12-31" });
      if ("mistakes" in asked) throw new Error(JSON.stringify(asked.mistakes));
      const { sections } = await asked.build(ctx, { at: new Date(), logSize });
      const views = await Promise.all(sections.map(sectionView));
      if (!JSON.stringify(views).includes('"1,000"')) throw new Error("The report lacks events.");
    };
    const times = await timeSideBySide(
      { large: report("900000001", LARGE), small: report("900000002", SMALL) },
      { rounds, warmUp },
    );
    return [row("report.subject_10m_s", "s", times.large / 1_000, times.small / 1_000, rounds)];
  } finally {
    await Promise.all([owner.end({ timeout: 5 }), client.end({ timeout: 5 })]);
    await asAdmin(stack.superuserUrl, (admin) => dropDatabase(admin, name));
  }
}

/** The measured table as the running product knows it. */
async function copyCatalogue(stack: BenchStack, owner: postgres.Sql): Promise<string> {
  const from = postgres(stack.ownerUrl, { max: 1, onnotice: () => {} });
  const copied = [
    ["sources", "id", stack.masked.source.id],
    ["catalog_tables", "id", stack.masked.id],
    ["catalog_columns", "table_id", stack.masked.id],
  ] as const;
  await owner.unsafe("SET session_replication_role = replica");
  for (const [table, column, value] of copied) {
    const [rows] = await from.unsafe<{ all: unknown }[]>(
      `SELECT jsonb_agg(t) AS all FROM ${table} t WHERE ${column} = '${value}'`,
    );
    await owner.unsafe(
      `INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::text::jsonb)`,
      [JSON.stringify(rows?.all)],
    );
  }
  await from.end();
  return stack.masked.id;
}

/** Fills the log with reveals of 100,000 records, and of the two people whose report is made. */
async function fill(owner: postgres.Sql, table: { sourceId: string; tableId: string }): Promise<void> {
  const entry = canonicalEntry(
    {
      ...{ seq: 777_777, occurredUs: 888_888 },
      actor: { kind: "person", id: id(1), name: "Ana Ortega", roles: ["agent"] },
      ...{ session: id(2), channel: "console", ip: null },
    },
    {
      code: "reveal.opened",
      resource: {
        ...{ ...table, source: "Bench masked", table: "public.records" },
        ...{ records: [subjectRef(key, table, "999999")], recordCount: 1 },
        ...{ fields: ["email"], classes: ["email"], levels: ["full"] },
      },
      ...{ requestId: id(5), requestNumber: 7, grantId: id(6), purpose: "customer-contact" },
      details: { cells: 1, msLeft: 299_000 },
    },
  );
  const people = ["900000001", "900000002"].map(handleOf);
  for (const handle of people)
    await owner`INSERT INTO subject_keys (source_id, table_id, handle, key, ref)
      VALUES (${table.sourceId}, ${table.tableId}, ${handle}, ${key}, ${subjectRef(key, table, handle)})`;
  const [wide, near] = people.map((handle) => subjectRef(key, table, handle));
  const some = subjectRef(key, table, "999999");
  // Reports on a person go by neither; without them the log is made in half the time.
  await owner.unsafe("DROP INDEX audit_by_code, audit_by_request, audit_by_table, audit_by_time");
  for (let from = 0; from < LARGE; from += 1_000_000)
    await owner.unsafe(
      `WITH made AS MATERIALIZED (
        SELECT n AS seq, 1790000000000000 + n * 1000 AS us, CASE
          WHEN n < ${SMALL} AND n % ${SMALL / OF_ONE} = 1 THEN $1
          WHEN n % ${LARGE / OF_ONE} = 5 THEN $2
          ELSE 's_' || encode(sha256(int8send(n % 100000)), 'hex') END AS ref
        FROM generate_series(${from}::int8, ${from + 999_999}::int8) AS n
      ), indexed AS (
        INSERT INTO audit_subjects (head, seq) SELECT subject_head(ref), seq FROM made
      ), written AS (
        SELECT *, replace(replace(replace($3, '${some}', ref), '"seq":777777', '"seq":' || seq),
          '"occurredUs":888888', '"occurredUs":' || us) AS entry FROM made
      )
      INSERT INTO audit_events (entry, seq, code, outcome, occurred_at, actor_id, source_id, table_id, request_id, grant_id,
        leaf_hash)
      SELECT entry, seq, 'reveal.opened', 'success', to_timestamp(us / 1000000.0), '${id(1)}', '${table.sourceId}',
        '${table.tableId}', '${id(5)}', '${id(6)}', sha256('\\x00'::bytea || convert_to(entry, 'UTF8'))
      FROM written ORDER BY seq`,
      [near ?? "", wide ?? "", entry],
    );
  await owner.unsafe("VACUUM ANALYZE audit_events");
  await owner.unsafe("VACUUM ANALYZE audit_subjects");
}
