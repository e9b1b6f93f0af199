import { afterAll, beforeAll, describe, expect, test } from "vitest";
import postgres from "postgres";
import type { Context } from "@/lib/auth/context";
import { searchRecords } from "@/lib/browse/search-records";
import type { SearchAnswer } from "@/lib/browse/view";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { readTable } from "@/lib/catalog/read-table";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, confirmed } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
let source: TestDatabase;
let owner: postgres.Sql;
let ana: Context;
let sam: Context;

const clear = ["none", { method: "clear" }] as const;
const masked = ["email", { method: "redact" }] as const;
const shop = (table: string) => ({ source: "shop", schema: "public", table });

beforeAll(async () => {
  source = await emptySource();
  owner = postgres(source.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(`
    CREATE TABLE orders (id bigint PRIMARY KEY, code text, own_c text, plain text, email text, made uuid, note text);
    INSERT INTO orders SELECT n, 'ORD-' || n, 'Zürich-' || n, 'plain-' || n, 'secret' || n || '@x.example',
      md5(n::text)::uuid, 'n' FROM generate_series(1, 20000) n;
    CREATE INDEX ON orders (code text_pattern_ops); CREATE INDEX ON orders (own_c COLLATE "C");
    CREATE INDEX ON orders (plain); CREATE INDEX ON orders (email); CREATE UNIQUE INDEX ON orders (made);
    CREATE TABLE parts (email text PRIMARY KEY, code varchar(20)); CREATE INDEX ON parts (code varchar_pattern_ops);
    INSERT INTO parts SELECT 'part' || n || '@x.example', 'ORD-1' FROM generate_series(1, 3) n;
    CREATE TABLE keyless (code text); CREATE INDEX ON keyless (code); INSERT INTO keyless VALUES ('ORD-1');
    CREATE TABLE bare (id integer, code text, PRIMARY KEY (id)); INSERT INTO bare VALUES (1, 'ORD-1');
    CREATE TABLE partial (id integer PRIMARY KEY, code text); INSERT INTO partial VALUES (1, 'ORD-1');
    CREATE INDEX ON partial (code) WHERE id > 5; CREATE INDEX ON partial (lower(code));`);
  await owner.unsafe("VACUUM ANALYZE");
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
  await addedSource(sam, "Shop", source.url);
  const { id, code, own_c, plain, made } = {
    id: clear,
    code: clear,
    own_c: clear,
    plain: clear,
    made: clear,
  };
  await confirmed(sam, shop("orders"), { id, code, own_c, plain, made, email: masked });
  await confirmed(sam, shop("parts"), { code, email: masked });
  await confirmed(sam, shop("keyless"), { code });
  for (const table of ["bare", "partial"]) await confirmed(sam, shop(table), { id, code });
});

afterAll(async () => {
  await closeAllPools();
  await owner.end();
  await source.drop();
});

const search = (term: string, who = ana) => searchRecords(who, { term });
const found = (answer: SearchAnswer) =>
  Object.fromEntries(
    answer.hits.map(({ table, records }) => [table.name, records.map(({ label }) => label)]),
  );
const whyNot = (answer: SearchAnswer, table: string) =>
  answer.notSearched.find(({ names }) => names.includes(`Shop · public.${table}`))?.why;

describe("a search of all sources", () => {
  test.each([
    ["17", { orders: ["17"] }],
    ["ORD-19999", { orders: ["19999"] }],
    ["ORD-1999", { orders: ["1999", "19990", "19991", "19992", "19993"] }],
    ["Zürich-12345", { orders: ["12345"] }],
    ["Zürich-1234", { orders: ["1234", "12340", "12341", "12342", "12343"] }],
    ["plain-17", { orders: ["17"] }],
    ["70efdf2e-c9b0-8607-9795-c442636b55fb", { orders: ["17"] }],
    ["ord-17", {}],
    ["OR", {}],
    ["99999999999999999999", {}],
    ["%", {}],
    ["ORD-1_999", {}],
    ["'; DROP TABLE orders; --", {}],
  ])("finds by %s what clear columns with an index hold", async (term, expected) => {
    const answer = await search(term);
    expect(found(answer)).toEqual(expected);
  });

  test("names records of a masked key by tokens, and shows them masked", async () => {
    const { hits } = await search("ORD-1");
    const parts = hits.find(({ table }) => table.name === "parts")!;
    expect(parts.records).toHaveLength(3);
    for (const { href } of parts.records)
      expect(href).toMatch(/^\/browse\/shop\/public\/parts\/t_[0-9a-f]{32}$/);
    expect(JSON.stringify(hits)).not.toMatch(/part\d@|secret\d/);
  });

  test("sees no masked column, whatever its index and however much of the value is known", async () => {
    for (const term of ["secret17@x.example", "secret17", "part1@x.example", "part1"])
      expect(found(await search(term)), term).toEqual({});
    expect(JSON.stringify(await search("secret17"))).not.toContain("@x.example");
  });

  test("reads no table from end to end, and says which ones it left out and why", async () => {
    const answer = await search("ORD-1");
    expect(whyNot(answer, "keyless")).toBe("Nothing names a record of it for good.");
    for (const table of ["bare", "partial"])
      expect(whyNot(answer, table)).toBe("No index over a clear column can find such a value.");
    expect(answer.tables).toBe(2);
    const read = async () => {
      const [row] = await owner<{ byIndex: number; inOrder: number }[]>`
        SELECT idx_scan::int AS "byIndex", seq_tup_read::int AS "inOrder" FROM pg_stat_user_tables
        WHERE relname = 'orders'`;
      return row!;
    };
    // What building the indexes has read is told late.
    await expect.poll(async () => (await read()).inOrder, { timeout: 5_000 }).toBeGreaterThanOrEqual(100_000);
    const before = await read();
    for (let time = 0; time < 6; time++)
      for (const term of ["ORD-19999", "Zürich-12345", "plain-17", "17", "ORD-nothing"]) await search(term);
    // Connections tell what they have done when they end.
    await closeAllPools();
    const byIndex = async () => (await read()).byIndex - before.byIndex;
    await expect.poll(byIndex, { timeout: 5_000 }).toBeGreaterThanOrEqual(30);
    expect((await read()).inOrder - before.inOrder).toBeLessThan(20_000);
  });

  test("counts more records than a list is good for, and shows none of them", async () => {
    const { hits } = await search("plain");
    expect(hits).toEqual([]);
    const many = (await search("ORD-1")).hits.find(({ table }) => table.name === "orders")!;
    expect(many).toMatchObject({ matches: null, records: [] });
  });

  test("tells of a table that takes too long, and finds what the others have", async () => {
    const lock = postgres(source.ownerUrl, { max: 1, onnotice: () => {} });
    await lock.begin(async (tx) => {
      await tx`LOCK TABLE parts IN ACCESS EXCLUSIVE MODE`;
      const answer = await search("ORD-19999");
      expect(found(answer)).toEqual({ orders: ["19999"] });
      expect(whyNot(answer, "parts")).toBe("The source took too long.");
    });
    await lock.end();
  });

  test("is on record before the source is asked, without the term; so is each table whose rows it shows", async () => {
    const ben = await signedIn(control, { name: "Ben", roles: ["agent"] });
    await search("ORD-19999", ben);
    const events = await control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE entry LIKE '%"name":"Ben"%' ORDER BY seq`;
    expect(events.map(({ entry }) => (JSON.parse(entry) as { code: string }).code)).toEqual([
      "browse.searched",
      "browse.table_opened",
    ]);
    expect(events.map(({ entry }) => entry).join()).not.toContain("19999");
    await expect(
      search("17", await signedIn(control, { name: "Ivy", roles: ["auditor"] })),
    ).rejects.toMatchObject({
      code: "not-permitted",
    });
  });

  test("does not look into a column from the moment it is masked", async () => {
    const table = await readTable(sam, shop("orders"), "catalog");
    const { id, version } = table.columns.find(({ name }) => name === "code")!;
    await reopenColumns(sam, { sourceId: table.source.id, which: { columns: [{ id, version }] } });
    expect(found(await search("ORD-19999"))).toEqual({});
  });
});
