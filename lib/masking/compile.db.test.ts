import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SourceTable } from "@/lib/catalog/source-schema";
import { compileMask, compileProjection } from "@/lib/masking/compile";
import { maskKeyring } from "@/lib/masking/keys";
import { maskedText } from "@/lib/masking/dots";
import { type Mask, maskFits } from "@/lib/masking/mask";
import { quoteColumn, quoteIdentifier, quoteTable, rowAlias, SqlSink } from "@/lib/masking/sql";
import { introspect } from "@/lib/source/introspect";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect, type TextRows } from "@/lib/source/run-select";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { testKeys, testOwner, testPool, testRootKey, textType } from "@/lib/testing/masked-values";

const clear: Mask = { method: "clear" };
const last: Mask = { method: "partial", shape: "last", keep: 4 };
const email: Mask = { method: "partial", shape: "email" };
const phone: Mask = { method: "partial", shape: "phone" };
const pseudonym: Mask = { method: "pseudonym" };

let database: TestDatabase;
let pool: SourcePool;
let everything: SourceTable;

beforeAll(async () => {
  database = await emptySource();
  await asOwner(tables);
  pool = testPool(database.url);
  const found = (await introspect(pool)).tables.find((table) => table.table === "everything");
  if (found === undefined) throw new Error("The table is not there.");
  everything = found;
});

afterAll(async () => {
  await pool.end({ timeout: 1 });
  await database.drop();
});

async function asOwner(statements: string): Promise<void> {
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.unsafe(statements).simple();
  await owner.end();
}

const read = (sink: SqlSink, statement: string): Promise<TextRows> =>
  runSelect(pool, sink.statement(statement), { timeoutMs: 20_000 });

/** All cells of a table, column by column, each column under the mask. */
async function columnsUnder(mask: Mask): Promise<(string | null)[][]> {
  const sink = new SqlSink();
  const columns = everything.columns.map(({ name, type }) => ({ name, type, mask, scope: "s" }));
  const list = compileProjection(columns, maskKeyring(testRootKey, testOwner), sink);
  const rows = await read(sink, `SELECT ${list} FROM ${quoteTable("public", "everything")} ORDER BY id`);
  return columns.map((_, index) => rows.map((row) => row[index] ?? null));
}

describe("every type, with its most hostile values,", () => {
  const bucket: Mask = { method: "generalise", to: "bucket" };
  const fitting = [last, email, phone, pseudonym, bucket, { method: "generalise", to: "year" } as Mask];

  test.each(fitting)("never raises under %j, and shows dots alone where that does not fit", async (mask) => {
    const unfit = everything.columns.flatMap(({ type }, index) => (maskFits(type, mask) ? [] : [index]));
    const shown = await columnsUnder(mask);
    expect(unfit.length).toBeGreaterThan(20);
    expect(new Set(unfit.flatMap((index) => shown[index]))).toEqual(new Set([maskedText]));
  });

  test("is NULL when hidden and dots when redacted, whether it has a value or not", async () => {
    expect(new Set((await columnsUnder({ method: "hidden" })).flat())).toEqual(new Set([null]));
    expect(new Set((await columnsUnder({ method: "redact" })).flat())).toEqual(new Set([maskedText]));
  });

  test("is readable when clear", async () => {
    const cells = await columnsUnder(clear);
    const first = everything.columns.map(({ name }, index): [string, string | null] => [
      name,
      cells[index]?.[0] ?? null,
    ]);
    expect(Object.fromEntries(first)).toMatchObject({
      born: "1984-02-29",
      at: "2024-05-01 10:00:00+00",
      doc: '{"a": [1, null]}',
      raw: "‹3 bytes›",
      tags: '{a,"b c",NULL}',
      ok: "true",
      mood: "happy",
      home: '("12 High St",Ely)',
      mail: "jane.roe@example.com",
      span: "[1,5)",
    });
  });
});

describe("a column cannot break out of its name", () => {
  test("whatever it is called, it is read and nothing else", async () => {
    const names = [
      `a"; drop table everything; --`,
      `a' || (select 'x') || '`,
      "a\\",
      "$1",
      "ünï 🙂",
      `"`,
      "a\nb",
      "select",
      "glimpse 0",
      "text",
    ];
    const declared = names.map((name) => `${quoteIdentifier(name)} text DEFAULT 'jane.roe@example.com'`);
    await asOwner(`CREATE TABLE odd (id int, ${declared.join(", ")}); INSERT INTO odd (id) VALUES (1)`);
    for (const mask of [clear, last, email, pseudonym]) {
      const sink = new SqlSink();
      const columns = names.map((name) => ({ name, type: textType, mask, scope: "s" }));
      const list = compileProjection(columns, maskKeyring(testRootKey, testOwner), sink);
      const [row = []] = await read(sink, `SELECT ${list} FROM ${quoteTable("public", "odd")}`);
      expect(row).toHaveLength(names.length);
      expect(new Set(row).size).toBe(1);
    }
  });

  test("names that PostgreSQL cannot hold are refused before it is asked", () => {
    expect(() => quoteColumn("a\0b")).toThrow(RangeError);
    expect(() => quoteColumn("")).toThrow(RangeError);
    expect(() => quoteColumn(rowAlias)).toThrow(RangeError);
  });

  test.each(["gone", "rec", "concat", "to_jsonb", "name"])(
    "a column that is gone is an error, never the row or a function of it (%s)",
    async (name) => {
      const sink = new SqlSink();
      const list = compileMask({ name, type: textType }, clear, sink);
      const rows = read(sink, `SELECT ${list} FROM ${quoteTable("public", "rec")}`);
      await expect(rows).rejects.toMatchObject({ reason: "column-gone" });
    },
  );

  test("hidden and redacted columns are not named at all", () => {
    const sink = new SqlSink();
    const column = { name: "secret", type: textType };
    expect(compileMask(column, { method: "hidden" }, sink)).toBe("NULL::text");
    expect(compileMask(column, { method: "redact" }, sink)).toBe(`'${maskedText}'::text`);
    expect(sink.statement("").params).toEqual([]);
  });

  test("a pseudonym without a key is redacted", () => {
    expect(compileMask({ name: "v", type: textType }, pseudonym, new SqlSink())).toBe(
      `'${maskedText}'::text`,
    );
  });
});

test("a text under a collation that refuses patterns is masked as any other", async () => {
  const sink = new SqlSink();
  const shown = [email, last, phone].map((mask) =>
    compileMask({ name: "v", type: textType, keys: testKeys }, mask, sink),
  );
  const rows = await read(sink, `SELECT ${shown.join(", ")} FROM public.collated`);
  expect(rows).toEqual([["J•••••@example.com", "•••••.com", maskedText]]);
});

const tables = `
CREATE DOMAIN mail AS varchar(320) CHECK (VALUE ~ '@');
CREATE DOMAIN cents AS int CHECK (VALUE > -1000000);
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE TYPE place AS (street text, city text);
CREATE COLLATION anyway (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE collated (v text COLLATE anyway);
INSERT INTO collated VALUES ('Jane.Roe@example.com');
CREATE TABLE rec (id int, secret text);
INSERT INTO rec VALUES (1, 'CANARY');
CREATE TABLE everything (
  id int8, i2 int2, n numeric, f4 float4, f8 float8, name text, vc varchar(40), bp char(12), nm name, ch "char", mail mail,
  c cents, ok boolean, born date, at timestamptz, lt timestamp, noon time, tz timetz, wait interval, guid uuid, mood mood,
  doc jsonb, raw_doc json, tags text[], nums int4[], moods mood[], raw bytea, ip inet, net cidr, mac macaddr, span int4range,
  home place, pos point, area polygon, wage money, bits bit(4), vb varbit, x xml, words tsvector, q tsquery, o oid, rc regclass,
  snap pg_lsn, xid xid, gen int GENERATED ALWAYS AS (length(name)) STORED);
INSERT INTO everything VALUES (
  1, 32767, 'NaN', 'Infinity', '-Infinity', 'Jane Roe', 'jane', 'abc', 'n', 'c', 'jane.roe@example.com', 5, true, '1984-02-29',
  '2024-05-01 12:00:00+02', '0044-03-15 BC', '24:00', '12:00+02', '-1 year 3 days', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'happy',
  '{"a":[1,null]}', '{"a": 1, "a": 2}', '{a,"b c",NULL}', '{{1,2},{3,4}}', '{happy}', '\\x00ff10', '2001:db8::1', '10.0.0.0/8',
  '08:00:2b:01:02:03', '[1,5)', ROW('12 High St', 'Ely'), '(1,2)', '((0,0),(1,1),(1,0))', '12.50', B'1010', B'101', '<a>b</a>',
  'the cat'::tsvector, 'cat & dog', 42, 'pg_class', '16/B374D848', '7');
INSERT INTO everything (id, n, f4, f8, name, born, at, lt, wage, tags, raw) VALUES
  (2, 1e200, 'NaN', 1e308, '', 'infinity', '-infinity', 'infinity', '-92233720368547758.08', '{}', ''),
  (3, -1e-300, '-Infinity', -1e308, E'a\\nb\\t\\u202e\\u0301', '-infinity', '294276-12-31 23:59:59+00', '4713-01-01 BC', '92233720368547758.07', NULL, NULL);
INSERT INTO everything (id) VALUES (4);
`;
