import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import type { AddedSource } from "@/lib/catalog/add-source";
import { readDiscovery } from "@/lib/catalog/read-discovery";
import { readDrift, seeDrift } from "@/lib/catalog/read-drift";
import { readTable } from "@/lib/catalog/read-table";
import { runDiscovery } from "@/lib/catalog/run-discovery";
import { startDueChecks } from "@/lib/catalog/tend-discoveries";
import { readHome } from "@/lib/home/read-home";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, confirmed, handMadeGrant } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
let database: TestDatabase;
let owner: postgres.Sql;
let sam: Context;
let source: AddedSource;
let turn = 0;

beforeAll(async () => {
  database = await emptySource();
  owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
});
beforeEach(async () => {
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  await owner.unsafe(`DROP TABLE IF EXISTS people;
    CREATE TABLE people (id int PRIMARY KEY, email text NOT NULL, city text, note text)`);
  source = await addedSource(sam, `News ${turn++}`, database.url);
});
afterAll(async () => {
  await closeAllPools();
  await owner.end();
  await database.drop();
});

const people = () => ({ source: source.slug, schema: "public", table: "people" });
const news = async () => (await readDrift(sam, { sourceId: source.id }))[0];

/** A day goes by, and the clock starts what is due; the job is done here. */
async function aDayLater(): Promise<void> {
  await control.owner`UPDATE sources SET created_at = created_at - interval '1 day' WHERE id = ${source.id}`;
  await control.owner`UPDATE discoveries SET created_at = created_at - interval '1 day' WHERE source_id = ${source.id}`;
  await startDueChecks();
  const [due] = await control.owner<{ id: string }[]>`
    SELECT id FROM discoveries WHERE source_id = ${source.id} AND ended_at IS NULL`;
  await runDiscovery(systemContext(), due!.id);
}

test("the first scan of a source tells no news", async () => {
  expect(await news()).toBeUndefined();
});

test("what changed overnight is hidden, ends its grants, and is told on the page of the source and at home", async () => {
  const ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
  const table = await confirmed(sam, people(), {
    id: ["none", { method: "clear" }],
    email: ["email", { method: "redact" }],
    city: ["city", { method: "clear" }],
  });
  const grant = await handMadeGrant(control, ana, table, ["email"]);
  await owner.unsafe(`ALTER TABLE people ADD COLUMN iban text, ADD COLUMN phone text,
    ALTER COLUMN email TYPE varchar(80), DROP COLUMN note`);
  await aDayLater();
  expect(await news()).toMatchObject({
    words: "2 new columns and 1 changed are hidden; 1 is gone",
    tables: [
      { schema: "public", table: "people", new: ["iban", "phone"], changed: ["email"], gone: ["note"] },
    ],
  });
  expect((await readHome(sam)).catalogue?.drift).toContainEqual(
    expect.objectContaining({ words: "2 new columns and 1 changed are hidden; 1 is gone" }),
  );
  expect((await readHome(ana)).catalogue).toBeNull();
  expect(await readDiscovery(sam, source.id)).toMatchObject({ state: "done", why: "scheduled", by: null });
  const [ended] = await control.owner`SELECT state, closed_why FROM grants WHERE id = ${grant}`;
  expect(ended).toEqual({ state: "revoked", closed_why: "column-changed" });
});

test("news is told until a steward has confirmed the column or seen it, and nothing shows by that", async () => {
  await owner.unsafe("ALTER TABLE people ADD COLUMN iban text, ADD COLUMN phone text");
  await aDayLater();
  const table = await confirmed(sam, people(), { iban: ["iban", { method: "redact" }] });
  expect(await news()).toMatchObject({ words: "1 new column is hidden" });
  expect(await readDrift(sam, { tableId: table.id })).toHaveLength(1);
  await seeDrift(sam, { sourceId: source.id });
  expect(await news()).toBeUndefined();
  const phone = (await readTable(sam, people(), "catalog")).columns.find(({ name }) => name === "phone");
  expect(phone?.shown).toEqual({ mask: { method: "hidden" }, why: "unconfirmed" });
  await owner.unsafe("ALTER TABLE people ADD COLUMN fax text");
  await aDayLater();
  expect(await news()).toMatchObject({ words: "1 new column is hidden" });
});

test("nobody but a steward reads the news or puts it away", async () => {
  const ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
  await expect(readDrift(ana)).rejects.toMatchObject({ code: "not-permitted" });
  await expect(readDiscovery(ana, source.id)).rejects.toMatchObject({ code: "not-permitted" });
  await expect(seeDrift(ana, { sourceId: source.id })).rejects.toMatchObject({ code: "not-permitted" });
});
