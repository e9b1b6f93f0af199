import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { addSource, type AddedSource } from "@/lib/catalog/add-source";
import { changeConnection, removeSource, withStoredPassword } from "@/lib/catalog/change-source";
import { listSources, readConnectionView } from "@/lib/catalog/list-reviews";
import { openSource, readConnection } from "@/lib/catalog/open-source";
import { readTable } from "@/lib/catalog/read-table";
import { tryConnection } from "@/lib/catalog/try-connection";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, connectionOf, handMadeGrant } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
keepsPromises(control);
const secret = "canary-4711@marigold.example";
let database: TestDatabase;
let steward: Context;
let ana: Context;
let one: AddedSource;
let two: AddedSource;

beforeAll(async () => {
  steward = await signedIn(control, { name: "Sam", roles: ["steward"] });
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(`CREATE TABLE people (id int PRIMARY KEY, email text, born date, tags text[]);
    INSERT INTO people VALUES (1, '${secret}', '1980-01-01', '{${secret}}'), (2, NULL, NULL, NULL)`);
  await owner.end();
  one = await addedSource(steward, "One", database.url);
  two = await addedSource(steward, "Two", database.url);
});
afterAll(async () => {
  await closeAllPools();
  await database.drop();
});

const refused = (code: string) => ({ name: "Refusal", code });

describe("connections", () => {
  test("nothing that a page or the log gets to see holds the password", async () => {
    const { password } = connectionOf(database.url);
    const seen = JSON.stringify([await listSources(steward), await readConnectionView(steward, one.id)]);
    const stored = await control.owner`SELECT connection_sealed FROM sources`;
    const log = await control.owner`SELECT entry FROM audit_events`;
    for (const text of [seen, JSON.stringify(stored), JSON.stringify(log)])
      expect(text).not.toContain(password);
    expect((await readConnection(steward.db, one.id)).connection.password).toBe(password);
  });

  test.each([
    { host: "attacker.example" },
    { port: 5433 },
    { user: "other" },
    { tls: { mode: "require" } } as const,
  ])("a stored password is not sent elsewhere: %j", async (change) => {
    const entered = { ...connectionOf(database.url), password: "", ...change };
    await expect(withStoredPassword(steward, one.id, entered)).rejects.toMatchObject({
      code: "bad-input",
      fields: { password: expect.stringContaining("Enter the password again") as string },
    });
  });

  test("a sealed connection moved to another row opens nothing", async () => {
    const rows = await control.owner<
      { id: string; sealed: string }[]
    >`SELECT id, connection_sealed AS sealed FROM sources`;
    const [mine, other] = [rows.find(({ id }) => id === one.id), rows.find(({ id }) => id === two.id)];
    await control.owner`UPDATE sources SET connection_sealed = ${other?.sealed ?? ""} WHERE id = ${one.id}`;
    await expect(openSource(steward.db, { id: one.id })).rejects.toMatchObject(refused("connection-sealed"));
    expect(await readConnectionView(steward, one.id)).toBeNull();
    await control.owner`UPDATE sources SET connection_sealed = ${mine?.sealed ?? ""} WHERE id = ${one.id}`;
  });

  test("names and words of sources are taken once", async () => {
    const connection = connectionOf(database.url);
    const add = (name: string, slug: string) => addSource(steward, { name, slug, connection });
    await expect(add("ONE", "")).rejects.toMatchObject({ fields: { slug: expect.any(String) as string } });
    await expect(add("ONE", "uno")).rejects.toMatchObject({ fields: { name: expect.any(String) as string } });
    await expect(add("数据", "")).rejects.toMatchObject({ fields: { slug: expect.any(String) as string } });
  });

  test("tries are few in a minute, those sent at once included, and each is on record first", async () => {
    const eager = await signedIn(control, { name: "Sue", roles: ["steward"] });
    const nowhere = { ...connectionOf(database.url), port: 1 };
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => tryConnection(eager, nowhere)));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(12);
    const [onRecord] = await control.owner<{ tested: number; failed: number }[]>`
      SELECT count(*) FILTER (WHERE code = 'source.tested')::int AS tested,
        count(*) FILTER (WHERE code = 'source.test_failed')::int AS failed
      FROM audit_events WHERE actor_id = ${eager.actor.personId}`;
    expect(onRecord).toEqual({ tested: 12, failed: 12 });
  });

  test("a source that leads to another database loses its grants; one that is removed is gone with its password", async () => {
    const which = { source: "two", schema: "public", table: "people" };
    const table = await readTable(steward, which, "catalog");
    const first = await handMadeGrant(control, ana, table, ["email"]);
    const elsewhere = await emptySource();
    await changeConnection(steward, {
      sourceId: two.id,
      version: 1,
      connection: connectionOf(elsewhere.url),
    });
    const [moved] = await control.owner`SELECT state, closed_why FROM grants WHERE id = ${first}`;
    expect(moved).toEqual({ state: "revoked", closed_why: "source-changed" });
    await expect(removeSource(steward, { sourceId: two.id, version: 1 })).rejects.toMatchObject(
      refused("changed-meanwhile"),
    );
    await removeSource(steward, { sourceId: two.id, version: 2 });
    await expect(openSource(steward.db, { id: two.id })).rejects.toMatchObject(refused("not-found"));
    await expect(readTable(steward, which, "catalog")).rejects.toMatchObject(refused("not-found"));
    const [row] = await control.owner`SELECT connection_sealed FROM sources WHERE id = ${two.id}`;
    expect(row).toEqual({ connection_sealed: "" });
    await closeAllPools();
    await elsewhere.drop();
    expect((await addedSource(steward, "Two", database.url)).slug).toBe("two");
  });
});
