import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { browseTable } from "@/lib/browse/browse-table";
import { readRecord } from "@/lib/browse/read-record";
import { parseTableState } from "@/lib/browse/table-state";
import type { AddedSource } from "@/lib/catalog/add-source";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { openSource } from "@/lib/catalog/open-source";
import { readTable } from "@/lib/catalog/read-table";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { scanSource } from "@/lib/catalog/scan-source";
import type { CatalogTable } from "@/lib/catalog/table";
import type { Mask } from "@/lib/masking/mask";
import { closeAllPools, maxConnections } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";
import { addedSource, confirmed, handMadeGrant } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
keepsPromises(control);
const clear: Mask = { method: "clear" };
const email: Mask = { method: "partial", shape: "email" };
let database: TestDatabase;
let owner: postgres.Sql;
let sam: Context;
let ana: Context;
let source: AddedSource;
let turn = 0;
const names = () => ({ source: source.slug, schema: "public", table: "people" });

beforeAll(async () => {
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
});
beforeEach(async () => {
  // A new steward each time: one person may try few connections in a minute.
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  database = await emptySource();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(`
    CREATE TABLE people (id int PRIMARY KEY, email text NOT NULL, city text, born date, note text);
    CREATE TABLE orders (id int PRIMARY KEY, person_id int REFERENCES people, total numeric)`);
  source = await addedSource(sam, `drift ${turn++}`, database.url);
});
afterAll(closeAllPools);

async function confirmedPeople(): Promise<CatalogTable> {
  return confirmed(sam, names(), {
    id: ["none", clear],
    email: ["email", email],
    city: ["city", clear],
  });
}

async function shown(): Promise<Record<string, string>> {
  const table = await readTable(ana, names());
  return Object.fromEntries(
    table.columns.map((column) => [column.name, `${column.shown.mask.method}, ${column.shown.why}`]),
  );
}

const rescan = () => scanSource(sam, { sourceId: source.id });
const stateOf = async (grantId: string) =>
  (await control.owner`SELECT state, closed_why FROM grants WHERE id = ${grantId}`)[0];
const codes = async () =>
  (
    await control.owner<
      { code: string }[]
    >`SELECT code FROM audit_events WHERE source_id = ${source.id} ORDER BY seq`
  ).map((row) => row.code);

describe("schema drift fails closed", () => {
  test("a new column is hidden; what was confirmed shows on", async () => {
    await confirmedPeople();
    await owner`ALTER TABLE people ADD COLUMN iban text`;
    expect(await rescan()).toMatchObject({ newColumns: 1, changedColumns: 0, goneColumns: 0 });
    expect(await shown()).toMatchObject({
      email: "partial, confirmed",
      city: "clear, confirmed",
      iban: "hidden, unconfirmed",
    });
  });

  test("a retyped column is hidden, its grant ends on record, and its old choice is kept for the steward", async () => {
    const table = await confirmedPeople();
    const grant = await handMadeGrant(control, ana, table, ["email"]);
    await owner`ALTER TABLE people ALTER COLUMN email TYPE varchar(80)`;
    expect(await rescan()).toMatchObject({ changedColumns: 1, endedGrants: 1 });
    expect(await shown()).toMatchObject({ email: "hidden, suspended", city: "clear, confirmed" });
    expect(await stateOf(grant)).toEqual({ state: "revoked", closed_why: "column-changed" });
    expect((await codes()).slice(-4)).toEqual([
      "source.scanned",
      "catalog.suspended",
      "grant.revoked",
      "source.discovered",
    ]);
    const column = (await readTable(sam, names(), "catalog")).columns.find(({ name }) => name === "email");
    expect(column).toMatchObject({ classId: "email", lastMask: email, mask: { method: "hidden" } });
  });

  test("a column dropped and made again under its name is another column", async () => {
    await confirmedPeople();
    await owner`ALTER TABLE people DROP COLUMN city`;
    await owner`ALTER TABLE people ADD COLUMN city text`;
    expect(await rescan()).toMatchObject({ changedColumns: 1 });
    expect((await shown())["city"]).toBe("hidden, suspended");
  });

  test("two columns that swap their names are both hidden", async () => {
    await confirmed(sam, names(), { city: ["city", clear], note: ["free_text", { method: "redact" }] });
    await owner.unsafe(`ALTER TABLE people RENAME city TO old; ALTER TABLE people RENAME note TO city;
      ALTER TABLE people RENAME old TO note`);
    await rescan();
    expect(await shown()).toMatchObject({ city: "hidden, suspended", note: "hidden, suspended" });
  });

  test("a column that went and came back stays hidden", async () => {
    await confirmedPeople();
    await owner`ALTER TABLE people RENAME city TO town`;
    expect(await rescan()).toMatchObject({ newColumns: 1, goneColumns: 1 });
    await owner`ALTER TABLE people RENAME town TO city`;
    await rescan();
    expect((await shown())["city"]).toBe("hidden, suspended");
  });

  test("a table that went is found by nobody who browses, its grants end, and it comes back hidden", async () => {
    const grant = await handMadeGrant(control, ana, await confirmedPeople(), ["email"]);
    await owner`DROP TABLE people CASCADE`;
    expect(await rescan()).toMatchObject({ goneTables: 1, goneColumns: 5, endedGrants: 1 });
    await expect(readTable(ana, names())).rejects.toMatchObject({ code: "not-found" });
    expect(await readTable(sam, names(), "catalog")).toMatchObject({ gone: true });
    expect(await stateOf(grant)).toMatchObject({ state: "revoked" });
    await owner`CREATE TABLE people (id int PRIMARY KEY, email text NOT NULL, city text, born date, note text)`;
    expect(await rescan()).toMatchObject({ newTables: 1 });
    expect((await shown())["city"]).toBe("hidden, suspended");
  });

  test("grants end when records are named by another key from now on", async () => {
    const grant = await handMadeGrant(control, ana, await confirmedPeople(), ["email"]);
    await owner.unsafe(
      "ALTER TABLE people DROP CONSTRAINT people_pkey CASCADE; ALTER TABLE people ADD PRIMARY KEY (email)",
    );
    expect(await rescan()).toMatchObject({ endedGrants: 1 });
    expect(await stateOf(grant)).toEqual({ state: "revoked", closed_why: "key-changed" });
  });

  test("a column that our role may not select is hidden, and fails nothing", async () => {
    await confirmedPeople();
    await owner.unsafe(`REVOKE SELECT ON people FROM marigold_reader;
      GRANT SELECT (id, city) ON people TO marigold_reader`);
    await rescan();
    expect(await shown()).toMatchObject({ email: "hidden, unreadable", city: "clear, confirmed" });
  });

  test("a source that does not answer leaves the catalogue as it was, on record", async () => {
    await confirmedPeople();
    const before = await shown();
    await owner.unsafe(`REVOKE CONNECT ON DATABASE ${database.name} FROM marigold_reader, PUBLIC`);
    await closeAllPools();
    await expect(rescan()).rejects.toMatchObject({ name: "Refusal" });
    expect(await shown()).toEqual(before);
    expect((await codes()).at(-1)).toBe("source.scan_failed");
  });
});

describe("what changed a moment ago, before any scan", () => {
  const browse = async () => {
    const table = await readTable(ana, names());
    return browseTable(ana, table, parseTableState(table, {}));
  };
  const past = () =>
    control.owner`UPDATE sources SET scanned_at = clock_timestamp() - interval '1 hour' WHERE id = ${source.id}`;

  test.each([
    ["retyped", "ALTER TABLE people ALTER COLUMN city TYPE varchar(40)"],
    ["made again", "ALTER TABLE people DROP COLUMN city; ALTER TABLE people ADD COLUMN city text"],
    [
      "swapped",
      "ALTER TABLE people RENAME city TO x; ALTER TABLE people RENAME note TO city; ALTER TABLE people RENAME x TO note",
    ],
    ["dropped", "ALTER TABLE people DROP COLUMN city"],
  ])(
    "a clear column that was %s is not shown: the page says so, compares again, and then hides it",
    async (_, change) => {
      await owner`INSERT INTO people (id, email, city, note) VALUES (1, 'a@b.example', 'Bonn', 'canary')`;
      await confirmedPeople();
      expect(await browse()).toMatchObject({ ok: true });
      await owner.unsafe(change);
      await past();
      const table = await readTable(ana, names());
      const handle = encodeHandle({ kind: "values", values: ["1"] });
      expect(await readRecord(ana, table, handle)).toMatchObject({
        state: "failed",
        failure: { reason: "column-gone" },
      });
      const again = await browse();
      expect(JSON.stringify(again)).not.toContain("canary");
      expect(again).toMatchObject({ ok: true });
      expect((await shown())["city"] ?? "gone").toMatch(/^hidden|^gone/u);
      expect((await codes()).filter((code) => code === "source.scanned")).toHaveLength(2);
    },
  );

  test("a column that was added hinders nobody", async () => {
    await confirmedPeople();
    await owner`ALTER TABLE people ADD COLUMN iban text`;
    expect(await browse()).toMatchObject({ ok: true });
  });
});

test("a source that has restarted is scanned at once, and no connection for browsing is lost by it", async () => {
  const pool = await openSource(sam.db, { id: source.id });
  const ask = () => runSelect(pool, { text: "SELECT 1", params: [] }, { timeoutMs: 5_000 });
  const admin = postgres(database.superuserUrl, { max: 1 });
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: maxConnections }, ask));
    const thrownOut = await admin`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'glimpse' AND datname = current_database()`;
    expect(thrownOut.length).toBeGreaterThan(0);
    expect(await rescan()).toMatchObject({ tables: 2 });
  }
  await admin.end();
  expect(await Promise.all([ask(), ask()])).toEqual([[["1"]], [["1"]]]);
});

test("foreign keys are known from both ends", async () => {
  const people = await readTable(ana, names());
  const orders = await readTable(ana, { ...names(), table: "orders" });
  expect(people.referredBy).toMatchObject([
    { columns: ["id"], other: { name: "orders" }, otherColumns: ["person_id"] },
  ]);
  expect(orders.refersTo).toMatchObject([
    { columns: ["person_id"], other: { name: "people" }, otherColumns: ["id"] },
  ]);
});

test("a table of 500 columns is scanned and confirmed within seconds", async () => {
  const columns = Array.from({ length: 500 }, (_, at) => `"column ${at}" text`);
  await owner.unsafe(`CREATE TABLE wide (id int PRIMARY KEY, ${columns.join(", ")})`);
  const started = performance.now();
  expect(await rescan()).toMatchObject({ newTables: 1, newColumns: 501 });
  const wide = await readTable(sam, { ...names(), table: "wide" }, "catalog");
  const choices = wide.columns.map(({ id, version }) => ({ id, version, classId: "none", mask: clear }));
  await confirmColumns(sam, { sourceId: source.id, choices });
  expect(performance.now() - started).toBeLessThan(10_000);
});

describe("grants and the classes that they opened", () => {
  test("another class of a granted column ends its grants; another mask of the same class does not", async () => {
    let table = await confirmedPeople();
    const grant = await handMadeGrant(control, ana, table, ["email"]);
    table = await confirmed(sam, names(), { email: ["email", { method: "redact" }] });
    expect(await stateOf(grant)).toMatchObject({ state: "ready" });
    await confirmed(sam, names(), { email: ["username", { method: "redact" }] });
    expect(await stateOf(grant)).toEqual({ state: "revoked", closed_why: "column-changed" });
  });

  test("reopening a column hides it and ends its grants; other grants live on", async () => {
    const table = await confirmedPeople();
    const ends = await handMadeGrant(control, ana, table, ["email"]);
    const stays = await handMadeGrant(control, ana, table, ["city"]);
    const column = table.columns.find(({ name }) => name === "email");
    const columns = [{ id: column?.id ?? "", version: column?.version ?? 0 }];
    expect(await reopenColumns(sam, { sourceId: source.id, which: { columns } })).toEqual({
      count: 1,
      endedGrants: 1,
    });
    expect((await shown())["email"]).toBe("hidden, unconfirmed");
    expect(await stateOf(ends)).toMatchObject({ state: "revoked" });
    expect(await stateOf(stays)).toMatchObject({ state: "ready" });
  });

  test("a confirmation is taken back as one, by the moment it was made", async () => {
    const table = await readTable(sam, names(), "catalog");
    const choices = table.columns.map(({ id, version }) => ({ id, version, classId: "none", mask: clear }));
    const { at, count } = await confirmColumns(sam, { sourceId: source.id, choices });
    const other = await signedIn(control, { name: "Sue", roles: ["steward"] });
    const undo = { sourceId: source.id, which: { confirmedAt: at } };
    await expect(reopenColumns(other, undo)).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect(await reopenColumns(sam, undo)).toMatchObject({ count });
    expect(Object.values(await shown()).every((how) => how === "hidden, unconfirmed")).toBe(true);
  });
});
