import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { browseTable } from "@/lib/browse/browse-table";
import { encodeCursor } from "@/lib/browse/cursor";
import { readRecord } from "@/lib/browse/read-record";
import { parseTableState, type SearchParams } from "@/lib/browse/table-state";
import { listTables } from "@/lib/catalog/list-tables";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { checkHardening, hardenSource, softenSource } from "@/lib/hardening/harden-source";
import { findHandles } from "@/lib/lookups/look-up";
import { lookupColumns } from "@/lib/lookups/lookup-columns";
import { asProposed, useSources } from "@/lib/testing/browsable";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, loadSql, type TestDatabase } from "@/lib/testing/database";
import { type Hardened, prepareHardened } from "@/lib/testing/hardened";

const control = useControlDatabase();
const sources = useSources();
let ana: Context;
const toDrop: (() => Promise<void>)[] = [];

beforeAll(async () => {
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
});

/** A steward who has not tried a connection yet: there are few tries in a minute. */
const steward = () => signedIn(control, { name: "Sam", roles: ["steward"] });

type Prepared = Hardened & { id: string; slug: string; database: TestDatabase; owner: postgres.Sql };

async function prepared(database: TestDatabase, slug: string): Promise<Prepared> {
  const sam = await steward();
  const { id, owner } = await sources.add(sam, database, slug, asProposed);
  const hardened = await prepareHardened(sam, database, id);
  toDrop.push(hardened.drop);
  return { ...hardened, id, slug, database, owner };
}

async function wanted({ id, masked, reveal }: Prepared) {
  const [row] = await control.owner<{ version: number }[]>`SELECT version FROM sources WHERE id = ${id}`;
  return { sourceId: id, version: row!.version, masked, reveal };
}

const harden = async (source: Prepared) => hardenSource(await steward(), await wanted(source));
const wrongs = async (source: Prepared) =>
  (await checkHardening(await steward(), await wanted(source))).findings
    .filter(({ ok }) => !ok)
    .map(({ words }) => words);

/** A context of its own for each reading: what a page has read once it does not read again. */
const fresh = (ctx: Context): Context => ({ ...ctx });

async function tableOf(slug: string, schema: string, name: string): Promise<CatalogTable> {
  return readTable(fresh(ana), { source: slug, schema, table: name });
}

async function read(table: CatalogTable, search: SearchParams) {
  const state = parseTableState(table, search);
  expect(state.problems).toEqual([]);
  const browsed = await browseTable(fresh(ana), table, state);
  if (!browsed.ok) throw browsed.failure;
  return { state, page: browsed.page };
}

/** The first pages of a table under a search, with the cursors that lead from one to the next. */
async function pages(table: CatalogTable, search: SearchParams) {
  const found: unknown[] = [];
  let at: SearchParams = {};
  for (let page = 0; page < 3; page++) {
    const { state, page: rows } = await read(table, { ...search, ...at });
    const next = rows.after === null ? null : encodeCursor(state.order, rows.after);
    // Places are sealed anew each time.
    found.push([rows.rows, rows.hasMore, state.order.by === "place" ? null : next]);
    if (next === null) break;
    at = { after: next };
  }
  return found;
}

/** Views whose texts are put together in whatever order the rows come, which is another one with every plan. */
const unordered = new Set(["actor_info", "film_list", "nicer_but_slower_film_list"]);

/** All that is read of a source on its pages, byte for byte. */
async function everything(slug: string): Promise<string[]> {
  const source = (await listTables(fresh(ana))).find((one) => one.slug === slug);
  const found: string[] = [];
  for (const { schema, name } of source?.tables ?? []) {
    if (unordered.has(name)) continue;
    const table = await tableOf(slug, schema, name);
    const clear = table.columns.filter(({ shown }) => shown.mask.method === "clear").slice(0, 3);
    const searches: SearchParams[] = [
      { size: "25" },
      { size: "25", before: "end" },
      ...clear.flatMap((column) => [
        { size: "25", sort: column.name },
        { size: "25", sort: `-${column.name}` },
      ]),
    ];
    for (const search of searches) {
      const state = parseTableState(table, search);
      if (state.problems.length > 0) continue;
      found.push(JSON.stringify([schema, name, search, await pages(table, search)]));
    }
    const first = (await read(table, { size: "25" })).page.rows[0]?.handle;
    if (typeof first === "string")
      found.push(JSON.stringify([schema, name, first, await readRecord(fresh(ana), table, first)]));
  }
  return found;
}

describe.each(["pagila", "chinook", "northwind"] as const)("%s", (name) => {
  test("pages, orders, cursors and records of a hardened source are those of the same source, byte for byte", async () => {
    const source = await prepared(await loadSql(name), name);
    if (name === "pagila") await source.owner`REFRESH MATERIALIZED VIEW rental_by_category`;
    if (name === "pagila")
      await source.owner`REVOKE EXECUTE ON FUNCTION rewards_report(integer, numeric) FROM PUBLIC`;
    const before = await everything(name);
    expect(before.length).toBeGreaterThan(10);
    expect(await wrongs(source)).toEqual([]);
    await harden(source);
    expect(await everything(name)).toEqual(before);
    await softenSource(await steward(), await wanted(source));
    expect(await everything(name)).toEqual(before);
  });
});

const shop = `
  CREATE SCHEMA "o'dd ""schema";
  CREATE TYPE "o'dd ""schema".mood AS ENUM ('ok', 'sad');
  CREATE TABLE "o'dd ""schema"."cust;omers --" (
    id int PRIMARY KEY, email text NOT NULL, "last ""name'; DROP" text, mood "o'dd ""schema".mood, country text);
  INSERT INTO "o'dd ""schema"."cust;omers --"
    SELECT n, 'jane' || n || '@example.com', 'Miller' || n, (ARRAY['ok', 'sad'])[1 + n % 2]::"o'dd ""schema".mood, 'DE'
    FROM generate_series(1, 60) AS n;
  CREATE TABLE members (email text PRIMARY KEY, joined date);
  INSERT INTO members SELECT 'jane' || n || '@example.com', '2024-01-01' FROM generate_series(1, 40) AS n;
  CREATE TABLE "${"t".repeat(63)}" (id int PRIMARY KEY, ${Array.from({ length: 40 }, (_, n) => `"c ${n}" int`).join(", ")});
  CREATE TABLE nothing ();`;

async function shopSource(slug: string, more = ""): Promise<Prepared> {
  const database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(shop + more).simple();
  await owner.end();
  return prepared(database, slug);
}

const odd = `o'dd "schema`;
const customers = "cust;omers --";

describe("a shop with hostile names", () => {
  let source: Prepared;
  let masked: postgres.Sql;
  beforeAll(async () => {
    source = await shopSource("shop");
    masked = postgres(source.masked, { max: 1, onnotice: ({ message }) => notices.push(message ?? "") });
  });
  afterAll(() => masked.end({ timeout: 5 }));
  const notices: string[] = [];
  const viewOfCustomers = async () =>
    `glimpse_masked.t_${(await tableOf("shop", odd, customers)).id.replaceAll("-", "")}`;

  test("the SQL runs twice, and what it leaves is found to be right", async () => {
    await source.again();
    expect(await wrongs(source)).toEqual([]);
  });

  test("the masked role reads no table and no key, neither by itself nor by a view's text", async () => {
    const refused = (query: string) => expect(masked.unsafe(query)).rejects.toMatchObject({ code: "42501" });
    await refused(`SELECT email FROM "o'dd ""schema"."cust;omers --"`);
    await refused(`SELECT email FROM public.members`);
    await refused(`SELECT inner_pad FROM glimpse_keys.mask_keys`);
    await refused(`SELECT * FROM pg_catalog.pg_statistic`);
    const texts = await masked.unsafe(
      `SELECT pg_get_viewdef(c.oid) AS text FROM pg_class c WHERE relnamespace = 'glimpse_masked'::regnamespace`,
    );
    expect(texts.map(({ text }) => text).join("\n")).not.toMatch(/\\x[0-9a-f]{16}/u);
    const shown = JSON.stringify(await masked.unsafe(`SELECT * FROM ${await viewOfCustomers()}`));
    expect(shown).not.toMatch(/jane\d+@example|Miller\d/u);
  });

  test("a cheap function in a filter is told nothing that the view does not show", async () => {
    const admin = postgres(source.database.superuserUrl, { max: 1 });
    await admin.unsafe(`GRANT TEMPORARY ON DATABASE "${source.database.name}" TO PUBLIC`);
    await admin.end();
    await masked.unsafe("SET default_transaction_read_only = off");
    await masked
      .unsafe(`
      CREATE FUNCTION pg_temp.spy(anyelement) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS
        $$ BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END $$`)
      .simple();
    const view = await viewOfCustomers();
    await masked.unsafe(`SELECT count(*) FROM ${view} AS row WHERE pg_temp.spy(row)`);
    const columns = await masked.unsafe(`SELECT * FROM ${view} LIMIT 0`);
    for (const { name } of columns.columns)
      await masked.unsafe(`SELECT count(*) FROM ${view} WHERE pg_temp.spy(("${name}")::text)`);
    expect(notices.some((notice) => notice.startsWith("saw"))).toBe(true);
    expect(notices.join("\n")).not.toMatch(/jane\d+@example|Miller\d/u);
  });

  test("records are looked up by what is masked, filtered by an enumeration, and named by tokens", async () => {
    await harden(source);
    const table = await tableOf("shop", odd, customers);
    const email = lookupColumns(table).find(({ column }) => column.name === "email");
    const found = await findHandles(fresh(ana), table, email!, " JANE7@example.com");
    expect(found).toEqual([Buffer.from('["7"]').toString("base64url")]);
    expect(await findHandles(fresh(ana), table, email!, "jane99@example.com")).toEqual([]);
    const members = await tableOf("shop", "public", "members");
    const { page } = await read(members, {});
    expect(page.rows).toHaveLength(40);
    const handle = page.rows[0]!.handle!;
    expect(handle).toMatch(/^t_[0-9a-f]{32}$/u);
    expect((await readRecord(fresh(ana), members, handle)).state).toBe("found");
  });

  test("what was masked since the SQL ran is not shown, until it runs again", async () => {
    const table = await tableOf("shop", odd, customers);
    expect(JSON.stringify((await read(table, {})).page.rows)).toContain('"DE"');
    await control.owner`UPDATE catalog_columns SET mask = '{"method":"redact"}' WHERE table_id = ${table.id} AND name = 'country'`;
    const masked = await tableOf("shop", odd, customers);
    await expect(read(masked, {})).rejects.toMatchObject({ reason: "views-stale" });
    const handle = Buffer.from('["7"]').toString("base64url");
    expect(await readRecord(fresh(ana), masked, handle)).toMatchObject({ state: "failed" });
    expect(await wrongs(source)).toEqual([expect.stringContaining("Out of date")]);
    await source.again();
    expect(JSON.stringify((await read(masked, {})).page.rows)).not.toContain('"DE"');
    expect(await wrongs(source)).toEqual([]);
  });

  test("a view that somebody changed, added or took away is found, and so is every right too many", async () => {
    const admin = postgres(source.database.superuserUrl, { max: 1, onnotice: () => {} });
    const view = await viewOfCustomers();
    const role = new URL(source.masked).username;
    const found = async (change: string, words: string) => {
      await admin.unsafe(change).simple();
      expect((await wrongs(source)).join("\n")).toContain(words);
    };
    await found(`ALTER VIEW ${view} SET (security_barrier = false)`, "No security barriers");
    await found(`CREATE VIEW glimpse_masked.more AS SELECT * FROM public.members`, "Also there: more");
    await found(`ALTER VIEW ${view} RENAME COLUMN id TO number`, "Not as Glimpse made them");
    await admin.unsafe(`DROP VIEW ${view}`);
    await found("SELECT 1", "Without a view");
    await source.again();
    expect(await wrongs(source)).toEqual([]);
    await found(`GRANT SELECT (email) ON public.members TO PUBLIC`, "It may read: public.members");
    await admin.unsafe(`REVOKE SELECT (email) ON public.members FROM PUBLIC`);
    await found(`GRANT pg_read_all_data TO "${role}"`, "It has the rights of: pg_read_all_data");
    await admin.unsafe(`REVOKE pg_read_all_data FROM "${role}"`);
    await found(`ALTER ROLE "${role}" BYPASSRLS`, "It is more than a login: BYPASSRLS");
    await admin.unsafe(`ALTER ROLE "${role}" NOBYPASSRLS`);
    await found(
      `CREATE FUNCTION public.leak() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT max(email) FROM public.members'`,
      "public.leak",
    );
    await admin.unsafe(`DROP FUNCTION public.leak()`);
    await found(`GRANT USAGE ON SCHEMA glimpse_keys TO "${role}"`, "may read the keys");
    await admin.unsafe(`REVOKE USAGE ON SCHEMA glimpse_keys FROM "${role}"`);
    expect(await wrongs(source)).toEqual([]);
    await admin.end();
  });
});

test("a source whose check fails is not hardened", async () => {
  const source = await shopSource(
    "unready",
    "CREATE TABLE open (id int PRIMARY KEY); GRANT SELECT ON open TO PUBLIC;",
  );
  await expect(harden(source)).rejects.toMatchObject({ code: "not-hardened" });
  const both = await wanted({ ...source, reveal: source.masked });
  expect((await checkHardening(await steward(), both)).ok).toBe(false);
});

test("the schema of somebody else is not filled with keys", async () => {
  const database = await emptySource();
  const filler = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await filler`CREATE TABLE one (id int PRIMARY KEY)`;
  await filler.end();
  const sam = await steward();
  const { id, owner } = await sources.add(sam, database, "squatted", asProposed);
  const admin = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
  await admin.unsafe(`CREATE SCHEMA glimpse_keys AUTHORIZATION marigold_reader`);
  await admin.end();
  const ran = prepareHardened(sam, { ...database, superuserUrl: database.ownerUrl }, id);
  await expect(ran).rejects.toThrow();
  expect(await owner`SELECT FROM pg_class WHERE relname = 'mask_keys'`).toHaveLength(0);
});

afterAll(async () => {
  for (const drop of toDrop) await drop();
});
