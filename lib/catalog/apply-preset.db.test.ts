import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { applyPreset, planPreset } from "@/lib/catalog/apply-preset";
import { presets } from "@/lib/catalog/presets";
import { readTable } from "@/lib/catalog/read-table";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import type { Mask } from "@/lib/masking/mask";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, confirmed, handMadeGrant } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
const hipaa = presets.find(({ id }) => id === "hipaa")!;
const email: Mask = { method: "partial", shape: "email" };
let sam: Context;
let ana: Context;
let database: TestDatabase;
let source: { id: string; slug: string };
let turn = 0;
const names = (table: string) => ({ source: source.slug, schema: "public", table });

beforeAll(async () => {
  ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
});
beforeEach(async () => {
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(`
    CREATE TABLE people (id int PRIMARY KEY, email text, born date, phone text, city text);
    CREATE TABLE staff (id int PRIMARY KEY, email text, zip text)`);
  await owner.end();
  source = await addedSource(sam, `Clinic ${turn++}`, database.url);
  await confirmed(sam, names("people"), {
    id: ["none", { method: "clear" }],
    email: ["email", email],
    born: ["birth_date", { method: "redact" }],
    phone: ["phone", { method: "redact" }],
  });
  await confirmed(sam, names("staff"), { email: ["email", { method: "clear" }] });
});
afterAll(closeAllPools);

const plan = () => planPreset(sam, source.id, hipaa);
const seen = async (how?: string) =>
  (await plan()).changes
    .filter((change) => how === undefined || change.how === how)
    .map(({ id, version }) => ({ id, version }));
const masks = async (table: string) =>
  Object.fromEntries(
    (await readTable({ ...sam }, names(table), "catalog")).columns.map(({ name, shown }) => [
      name,
      shown.mask,
    ]),
  );

test("tells of each confirmed column of the source what shows now and then, and of none that waits", async () => {
  const { changes, unchanged, more } = await plan();
  expect(changes.map(({ table, column, how }) => `${table}.${column} ${how}`)).toEqual([
    "public.people.email stricter",
    "public.people.born looser",
    "public.staff.email stricter",
  ]);
  expect(changes[0]).toMatchObject({ wanted: "redact" });
  expect({ unchanged, more }).toEqual({ unchanged: 2, more: 0 });
});

test("masks what was chosen in all tables at once, on record with the rule book, and keeps grants of the same class", async () => {
  const grant = await handMadeGrant(control, ana, await readTable(sam, names("people"), "catalog"), [
    "email",
  ]);
  const columns = await seen("stricter");
  const applied = await applyPreset(sam, { sourceId: source.id, preset: "hipaa", columns });
  expect(applied).toMatchObject({ count: 2, endedGrants: 0 });
  expect(await masks("people")).toMatchObject({ email: { method: "redact" }, born: { method: "redact" } });
  expect(await masks("staff")).toMatchObject({ email: { method: "redact" }, zip: { method: "hidden" } });
  const events = await control.owner<{ details: unknown }[]>`
    SELECT entry::jsonb -> 'details' AS details FROM audit_events WHERE code = 'catalog.confirmed' AND source_id = ${source.id}
    ORDER BY seq DESC LIMIT 2`;
  expect(events.map(({ details }) => details)).toEqual([
    { masks: ["redact"], preset: "HIPAA safe harbor" },
    { masks: ["redact"], preset: "HIPAA safe harbor" },
  ]);
  const [state] = await control.owner`SELECT state FROM grants WHERE id = ${grant}`;
  expect(state).toEqual({ state: "ready" });

  await reopenColumns(sam, { sourceId: source.id, which: { confirmedAt: applied.at } });
  expect(await masks("people")).toMatchObject({ email: { method: "hidden" }, born: { method: "redact" } });
  expect(await masks("staff")).toMatchObject({ email: { method: "hidden" } });
});

test("changes nothing when a column was changed meanwhile, waits, or is of no class the rule book speaks of", async () => {
  const columns = await seen();
  const before = [await masks("people"), await masks("staff")];
  const apply = (chosen: typeof columns) =>
    applyPreset(sam, { sourceId: source.id, preset: "hipaa", columns: chosen });
  const people = await readTable({ ...sam }, names("people"), "catalog");
  const [id, city] = ["id", "city"].map((name) => people.columns.find((column) => column.name === name)!);
  const changed = "changed-meanwhile";
  await expect(apply([...columns, { id: city!.id, version: city!.version }])).rejects.toThrow(changed);
  await expect(apply([...columns, { id: id!.id, version: id!.version }])).rejects.toThrow(changed);
  await expect(apply(columns.map((one) => ({ ...one, version: one.version + 1 })))).rejects.toThrow(changed);
  await expect(apply([...columns, ...columns])).rejects.toThrow("bad-input");
  await expect(applyPreset(ana, { sourceId: source.id, preset: "hipaa", columns })).rejects.toThrow(
    "not-permitted",
  );
  await expect(planPreset(ana, source.id, hipaa)).rejects.toThrow("not-permitted");
  expect([await masks("people"), await masks("staff")]).toEqual(before);
});
