import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataClass, proposedMask } from "@/lib/catalog/classes";
import { compileMask } from "@/lib/masking/compile";
import { quoteIdentifier, rowAlias, SqlSink } from "@/lib/masking/sql";
import { introspect } from "@/lib/source/introspect";
import { runSelect } from "@/lib/source/run-select";
import { demoCanaries, findCanaries, type Canary } from "./canaries";
import { canaryTables, markedRows, withoutCanaries } from "./canary-columns";
import { demoSource, type TestDatabase } from "./database";
import { demoLabels } from "./demo-labels";
import { testKeys, testPool } from "./masked-values";

let source: TestDatabase;
let sql: postgres.Sql;
let canaries: Canary[];

beforeAll(async () => {
  source = await demoSource();
  sql = postgres(source.url, { max: 1, connection: { TimeZone: "UTC", lc_monetary: "C" } });
  canaries = await demoCanaries(sql);
}, 180_000);

afterAll(async () => {
  await sql.end();
  await source.drop();
});

describe("the rows", () => {
  test.each([
    ["public.customers", 50_000],
    ["public.addresses", 65_000],
    ["public.payment_cards", 45_000],
    ["public.login_events", 200_000],
    ["public.messages", 40_000],
    ["care.patients", 12_000],
    ["care.lab_results", 60_000],
    ["hr.payroll", 10_800],
  ])("%s has %d", async (table, rows) => {
    const [found] = await sql<{ rows: number }[]>`select count(*)::int as rows from ${sql(table)}`;
    expect(found?.rows).toBe(rows);
  });

  test.each([
    ["public.customers", "8c4b8ca5ae3ba8837e5683cb86281ea3"],
    ["public.payment_cards", "cb07ab515bd04c254668a1c46beb27f6"],
    ["public.documents", "ffb5a300cd895e17ad4bce8315e06ad5"],
    ["public.contact_lists", "ab310c72bc369e1a2a1d4f2fa106cb33"],
    ["public.preferences", "bab0b66e05af4c578ba9bc41f56facdf"],
    ["care.lab_results", "0c9f91f023a1504eeeb60a52f2ef4975"],
    ["hr.payroll", "e454a1c7b04b59d2464fe41c80c00fc8"],
  ])("%s is the same on every machine and version", async (table, checksum) => {
    const [found] = await sql<{ checksum: string }[]>`
      select md5(string_agg(md5(t::text), '' order by md5(t::text))) as checksum from ${sql(table)} as t`;
    expect(found?.checksum).toBe(checksum);
  });

  test("every card passes Luhn and no two are the same", async () => {
    const cards = await sql<{ number: string }[]>`select number from public.payment_cards`;
    const numbers = cards.map(({ number }) => number.replaceAll(" ", ""));
    expect(numbers.filter((number) => !passesLuhn(number))).toEqual([]);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test("every IBAN passes mod 97 and has the length of its country", async () => {
    const accounts = await sql<{ iban: string }[]>`
      select iban from public.bank_accounts where iban is not null union all select iban from hr.payroll`;
    const wrong = accounts.filter(
      ({ iban }) => ibanLengths[iban.slice(0, 2)] !== iban.length || remainder97(iban) !== 1n,
    );
    expect(wrong).toEqual([]);
    expect(new Set(accounts.map(({ iban }) => iban.slice(0, 2)))).toEqual(new Set(Object.keys(ibanLengths)));
  });

  test("its reader reads everything and writes nothing", async () => {
    for (const { table } of canaryTables) await sql`select from ${sql(table)} limit 1`;
    await sql`set default_transaction_read_only = off`;
    await expect(sql`delete from public.newsletter_subscribers`).rejects.toMatchObject({ code: "42501" });
  });
});

describe("the labels", () => {
  test("name every column of the source once, with a class that exists", async () => {
    const pool = testPool(source.url);
    const { tables } = await introspect(pool);
    await pool.end();
    const columns = tables.flatMap(({ schema, table, columns: own }) =>
      own.map(({ name }) => `${schema}.${table}.${name}`),
    );
    const labelled = demoLabels.map(({ schema, table, column }) => `${schema}.${table}.${column}`);
    expect(labelled.toSorted()).toEqual(columns.toSorted());
    const unknown = demoLabels.filter(({ classId }) => classId !== "none" && !dataClass(classId));
    expect(unknown).toEqual([]);
  });
});

describe("the canaries", () => {
  test("show under the mask of no column's class, in no table and no view", async () => {
    const pool = testPool(source.url);
    const { tables } = await introspect(pool);
    for (const { schema, table, columns } of tables) {
      const sink = new SqlSink();
      const shown = columns.map(({ name, type }) => {
        const label = demoLabels.find(
          (known) => known.schema === schema && known.table === table && known.column === name,
        );
        return compileMask(
          { name, type, keys: testKeys },
          proposedMask(label?.classId ?? "none", type),
          sink,
        );
      });
      const from = `${quoteIdentifier(schema)}.${quoteIdentifier(table)} AS ${quoteIdentifier(rowAlias)}`;
      const statement = sink.statement(`SELECT ${shown.join(", ")} FROM ${from} LIMIT 500`);
      const page = JSON.stringify(await runSelect(pool, statement, { timeoutMs: 20_000 }));
      expect.soft(findCanaries(page, canaries).slice(0, 3), `${schema}.${table}`).toEqual([]);
    }
    await pool.end();
  });

  test("stand in every sensitive column that has room for one", () => {
    const kept = new Set(
      canaryTables.flatMap(({ table, columns }) =>
        Object.keys(columns).map((column) => `${table}.${column}`),
      ),
    );
    const derived = /^public\.(messages_|customer_overview)|^care\.(patient_directory|chronic_patients)/;
    const missing = demoLabels
      .filter(({ classId }) => (dataClass(classId)?.sensitivity ?? 0) >= 2 && classId !== "city")
      .map(({ schema, table, column }) => `${schema}.${table}.${column}`)
      .filter((name) => !derived.test(name) && !kept.has(name) && !(name in withoutCanaries));
    expect(missing).toEqual([]);
  });

  test("stand in each of the first rows", () => {
    for (const { table, columns, everyRow } of canaryTables) {
      for (const column of Object.keys(columns)) {
        if (everyRow?.includes(column)) continue;
        const found = canaries.filter((canary) => canary.table === table && canary.column === column);
        expect.soft(found.length, `${table}.${column}`).toBe(markedRows);
      }
    }
  });

  test("are told apart: a name, mail or number of one record is no needle of another's", () => {
    const people = canaries.filter(
      ({ table, column }) => table === "public.customers" && column !== "full_name",
    );
    const owners = new Map<string, Set<string>>();
    for (const { key, needles } of people)
      for (const needle of needles) owners.set(needle, (owners.get(needle) ?? new Set()).add(key));
    expect([...owners].filter(([, keys]) => keys.size > 1).map(([needle]) => needle)).toEqual([]);
  });

  test("are found in their own values", () => {
    expect(canaries.filter((canary) => !findCanaries(canary.raw, canaries).includes(canary))).toEqual([]);
  });

  test.each(canaryTables.filter(({ everyRow }) => !everyRow))(
    "of $table are not in the rows of others",
    async ({ table, key }) => {
      const owner = sql`coalesce(to_jsonb(t) ->> 'customer_id', to_jsonb(t) ->> 'employee_id', '1000')::int`;
      const others = await sql<{ row: string }[]>`
      select t::text as row from (select * from ${sql(table)} as t order by ${sql(key.map((part) => `t.${part}`))}
        offset ${markedRows} limit 3000) as t where ${owner} > ${markedRows}`;
      expect(others.length).toBeGreaterThan(10);
      const found = findCanaries(others.map(({ row }) => row).join("\n"), canaries);
      // Everybody's national id stands in the tax profiles, which are keyed by it.
      expect(found.filter((canary) => canary.table !== "public.tax_profiles").slice(0, 5)).toEqual([]);
    },
  );
});

const ibanLengths: Readonly<Record<string, number>> = {
  DE: 22,
  FR: 27,
  ES: 24,
  NL: 18,
  GB: 22,
  GR: 27,
  PL: 28,
};

function remainder97(iban: string): bigint {
  const moved = iban.slice(4) + iban.slice(0, 4);
  return BigInt(moved.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n;
}

function passesLuhn(number: string): boolean {
  const digits = [...number].reverse().map(Number);
  const sum = digits.reduce((total, digit, place) => {
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return /^[0-9]{15,16}$/.test(number) && sum % 10 === 0;
}
