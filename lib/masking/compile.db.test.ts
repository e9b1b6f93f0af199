import { createHmac } from "node:crypto";
import fc from "fast-check";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ColumnType } from "@/lib/catalog/column-type";
import type { SourceTable } from "@/lib/catalog/source-schema";
import { compileMask, compileProjection } from "@/lib/masking/compile";
import { maskKeyring, maskKeys, type MaskKeys, padKey } from "@/lib/masking/keys";
import { type Mask, maskedPart, maskedText, maskFits } from "@/lib/masking/mask";
import { quoteColumn, quoteIdentifier, quoteTable, rowAlias, SqlSink } from "@/lib/masking/sql";
import { parseSourceUrl } from "@/lib/source/connection";
import { introspect } from "@/lib/source/introspect";
import { openPool, type SourcePool } from "@/lib/source/pool";
import { runSelect, type TextRows } from "@/lib/source/run-select";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const text: ColumnType = { name: "text", category: "text", base: { schema: "pg_catalog", name: "text" } };
const rootKey = Buffer.alloc(32, 7);
const keys = maskKeys(rootKey, "source", "email");
const last: Mask = { method: "partial", shape: "last", keep: 4 };
const email: Mask = { method: "partial", shape: "email" };
const phone: Mask = { method: "partial", shape: "phone" };
const pseudonym: Mask = { method: "pseudonym" };

let database: TestDatabase;
let pool: SourcePool;
let everything: SourceTable;

beforeAll(async () => {
  database = await emptySource();
  const parsed = parseSourceUrl(database.url);
  if (!parsed.ok) throw new Error(parsed.words);
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.unsafe(tables).simple();
  await owner.end();
  pool = openPool(parsed.parts, 2);
  const found = (await introspect(pool)).tables.find((table) => table.table === "everything");
  if (found === undefined) throw new Error("The table is not there.");
  everything = found;
});

afterAll(async () => {
  await pool.end({ timeout: 1 });
  await database.drop();
});

/** Shows each value under a mask, all in one statement. `sqlType` is the test's own word. */
async function show(
  values: readonly string[],
  mask: Mask,
  options: { keys?: MaskKeys; sqlType?: string; type?: ColumnType } = {},
) {
  const sink = new SqlSink();
  const column = { name: "v", type: options.type ?? text, keys: options.keys ?? keys };
  const shown = compileMask(column, mask, sink);
  const rows = `SELECT u.v::${options.sqlType ?? "text"} AS v, u.o FROM unnest(${sink.bind(values, "text[]")}) WITH ORDINALITY AS u(v, o)`;
  const statement = `SELECT ${shown} FROM (${rows} OFFSET 0) AS ${quoteIdentifier(rowAlias)} ORDER BY o`;
  return (await runSelect(pool, sink.statement(statement), { timeoutMs: 20_000 })).map(
    ([cell]) => cell ?? null,
  );
}

const storable = fc.string({ unit: "binary", maxLength: 60 }).map((value) => value.replaceAll("\0", ""));
const digits = fc.stringMatching(/^\+?[0-9][0-9 ()./-]{0,24}$/u);
const address = fc.stringMatching(/^[a-zA-Z0-9._%+-]{1,20}@[a-zA-Z0-9-]{1,12}(\.[a-zA-Z0-9-]{1,6}){0,2}$/u);
const code = fc.stringMatching(/^[ -~\n0]{0,30}$/u);
const anything = fc.array(fc.oneof(storable, digits, address, code, fc.emailAddress()), {
  minLength: 1,
  maxLength: 120,
});
const runs = { numRuns: 60 };

describe("for any text at all", () => {
  test.each([last, email, phone, pseudonym])(
    "$method $shape never raises and never returns what it was given",
    async (mask) => {
      await fc.assert(
        fc.asyncProperty(anything, async (values) => {
          const shown = await show(values, mask);
          // The one text that equals its masked form is the masked form itself, which hides nothing.
          for (const [index, value] of values.entries())
            if (value !== maskedText) expect(shown[index]).not.toBe(value);
        }),
        runs,
      );
    },
  );

  test("a pseudonym equals the HMAC-SHA-256 that Node computes", async () => {
    const key = Buffer.from("a key of the test", "utf8");
    await fc.assert(
      fc.asyncProperty(anything, async (values) => {
        const expected = values.map(
          (value) => `tok_${createHmac("sha256", key).update(value, "utf8").digest("hex").slice(0, 16)}`,
        );
        expect(await show(values, pseudonym, { keys: padKey(key) })).toEqual(expected);
      }),
      runs,
    );
  });

  test("a pseudonym is the same under one key and another under another source or class", async () => {
    const values = ["", "a", "ana@example.com", "ａｎａ", "🙂".repeat(30)];
    const shown = await show(values, pseudonym);
    expect(await show(values, pseudonym)).toEqual(shown);
    for (const other of [
      maskKeys(rootKey, "source", "phone"),
      maskKeys(rootKey, "other", "email"),
      maskKeys(Buffer.alloc(32, 8), "source", "email"),
    ]) {
      const shownOther = await show(values, pseudonym, { keys: other });
      expect(shownOther.some((token, index) => token === shown[index])).toBe(false);
    }
  });

  test.each([1, 4, 6])(
    "the last %i never leave fewer than four letters or digits hidden, zeros in front not counted",
    async (keep) => {
      await fc.assert(
        fc.asyncProperty(anything, async (values) => {
          const shown = await show(values, { method: "partial", shape: "last", keep });
          for (const [index, value] of values.entries()) {
            const cell = shown[index] ?? "";
            if (cell === maskedText) continue;
            const kept = cell.slice(maskedPart.length);
            expect(cell.startsWith(maskedPart)).toBe(true);
            expect(kept).toHaveLength(keep);
            expect(value.endsWith(kept)).toBe(true);
            const hidden = value
              .slice(0, -keep)
              .replace(/[^0-9A-Za-z]/gu, "")
              .replace(/^0+/u, "");
            expect(hidden.length).toBeGreaterThanOrEqual(4);
          }
        }),
        runs,
      );
    },
  );

  test("an e-mail shows its domain and at most its first letter, four or more hidden", async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (values) => {
        const shown = await show(values, email);
        for (const [index, value] of values.entries()) {
          const cell = shown[index] ?? "";
          if (cell === maskedText) continue;
          const [local = "", domain = ""] = value.split("@");
          const first = cell.startsWith(maskedPart) ? "" : local.slice(0, 1);
          expect(cell).toBe(`${first}${maskedPart}@${domain}`);
          expect(local.length - first.length).toBeGreaterThanOrEqual(4);
          expect(value.split("@")).toHaveLength(2);
        }
      }),
      runs,
    );
  });

  test("a phone number shows its country code and the last digits, four or more hidden", async () => {
    await fc.assert(
      fc.asyncProperty(anything, async (values) => {
        const shown = await show(values, phone);
        for (const [index, value] of values.entries()) {
          const cell = shown[index] ?? "";
          if (cell === maskedText) continue;
          expect(cell).toMatch(/^(\+\d{1,3} )?•••••\d\d$/u);
          const all = value.replace(/\D/gu, "");
          expect(all.endsWith(cell.slice(-2))).toBe(true);
          expect(all.replace(/^0+/u, "").length - cell.replace(/\D/gu, "").length).toBeGreaterThanOrEqual(4);
        }
      }),
      runs,
    );
  });
});

describe("what each shape shows:", () => {
  const cases: [Mask, string, string][] = [
    [last, "4111111111111111", "•••••1111"],
    [last, "DE89 3704 0044 0532 0130 00", "•••••0 00"],
    [last, "12345678", "•••••5678"],
    [last, "1234567", maskedText],
    [last, "", maskedText],
    [last, "00000001234", maskedText],
    [last, "----    1234", maskedText],
    [last, "٤١١١١١١١١١١١١١١١", maskedText],
    [last, "4111111111111111\n", maskedText],
    [last, "41111111‮11111111", maskedText],
    [last, "a".repeat(400), maskedText],
    [email, "jane.roe@example.com", "j•••••@example.com"],
    [email, "jane@example.com", "•••••@example.com"],
    [email, "jan@example.com", maskedText],
    [email, "jane.roe@example", maskedText],
    [email, "jane.roe", maskedText],
    [email, "jane@roe@example.com", maskedText],
    [email, "@example.com", maskedText],
    [email, "jane.roe@example.com\n", maskedText],
    [email, "jane.roe@example.com, max@example.com", maskedText],
    [email, "jané.roe@example.com", maskedText],
    [phone, "+49 151 23456789", "+49 •••••89"],
    [phone, "+1 (415) 555-0134", "+1 •••••34"],
    [phone, "+420123456789", "+420 •••••89"],
    [phone, "030 1234567", "•••••67"],
    [phone, "(415) 555-0134", "•••••34"],
    [phone, "+49 12345", maskedText],
    [phone, "12345", maskedText],
    [phone, "000001234", maskedText],
    [phone, "call me at 030 1234567", maskedText],
    [phone, "+٤٩ 151 23456789", maskedText],
    [phone, "++49 151 23456789", maskedText],
  ];

  test.each(cases)("%j of %j is %j", async (mask, value, expected) => {
    expect(await show([value], mask)).toEqual([expected]);
  });

  test("a text that is not text is masked too: the longest a server holds comfortably", async () => {
    const long = "x".repeat(2_000_000);
    expect(await show([long], pseudonym)).toEqual([maskedText]);
    expect(await show([long], last)).toEqual([maskedText]);
    expect(await show([long], { method: "clear" })).toEqual([`${"x".repeat(2_000)}… ‹2000000 characters›`]);
  });
});

describe("numbers and dates", () => {
  const number = (name: string): ColumnType => ({
    name,
    category: "number",
    base: { schema: "pg_catalog", name },
  });
  const bucket = (size?: number): Mask => ({
    method: "generalise",
    to: "bucket",
    ...(size === undefined ? {} : { size }),
  });
  const cases: [string, Mask, string, string][] = [
    ["int4", bucket(), "43210", "40,000–49,999"],
    ["int4", bucket(10), "39", "30–39"],
    ["int4", bucket(10), "0", "0–9"],
    ["int4", bucket(10), "-1", "-10 to -1"],
    ["int2", bucket(), "-32768", "-40,000 to -30,001"],
    ["int8", bucket(), "9223372036854775807", maskedText],
    ["numeric", bucket(), "49999.99", "40,000–49,999"],
    ["numeric", bucket(), "NaN", maskedText],
    ["numeric", bucket(), `1${"0".repeat(400)}`, maskedText],
    ["numeric", bucket(), "-0.0001", "-10,000 to -1"],
    ["float8", bucket(), "Infinity", maskedText],
    ["float8", bucket(), "-Infinity", maskedText],
    ["float8", bucket(), "NaN", maskedText],
    ["float8", bucket(), "1e300", maskedText],
    ["float4", bucket(), "12345.5", "10,000–19,999"],
    ["int8", last, "4111111111111111", "•••••1111"],
    ["int8", phone, "4915123456789", "•••••89"],
  ];

  test.each(cases)("%s under %j: %s shows as %s", async (name, mask, value, expected) => {
    expect(await show([value], mask, { type: number(name), sqlType: name })).toEqual([expected]);
  });

  test("a bucket holds its number and is never the number", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.bigInt({ min: -(10n ** 15n) + 1n, max: 10n ** 15n - 1n }), { minLength: 1 }),
        fc.integer({ min: 5, max: 1_000_000 }),
        async (values, size) => {
          const shown = await show(values.map(String), bucket(size), {
            type: number("int8"),
            sqlType: "int8",
          });
          for (const [index, value] of values.entries()) {
            const [low = 0n, high = 0n] = (shown[index] ?? "")
              .split(/–| to /u)
              .map((part) => BigInt(part.replaceAll(",", "")));
            expect(low <= value && value <= high && high - low === BigInt(size) - 1n).toBe(true);
          }
        },
      ),
      runs,
    );
  });

  const date = (name: string, category: "date" | "timestamp"): ColumnType => ({
    name,
    category,
    base: { schema: "pg_catalog", name },
  });
  test.each([
    ["date", "1984-02-29", "1984"],
    ["date", "0044-03-15 BC", "44 BC"],
    ["date", "12345-01-01", "12345"],
    ["date", "infinity", maskedText],
    ["timestamptz", "2024-12-31 23:30:00-05", "2025"],
    ["timestamp", "-infinity", maskedText],
  ])("the year of the %s %s is %s", async (name, value, expected) => {
    const type = date(name, name === "date" ? "date" : "timestamp");
    expect(await show([value], { method: "generalise", to: "year" }, { type, sqlType: name })).toEqual([
      expected,
    ]);
  });
});

describe("every type under every mask", () => {
  const masks: Mask[] = [
    { method: "clear" },
    { method: "hidden" },
    { method: "redact" },
    last,
    email,
    phone,
    pseudonym,
    { method: "generalise", to: "year" },
    { method: "generalise", to: "bucket" },
  ];

  test("never raises, and shows constants where the mask does not fit", async () => {
    for (const mask of masks) {
      const sink = new SqlSink();
      const columns = everything.columns.map(({ name, type }) => ({ name, type, mask, scope: "s" }));
      const list = compileProjection(columns, maskKeyring(rootKey, "s"), sink);
      const from = quoteTable(everything.schema, everything.table);
      const rows = await runSelect(pool, sink.statement(`SELECT ${list} FROM ${from} ORDER BY id`), {
        timeoutMs: 20_000,
      });
      expect(rows).toHaveLength(4);
      for (const [index, { type }] of columns.entries()) {
        const cells = rows.map((row) => row[index] ?? null);
        if (mask.method === "hidden") expect(cells).toEqual([null, null, null, null]);
        else if (mask.method === "redact" || !maskFits(type, mask))
          expect(cells).toEqual(rows.map(() => maskedText));
      }
    }
  });

  test("is readable when it is clear", async () => {
    const sink = new SqlSink();
    const list = everything.columns.map((column) => compileMask(column, { method: "clear" }, sink));
    const [row = []] = await runSelect(
      pool,
      sink.statement(`SELECT ${list.join(", ")} FROM public.everything WHERE id = 1`),
      { timeoutMs: 9_000 },
    );
    const shown = Object.fromEntries(everything.columns.map((column, index) => [column.name, row[index]]));
    expect(shown).toMatchObject({
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

  test("whatever it is called, it is read and nothing else", async () => {
    const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
    await owner
      .unsafe(
        `CREATE TABLE odd (id int, ${names.map((name) => `${quoteIdentifier(name)} text DEFAULT 'jane.roe@example.com'`).join(", ")})`,
      )
      .simple();
    await owner.unsafe("INSERT INTO odd (id) VALUES (1)").simple();
    await owner.end();
    for (const mask of [{ method: "clear" }, last, email, pseudonym] satisfies Mask[]) {
      const sink = new SqlSink();
      const list = compileProjection(
        names.map((name) => ({ name, type: text, mask, scope: "s" })),
        maskKeyring(rootKey, "s"),
        sink,
      );
      const [row = []] = await runSelect(
        pool,
        sink.statement(`SELECT ${list} FROM ${quoteTable("public", "odd")}`),
        { timeoutMs: 9_000 },
      );
      expect(row).toHaveLength(names.length);
      expect(new Set(row).size).toBe(1);
    }
  });

  test("names that PostgreSQL cannot hold are refused before it is asked", () => {
    expect(() => quoteColumn("a\0b")).toThrow(RangeError);
    expect(() => quoteColumn("")).toThrow(RangeError);
    expect(() => quoteColumn(rowAlias)).toThrow(RangeError);
  });

  test.each(["gone", "rec", "concat", "to_jsonb"])(
    "a column that is gone is an error, never the row under its name (%s)",
    async (column) => {
      const sink = new SqlSink();
      const list = compileProjection(
        [{ name: column, type: text, mask: { method: "clear" }, scope: "s" }],
        maskKeyring(rootKey, "s"),
        sink,
      );
      const rows: Promise<TextRows> = runSelect(
        pool,
        sink.statement(`SELECT ${list} FROM ${quoteTable("public", "rec")}`),
        { timeoutMs: 9_000 },
      );
      await expect(rows).rejects.toMatchObject({ reason: "column-gone" });
    },
  );
});

test("a text under a collation that refuses patterns is masked as any other", async () => {
  for (const mask of [{ method: "clear" }, last, email, phone, pseudonym] satisfies Mask[]) {
    const sink = new SqlSink();
    const shown = compileMask({ name: "v", type: text, keys }, mask, sink);
    const rows = await runSelect(pool, sink.statement(`SELECT ${shown} FROM public.collated`), {
      timeoutMs: 9_000,
    });
    expect(rows).toHaveLength(1);
  }
});

test("a pseudonym without a key is redacted, and so is a keep that passed no schema", async () => {
  const sink = new SqlSink();
  expect(compileMask({ name: "v", type: text }, pseudonym, sink)).toBe(`'${maskedText}'::text`);
  expect(await show(["jane.roe@example.com"], { method: "partial", shape: "last", keep: 1_000 })).toEqual([
    "•••••le.com",
  ]);
  expect(await show(["jane.roe@example.com"], { method: "partial", shape: "last", keep: -5 })).toEqual([
    "•••••m",
  ]);
});

test("hidden and redact do not name the column at all", () => {
  const sink = new SqlSink();
  for (const method of ["hidden", "redact"] as const)
    expect(compileMask({ name: "secret", type: text }, { method }, sink)).not.toContain("secret");
  expect(sink.statement("").params).toEqual([]);
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
