import postgres from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { browseTable } from "@/lib/browse/browse-table";
import { encodeCursor } from "@/lib/browse/cursor";
import { estimateTotal } from "@/lib/browse/estimate-total";
import { openTable } from "@/lib/browse/open-table";
import type { PageRow } from "@/lib/browse/read-page";
import { parseTableState, type SearchParams } from "@/lib/browse/table-state";
import type { Context } from "@/lib/auth/context";
import { listTables } from "@/lib/catalog/list-tables";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { allClear, asProposed, type Treatment, useSources } from "@/lib/testing/browsable";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, loadSql, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
const sources = useSources();
let ana: Context;
let sam: Context;
beforeAll(async () => {
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
});

async function tableOf(source: string, schema: string, table: string): Promise<CatalogTable> {
  return readTable(ana, { source, schema, table });
}

async function read(table: CatalogTable, search: SearchParams) {
  const state = parseTableState(table, search);
  expect(state.problems).toEqual([]);
  const browsed = await browseTable(ana, table, state);
  if (!browsed.ok) throw browsed.failure;
  expect(browsed.restarted).toBe(false);
  return { state, page: browsed.page };
}

/** All rows of a table, page by page, with the address of every page. */
async function walk(table: CatalogTable, search: SearchParams, way: "after" | "before"): Promise<PageRow[]> {
  const pages: (readonly PageRow[])[] = [];
  let at: SearchParams = way === "before" ? { before: "end" } : {};
  for (;;) {
    const { state, page } = await read(table, { ...search, ...at });
    pages.push(page.rows);
    const next = way === "after" ? page.after : page.before;
    if (next === null) return (way === "after" ? pages : pages.reverse()).flat();
    const cursor = encodeCursor(state.order, next);
    if (cursor === null) throw new Error("No cursor.");
    at = { [way]: cursor };
  }
}

const sorted = (rows: readonly PageRow[]) => rows.map((row) => JSON.stringify(row)).sort();

async function fill(slug: string, ddl: string, treatment: Treatment = allClear) {
  const database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(ddl).simple();
  await owner.end();
  return sources.add(sam, database, slug, treatment);
}

describe.each(["pagila", "chinook", "northwind"] as const)("%s", (name) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await loadSql(name);
    await sources.add(sam, database, name, asProposed);
  });

  test("every table can be browsed forward and backward, its pages disjoint and complete", async () => {
    const source = (await listTables(ana)).find(({ slug }) => slug === name);
    expect(source?.tables.length).toBeGreaterThan(10);
    const owner = postgres(database.ownerUrl, { max: 1 });
    if (name === "pagila") await owner`REFRESH MATERIALIZED VIEW rental_by_category`;
    for (const { schema, name: tableName } of source?.tables ?? []) {
      const table = await tableOf(name, schema, tableName);
      const [counted] = await owner<{ rows: number }[]>`
        SELECT count(*)::int AS rows FROM ${owner(schema)}.${owner(tableName)}`;
      const forward = await walk(table, { size: "100" }, "after");
      expect.soft(forward.length, tableName).toBe(counted?.rows);
      const { state } = await read(table, {});
      if (state.order.by === "offset") continue;
      expect.soft(await walk(table, { size: "100" }, "before"), tableName).toEqual(forward);
      const handles = forward.flatMap(({ handle }) => handle ?? []);
      expect.soft(new Set(handles).size, tableName).toBe(handles.length);
    }
    await owner.end();
  }, 240_000);
});

describe("keyset paging", () => {
  let table: CatalogTable;
  beforeAll(async () => {
    await fill(
      "ties",
      `CREATE TABLE ties (a int, b text, grp int, score numeric, note text, PRIMARY KEY (a, b));
       INSERT INTO ties SELECT n % 40, 'k' || n, nullif(n % 5, 0), CASE WHEN n % 7 = 0 THEN 'NaN'::numeric ELSE n % 11 END,
         CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE repeat('x', n % 3) END FROM generate_series(1, 397) n;
       CREATE INDEX ON ties (grp);
       CREATE TABLE keyless AS SELECT * FROM ties; DELETE FROM keyless WHERE a = 7; CREATE VIEW seen AS SELECT grp, score FROM ties;
       ANALYZE;`,
    );
    table = await tableOf("ties", "public", "ties");
  });

  test.each([
    ["grp", "ties"],
    ["-grp", "ties"],
    ["score", "ties"],
    ["-score", "ties"],
    ["-note", "ties"],
    ["b", "ties"],
    ["-a", "ties"],
    ["grp", "keyless"],
    ["-note", "keyless"],
    ["", "keyless"],
  ])(
    "by %s of %s is complete and the same in both directions, through equal values and missing ones",
    async (sort, name) => {
      const shown = await tableOf("ties", "public", name);
      const search = { sort, size: "25" };
      const forward = await walk(shown, search, "after");
      expect(forward).toHaveLength(name === "ties" ? 397 : 387);
      expect(new Set(sorted(forward)).size).toBe(forward.length);
      expect(await walk(shown, search, "before")).toEqual(forward);
    },
  );

  test("has rows without a value last in both directions", async () => {
    const at = table.columns.findIndex(({ name }) => name === "grp");
    for (const sort of ["grp", "-grp"]) {
      const values = (await walk(table, { sort, size: "100" }, "after")).map(({ cells }) => cells[at]);
      expect(values.indexOf(null)).toBe(397 - 79);
      expect(values.lastIndexOf("2")).toBeLessThan(values.indexOf(null));
    }
  });

  test("goes on in the middle of filtered rows, and says when all of them are there", async () => {
    const all = await walk(table, { f: "grp:is:3", sort: "-score", size: "25" }, "after");
    expect(all).toHaveLength(79);
    const { page } = await read(table, { f: ["grp:is:3", "a:lt:5"] });
    expect(page.hasMore).toBe(false);
  });

  test("by offset is complete too, although most rows are equal", async () => {
    const view = await tableOf("ties", "public", "seen");
    const { page, state } = await read(view, { size: "25" });
    expect(state.order.by).toBe("offset");
    expect(page.rows).toHaveLength(25);
    expect(await walk(view, { size: "25" }, "after")).toHaveLength(397);
  });

  test("starts over, and says so, when the value in a cursor is none of its column", async () => {
    const forged = Buffer.from(JSON.stringify(["key", null, "x", "y"])).toString("base64url");
    const browsed = await browseTable(ana, table, parseTableState(table, { after: forged }));
    expect(browsed).toMatchObject({ ok: true, restarted: true });
  });

  test("estimates and never counts", async () => {
    expect(await estimateTotal(ana, table, [])).toBe(400);
    const { state } = await read(table, { f: "grp:is:3" });
    expect(await estimateTotal(ana, table, state.filters)).toBe(79);
  });
});

test("a masked key leads by place, and neither its values nor its order leave the source", async () => {
  await fill(
    "keys",
    `CREATE TABLE people (email text PRIMARY KEY, city text);
     INSERT INTO people SELECT 'p' || md5(n::text) || '@example.test', 'c' || n FROM generate_series(1, 120) n;`,
    ({ name }) =>
      name === "email"
        ? { classId: "email", mask: { method: "redact" } }
        : { classId: "none", mask: { method: "clear" } },
  );
  const table = await tableOf("keys", "public", "people");
  const rows = await walk(table, { size: "50" }, "after");
  expect(rows.map(({ cells }) => cells)).toEqual(
    Array.from({ length: 120 }, (_, index) => ["•••••••", `c${index + 1}`]),
  );
  expect(rows.every(({ handle }) => /^t_[0-9a-f]{32}$/u.test(handle ?? ""))).toBe(true);
  const { page } = await read(table, { size: "25" });
  // Where a row lies would tell how wide the values before it are: the address holds it sealed.
  expect(page.after?.key).toEqual([expect.stringMatching(/^[\w-]{22}$/)]);
  const { order } = parseTableState(table, {});
  const forged = encodeCursor(order, { sort: null, key: ["A".repeat(22)] });
  const browsed = await browseTable(ana, table, parseTableState(table, { after: forged ?? "" }));
  expect(browsed).toMatchObject({ ok: true, restarted: true });
});

test("columns that are called as our outputs might be are sorted by their values", async () => {
  await fill(
    "names",
    `CREATE TABLE names ("text" int PRIMARY KEY, "case" int, "ctid " int, "translate" int);
     INSERT INTO names SELECT n, 200 - n, n % 3, n FROM generate_series(1, 120) n;`,
  );
  const table = await tableOf("names", "public", "names");
  expect((await walk(table, {}, "after")).map(({ cells }) => Number(cells[0]))).toEqual(
    Array.from({ length: 120 }, (_, n) => n + 1),
  );
  expect((await read(table, { sort: "case" })).page.rows[0]?.cells[1]).toBe("80");
});

test("every type of column that can be filtered and sorted is, without an error of the source", async () => {
  await fill(
    "kinds",
    `CREATE TYPE mood AS ENUM ('low', 'high'); CREATE DOMAIN code AS char(2);
     CREATE TABLE kinds (id bigint PRIMARY KEY, t text, v varchar(9), c code, i2 int2, n numeric, r real, f float8,
       m money, b bool, d date, ts timestamp, tz timestamptz, ti time, tt timetz, iv interval, u uuid, e mood,
       ip inet, mac macaddr, bi bit(3), j jsonb, x xml, ar text[], by bytea, p point, rg int4range, tv tsvector);
     INSERT INTO kinds VALUES (1, 't', 'v', 'DE', 1, 1.5, 1.5, 'Infinity', 12.5, true, '2024-02-29', '2024-02-29 10:00',
       'infinity', '10:00', '10:00+02', '1 mon 3 days', gen_random_uuid(), 'high', '10.0.0.1/8', '08:00:2b:01:02:03', B'101',
       '{"a":1}', '<a/>', '{a,b}', 'abc', '(1,2)', '[1,5)', 'a b');
     INSERT INTO kinds (id) VALUES (2);
     INSERT INTO kinds (id, d, n) VALUES (3, '0044-03-15 BC', 'NaN');`,
  );
  const table = await tableOf("kinds", "public", "kinds");
  const values: Record<string, string> = {
    d: "2024-02-29",
    ts: "2024-02-29T10:00",
    tz: "2024-02-29",
    ti: "10:00",
    tt: "10:00",
    b: "true",
    e: "high",
    ip: "10.0.0.0/8",
    mac: "08:00:2b:01:02:03",
    u: "00000000-0000-4000-8000-000000000000",
  };
  const { opsOf } = await import("@/lib/browse/filter-ops");
  for (const { name, type } of table.columns) {
    for (const op of opsOf(type)) {
      const value = values[name] ?? "1";
      const text =
        op.includes("null") || op === "empty" ? "" : `:${op === "between" ? `${value}..${value}` : value}`;
      await read(table, { f: `${name}:${op}${text}` });
    }
    const isSortable = parseTableState(table, { sort: name }).order.sort !== null;
    if (!isSortable) continue;
    expect(await walk(table, { sort: `-${name}` }, "before"), name).toEqual(
      await walk(table, { sort: `-${name}` }, "after"),
    );
  }
});

test("a table with 500 columns shows its first ones, and any that are chosen", async () => {
  const columns = Array.from({ length: 500 }, (_, index) => `c${index} int DEFAULT ${index}`).join(", ");
  await fill(
    "wide",
    `CREATE TABLE wide (id int PRIMARY KEY, ${columns}); INSERT INTO wide (id) SELECT generate_series(1, 60);`,
  );
  const table = await tableOf("wide", "public", "wide");
  expect(table.columns).toHaveLength(501);
  expect((await read(table, {})).page.rows[0]?.cells).toHaveLength(40);
  const { page } = await read(table, {
    cols: Array.from({ length: 120 }, (_, index) => `c${499 - index}`).join(","),
  });
  expect(page.rows[0]?.cells.slice(0, 2)).toEqual(["499", "498"]);
});

test("a table that is dropped, changed or closed while it is browsed is said to be so", async () => {
  const { owner } = await fill(
    "fading",
    `CREATE TABLE one (id int PRIMARY KEY, a text); CREATE TABLE two (id int PRIMARY KEY, a text);
     CREATE TABLE three (id int PRIMARY KEY, a text); CREATE MATERIALIZED VIEW four AS SELECT 1 AS a WITH NO DATA;`,
  );
  const failure = async (name: string) => {
    const table = await tableOf("fading", "public", name);
    const browsed = await browseTable(ana, table, parseTableState(table, {}));
    return browsed.ok ? "" : browsed.failure.reason;
  };
  expect(await failure("one")).toBe("");
  expect(await failure("four")).toBe("not-filled");
  await owner
    .unsafe("DROP TABLE one; ALTER TABLE two RENAME a TO b; REVOKE SELECT ON three FROM marigold_reader")
    .simple();
  expect(await failure("one")).toBe("table-gone");
  expect(await failure("two")).toBe("column-gone");
  expect(await failure("three")).toBe("no-right");
});

test("the first opening of a table in a session is on record, once, also of two tabs at a time", async () => {
  const ben = await signedIn(control, { name: "Ben", roles: ["agent"] });
  const table = await tableOf("wide", "public", "wide");
  await Promise.all([openTable(ben, table), openTable(ben, table)]);
  await openTable(ben, table);
  const events = await control.owner<{ code: string }[]>`
    SELECT code FROM audit_events WHERE actor_id = ${ben.actor.personId}`;
  expect(events.map(({ code }) => code)).toEqual(["browse.table_opened"]);
});

test("nobody without the role of an agent reads a row", async () => {
  const table = await tableOf("wide", "public", "wide");
  const state = parseTableState(table, {});
  await expect(browseTable(sam, table, state)).rejects.toMatchObject({ code: "not-permitted" });
  await expect(estimateTotal(sam, table, [])).rejects.toMatchObject({ code: "not-permitted" });
  await expect(openTable(sam, table)).rejects.toMatchObject({ code: "not-permitted" });
});
