import { createHmac } from "node:crypto";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SourceSchema } from "@/lib/catalog/source-schema";
import {
  compileHandle,
  compileHandleMatch,
  encodeHandle,
  type KeyColumn,
  parseHandle,
} from "@/lib/catalog/record-handle";
import { padKey } from "@/lib/masking/keys";
import { quoteIdentifier, quoteTable, rowAlias, SqlSink } from "@/lib/masking/sql";
import { introspect } from "@/lib/source/introspect";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { testPool, textType } from "@/lib/testing/masked-values";

const secret = Buffer.from("the handle key of one table");
const keys = padKey(secret);

let database: TestDatabase;
let pool: SourcePool;
let schema: SourceSchema;

beforeAll(async () => {
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.unsafe(tables).simple();
  await owner.end();
  pool = testPool(database.url);
  schema = await introspect(pool);
});

afterAll(async () => {
  await pool.end({ timeout: 1 });
  await database.drop();
});

function keyOf(name: string): KeyColumn[] {
  const table = schema.tables.find((candidate) => candidate.table === name);
  return (table?.primaryKey ?? []).flatMap(
    (column) => table?.columns.filter((candidate) => candidate.name === column) ?? [],
  );
}

async function handlesOf(name: string, allClear = true): Promise<string[]> {
  const sink = new SqlSink();
  const handle = compileHandle(keyOf(name), allClear, sink, keys);
  const rows = await runSelect(pool, sink.statement(`SELECT ${handle} FROM ${quoteTable("public", name)}`), {
    timeoutMs: 9_000,
  });
  return rows.map(([cell]) => cell ?? "");
}

async function find(name: string, handles: string[], allClear = true): Promise<string[]> {
  const sink = new SqlSink();
  const records = handles.map(parseHandle).filter((key) => key !== null);
  const handle = compileHandle(keyOf(name), allClear, sink, keys);
  const where = compileHandleMatch(keyOf(name), allClear, records, sink, keys);
  const statement = `SELECT ${handle} FROM ${quoteTable("public", name)} WHERE ${where}`;
  return (await runSelect(pool, sink.statement(statement), { timeoutMs: 9_000 })).map(([cell]) => cell ?? "");
}

const named = (...values: string[]) => encodeHandle({ kind: "values", values });

test("the source writes the very handle that we would", async () => {
  const key = fc.string({ unit: "binary", maxLength: 80 }).map((value) => value.replaceAll("\0", ""));
  const property = fc.asyncProperty(fc.array(key, { minLength: 1, maxLength: 60 }), async (texts) => {
    const sink = new SqlSink();
    const columns = ["v", "w"].map((name) => ({ name, type: textType }));
    const clear = compileHandle(columns, true, sink);
    const token = compileHandle(columns, false, sink, keys);
    const from = `(SELECT v, v AS w, o FROM unnest(${sink.bind(texts, "text[]")}) WITH ORDINALITY AS u(v, o)) AS ${quoteIdentifier(rowAlias)}`;
    const rows = await runSelect(pool, sink.statement(`SELECT ${clear}, ${token} FROM ${from} ORDER BY o`), {
      timeoutMs: 9_000,
    });
    return rows.every(([written, hidden], index) => {
      const values = [texts[index] ?? "", texts[index] ?? ""];
      const hmac = createHmac("sha256", secret).update(JSON.stringify(values)).digest("hex");
      return written === encodeHandle({ kind: "values", values }) && hidden === `t_${hmac.slice(0, 32)}`;
    });
  });
  await expect(fc.assert(property, { numRuns: 60 })).resolves.toBeUndefined();
});

describe.each(["by_int", "by_text", "by_many", "by_mood", "by_bytes", "by_array", "by_padded"])(
  "every record of %s",
  (name) => {
    test.each([true, false])("is found by its handle and by no other (key clear: %s)", async (allClear) => {
      const handles = await handlesOf(name, allClear);
      expect(new Set(handles).size).toBe(handles.length);
      for (const handle of handles) expect(await find(name, [handle], allClear)).toEqual([handle]);
      expect((await find(name, handles, allClear)).sort()).toEqual([...handles].sort());
    });
  },
);

test.each<[string, string[]]>([
  ["by_int", ["01"]],
  ["by_int", [" 1"]],
  ["by_int", ["1", "2"]],
  ["by_padded", ["a  "]],
  ["by_many", ["2024-01-02", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "1.5"]],
])("another spelling of a key of %s names nothing: %j", async (name, values) => {
  expect(await find(name, [named(...values)])).toEqual([]);
});

test.each<[string, string[]]>([
  ["by_int", ["one"]],
  ["by_int", ["99999999999999999999"]],
  ["by_int", ["1; drop table by_int"]],
  ["by_mood", ["angry"]],
  ["by_many", ["2024-13-45", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "1.50"]],
  ["by_many", ["2024-01-02", "not a uuid", "1.50"]],
  ["by_bytes", ["\\xzz"]],
])("a forged key of %s is a bad value, in our words: %j", async (name, values) => {
  const found = find(name, [named(...values)]);
  await expect(found).rejects.toMatchObject({ name: "SourceFailure", reason: "bad-value" });
  const error: unknown = await find(name, [named(...values)]).catch((thrown: unknown) => thrown);
  expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(values[0]);
});

test("a token finds nothing where keys are clear, and a clear key nothing where they are not", async () => {
  const [token = ""] = await handlesOf("by_int", false);
  expect(await find("by_int", [token], true)).toEqual([]);
  expect(await find("by_int", [named("1")], false)).toEqual([]);
  expect(await find("by_int", [], true)).toEqual([]);
});

test("a clear key is found through its index", async () => {
  const sink = new SqlSink();
  const where = compileHandleMatch(
    keyOf("by_many"),
    true,
    [{ kind: "values", values: ["2024-01-02", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "1.50"] }],
    sink,
  );
  await pool.begin(async (tx) => {
    await tx.unsafe("SET LOCAL enable_seqscan = off");
    const { text, params } = sink.statement(
      `EXPLAIN SELECT 1 FROM ${quoteTable("public", "by_many")} WHERE ${where}`,
    );
    const plan = (await tx.unsafe(text, params as string[]).values()).flat().join("\n");
    expect(plan).toMatch(/Index (Only )?Scan using by_many_pkey/u);
    expect(plan).toMatch(/Index Cond: .*day.*id.*n/u);
  });
});

const tables = `
CREATE DOMAIN amount AS numeric(10, 2);
CREATE TYPE mood AS ENUM ('sad', 'so, "happy"');
CREATE TABLE by_int (id bigint PRIMARY KEY); INSERT INTO by_int VALUES (1), (-5), (9223372036854775807);
CREATE TABLE by_text (id varchar(200) PRIMARY KEY);
INSERT INTO by_text VALUES (''), ('a'), ('A'), (E'a"b\\\\c\\n\\u0001\\u007f'), ('日本 🙂'), ('["a"]'), (repeat('x', 190));
CREATE TABLE by_many (day date, id uuid, n amount, PRIMARY KEY (day, id, n));
INSERT INTO by_many SELECT '2024-01-02', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', n FROM unnest('{1.5,2}'::numeric[]) n;
CREATE TABLE by_mood (mood mood PRIMARY KEY); INSERT INTO by_mood VALUES ('sad'), ('so, "happy"');
CREATE TABLE by_bytes (b bytea PRIMARY KEY); INSERT INTO by_bytes VALUES ('\\x00ff'), ('');
CREATE TABLE by_array (a int[] PRIMARY KEY); INSERT INTO by_array VALUES ('{1,2}'), ('{}');
CREATE TABLE by_padded (c char(3) PRIMARY KEY); INSERT INTO by_padded VALUES ('a'), ('abc');
`;
