import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { readTable } from "@/lib/catalog/read-table";
import { sampleColumn } from "@/lib/catalog/sample-masks";
import type { CatalogTable } from "@/lib/catalog/table";
import type { Mask } from "@/lib/masking/mask";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, confirmed } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
const which = { source: "shop", schema: "public", table: "people" };
const cards = { source: "shop", schema: "public", table: "cards" };
let steward: Context;
let database: TestDatabase;

beforeAll(async () => {
  steward = await signedIn(control, { name: "Sam", roles: ["steward"] });
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner
    .unsafe(`CREATE TABLE people (id int PRIMARY KEY, email text, born date, secret text, number text);
      INSERT INTO people SELECT n, 'x' || n % 3, '2000-01-01', 'hunter2', '4111111111111111' FROM generate_series(1, 400) n;
      CREATE TABLE cards (id int PRIMARY KEY, number text, last4 text, brand text);
      ANALYZE`)
    .simple();
  await owner.end();
  await addedSource(steward, "Shop", database.url);
});

afterAll(async () => {
  await closeAllPools();
  await database.drop();
});

type Table = typeof which;
const choose = (table: Table, name: string, classId: string, mask: Mask) =>
  confirmed(steward, table, { [name]: [classId, mask] });
const refused = { name: "Refusal", code: "bad-input" };

const token: Mask = { method: "pseudonym" };
const lastFour: Mask = { method: "partial", shape: "card" };
const clear: Mask = { method: "clear" };

describe("a class that opens for nobody", () => {
  test.each<Mask>([clear, token, { method: "partial", shape: "last", keep: 1 }, { method: "size" }])(
    "is not confirmed under %j",
    async (mask) => {
      for (const classId of ["password", "secret_token", "private_key", "otp_recovery", "card_security"]) {
        await expect(choose(which, "secret", classId, mask)).rejects.toMatchObject(refused);
      }
    },
  );

  test.each<Mask>([{ method: "hidden" }, { method: "redact" }])("is under %j", async (mask) => {
    await expect(choose(which, "secret", "password", mask)).resolves.toBeDefined();
  });
});

describe("a keyed hash of card numbers beside a part of them", () => {
  test("is refused across the tables of a source, in both orders, until the part is gone", async () => {
    await choose(which, "number", "pan", lastFour);
    await expect(choose(cards, "number", "pan", token)).rejects.toMatchObject(refused);
    await choose(which, "number", "pan", { method: "pseudonym", as: "card" });
    await choose(cards, "number", "pan", token);
    await expect(choose(which, "number", "pan", lastFour)).rejects.toMatchObject(refused);
    await expect(choose(cards, "last4", "payment_metadata", clear)).rejects.toMatchObject(refused);
    await choose(cards, "brand", "payment_metadata", clear);
  });
});

describe("a date that is moved", () => {
  const by = (person: string): Mask => ({ method: "shift", person });
  const born = (table: CatalogTable) => table.columns.find(({ name }) => name === "born")?.shown;

  test("is moved by a column of its own table and by no other", async () => {
    await expect(choose(which, "born", "birth_date", by("nobody"))).rejects.toMatchObject(refused);
    await expect(choose(which, "born", "birth_date", by("last4"))).rejects.toMatchObject(refused);
    expect(born(await choose(which, "born", "birth_date", by("id")))).toEqual({
      mask: by("id"),
      why: "confirmed",
    });
  });

  test("is hidden once that column cannot be read", async () => {
    const table = await choose(which, "born", "birth_date", by("email"));
    const readable = (is: boolean) => control.owner`
      UPDATE catalog_columns SET readable = ${is} WHERE table_id = ${table.id} AND name = 'email'`;
    await readable(false);
    expect(born(await readTable(steward, which, "catalog"))?.mask).toEqual({ method: "hidden" });
    await readable(true);
  });
});

test("samples say where a mask is weak, from what the planner of the source counted", async () => {
  const table = await readTable(steward, which, "catalog");
  const columnId = table.columns.find(({ name }) => name === "email")?.id ?? "";
  const { columns } = await sampleColumn(steward, { tableId: table.id, columnId, classId: "none" });
  const byMask = columns[columnId]?.byMask ?? {};
  expect(byMask["pseudonym"]?.weakness).toMatch(/fewer than 100 different values/u);
  expect(byMask["partial last 4"]?.weakness).toMatch(/tried out/u);
  expect(byMask["size"]?.weakness).toBeNull();
});
