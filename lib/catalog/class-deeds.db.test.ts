import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { columnView } from "@/lib/browse/column-view";
import { addClass, changeClass, retireClass, setClassMask } from "@/lib/catalog/class-deeds";
import { addClassForm, changeClassForm } from "@/lib/catalog/class-form";
import { ClearColumn } from "@/lib/catalog/clear-column";
import { confirmProposals } from "@/lib/catalog/confirm-proposals";
import { listClasses } from "@/lib/catalog/list-classes";
import { readClasses } from "@/lib/catalog/read-classes";
import { readTable } from "@/lib/catalog/read-table";
import { reviewOf } from "@/lib/catalog/review";
import { scanSource } from "@/lib/catalog/scan-source";
import type { CatalogColumn } from "@/lib/catalog/table";
import { checkableFields, lookupColumns } from "@/lib/lookups/lookup-columns";
import { previewRequest } from "@/lib/requests/preview-request";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, confirmed, handMadeGrant } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
keepsPromises(control);
const which = { source: "shop", schema: "public", table: "staff" };
let sam: Context;
let ana: Context;
let database: TestDatabase;
let sourceId: string;

beforeAll(async () => {
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  const max = await signedIn(control, { name: "Max", roles: ["approver"] });
  ana = await signedIn(control, { name: "Ana", roles: ["agent"], managerId: max.actor.personId });
  database = await emptySource();
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => {} });
  await owner
    .unsafe(`CREATE TABLE staff (id int PRIMARY KEY, locker_code text, desk text, "badgeNumber" text);
      INSERT INTO staff SELECT n, 'L' || n, 'D' || n, 'B-' || n FROM generate_series(1, 50) n`)
    .simple();
  await owner.end();
  sourceId = (await addedSource(sam, "Shop", database.url)).id;
});

afterAll(async () => {
  await closeAllPools();
  await database.drop();
});

const entered = {
  title: "Locker",
  group: "other",
  sensitivity: "3",
  regulations: "House rule 7, GDPR",
  mask: "partial first 2",
  maxRevealMinutes: "10",
  words: "",
};
const form = (change: Partial<typeof entered> = {}) => addClassForm.parse({ ...entered, ...change });
const change = (id: string, version: number, more: Record<string, string>) =>
  changeClassForm.parse({ ...entered, classId: id, version, ...more });
const codes = async () =>
  (await control.owner<{ code: string }[]>`SELECT code FROM audit_events ORDER BY seq DESC LIMIT 6`).map(
    ({ code }) => code,
  );

async function column(name: string, ctx = ana): Promise<CatalogColumn> {
  const table = await readTable({ ...ctx, db: ctx.db }, which, ctx === ana ? "browse" : "catalog");
  return table.columns.find((one) => one.name === name)!;
}

async function grantState(id: string): Promise<string> {
  const [row] = await control.owner<{ state: string }[]>`SELECT state FROM grants WHERE id = ${id}`;
  return row!.state;
}

describe("a class of the stewards' own", () => {
  let id: string;

  test("is added on record, chosen among the others, and treats its columns everywhere as it says", async () => {
    ({ id } = await addClass(sam, form()));
    expect(id).toBe("own_locker");
    expect((await codes())[0]).toBe("class.added");
    const table = await confirmed(sam, which, {
      locker_code: [id, { method: "partial", shape: "first", keep: 2 }],
      id: ["none", { method: "clear" }],
    });
    const review = reviewOf(table, await readClasses(sam.db));
    expect(review.classes.find((one) => one.id === id)).toMatchObject({ title: "Locker", sensitivity: 3 });
    const locker = await column("locker_code");
    expect(locker.shown.why).toBe("confirmed");
    expect(columnView(locker)).toMatchObject({
      classTitle: "Locker",
      sensitivity: 3,
      look: "masked",
      field: { classId: id, neverOpens: false },
    });
    expect(ClearColumn.of(locker)).toBeNull();
    expect(lookupColumns(table).concat([])).toEqual([]);
    expect(checkableFields(table)).toEqual([]);
  });

  test("is asked for under its title and for no longer than it allows", async () => {
    const table = await readTable(ana, which);
    const { brief, choices, capped } = await previewRequest(ana, {
      tableId: table.id,
      records: ["WyIxIl0"],
      fields: [{ columnId: (await column("locker_code")).id, level: "full" }],
      purpose: "customer-contact",
      reason: "The locker has to be opened.",
      ticket: null,
      viewSeconds: 1_800,
    });
    expect(brief.fields).toMatchObject([{ classTitle: "Locker", sensitivity: 3 }]);
    expect(choices.longestSeconds).toBe(600);
    expect(capped).toContain("Locker");
  });

  test("is listed first, with the number of its columns", async () => {
    const [first] = await listClasses(sam);
    expect(first).toMatchObject({ id, columns: 1, own: { version: 1, words: [] } });
    await expect(listClasses(ana)).rejects.toMatchObject({ code: "not-permitted" });
  });

  test.each([
    ["of a built-in class", "E-mail address"],
    ["of another one, in whatever case", "LOCKER"],
  ])("has not the name %s", async (_, title) => {
    await expect(addClass(sam, form({ title }))).rejects.toMatchObject({ code: "bad-input" });
  });

  test("is changed by nobody but stewards, and not from a page that is out of date", async () => {
    await expect(addClass(ana, form({ title: "Other" }))).rejects.toMatchObject({ code: "not-permitted" });
    await expect(changeClass(ana, change(id, 1, {}))).rejects.toMatchObject({ code: "not-permitted" });
    await expect(retireClass(ana, { classId: id, version: 1 })).rejects.toMatchObject({
      code: "not-permitted",
    });
    await expect(changeClass(sam, change(id, 7, {}))).rejects.toMatchObject({ code: "changed-meanwhile" });
  });

  test.each([
    ["a lower sensitivity", { sensitivity: "2" }],
    ["a longer reveal", { maxRevealMinutes: "60" }],
  ])("in use takes %s only when it is accepted", async (_, weaker) => {
    await expect(changeClass(sam, change(id, 1, weaker))).rejects.toMatchObject({ code: "class-in-use" });
  });

  test("ends the grants on its columns when its sensitivity changes, and keeps them when its name does", async () => {
    const table = await readTable(ana, which);
    const kept = await handMadeGrant(control, ana, table, ["locker_code"]);
    await changeClass(sam, change(id, 1, { title: "Lockers" }));
    expect(await grantState(kept)).toBe("ready");
    const answer = await changeClass(
      sam,
      change(id, 2, { title: "Lockers", sensitivity: "2", accept: "on" }),
    );
    expect(answer).toMatchObject({ columns: 1, endedGrants: 1 });
    expect(await grantState(kept)).toBe("revoked");
    expect((await codes()).slice(0, 2)).toEqual(["grant.revoked", "class.changed"]);
    expect((await column("locker_code")).shown.why).toBe("confirmed");
  });

  test("that opens for nobody any more hides the columns whose values its masks read", async () => {
    await changeClass(sam, change(id, 3, { sensitivity: "4", maxRevealMinutes: "0", mask: "redact" }));
    expect((await column("locker_code")).shown).toEqual({ mask: { method: "hidden" }, why: "unconfirmed" });
    await expect(
      confirmed(sam, which, { locker_code: [id, { method: "partial", shape: "first", keep: 2 }] }),
    ).rejects.toMatchObject({ code: "bad-input" });
    await confirmed(sam, which, { locker_code: [id, { method: "redact" }] });
  });

  test("that is retired hides its columns, is chosen no more, and its id is never given again", async () => {
    const table = await readTable(ana, which);
    const grant = await handMadeGrant(control, ana, table, ["locker_code"]);
    const answer = await retireClass(sam, { classId: id, version: 4 });
    expect(answer).toMatchObject({ columns: 1, endedGrants: 1 });
    expect(await grantState(grant)).toBe("revoked");
    expect((await column("locker_code")).shown.mask).toEqual({ method: "hidden" });
    await expect(confirmed(sam, which, { locker_code: [id, { method: "redact" }] })).rejects.toMatchObject({
      code: "bad-input",
    });
    const review = reviewOf(await readTable(sam, which, "catalog"), await readClasses(sam.db));
    expect(review.classes.map((one) => one.id)).not.toContain(id);
    expect(review.columns.find(({ name }) => name === "locker_code")?.classId).not.toBe(id);
    expect((await addClass(sam, form())).id).toBe("own_locker_2");
  });

  test.each(["own_locker", "own_nobody", "email_2"])(
    "hides a column of %s, whatever the catalogue was made to say",
    async (classId) => {
      await control.owner`
        UPDATE catalog_columns SET state = 'confirmed', class_id = ${classId}, mask = '{"method":"clear"}',
          confirmed_type = type_name, confirmed_by = ${sam.actor.personId} WHERE name = 'desk'`;
      const desk = await column("desk");
      expect(desk.shown).toEqual({ mask: { method: "hidden" }, why: "unclassed" });
      expect(ClearColumn.of(desk)).toBeNull();
      expect(columnView(desk)).toMatchObject({ look: "hidden", field: null, filter: null });
    },
  );
});

test("words that propose a class are looked for in the names of columns, and confirmed as proposed", async () => {
  const { id } = await addClass(sam, form({ title: "Badge", words: "badge number, Dienstmarke" }));
  await scanSource(sam, { sourceId });
  const found = await column("badgeNumber", sam);
  expect(found.proposal).toMatchObject({ classId: id, why: expect.stringContaining("badge number") });
  expect(found.proposal.confidence).toBeGreaterThan(0.7);
  await confirmProposals(sam, { sourceId, atLeast: "likely" });
  expect(await column("badgeNumber")).toMatchObject({
    classId: id,
    shown: { mask: { method: "partial", shape: "first", keep: 2 }, why: "confirmed" },
  });
});

describe("a built-in class", () => {
  const maskOf = async (id: string) => (await listClasses(sam)).find((one) => one.id === id)?.mask.key;

  test("takes a stricter mask, on record, and gives it up again", async () => {
    await setClassMask(sam, { classId: "email", mask: "redact" });
    expect((await codes())[0]).toBe("class.mask_changed");
    expect(await maskOf("email")).toBe("redact");
    await setClassMask(sam, { classId: "email", mask: "" });
    expect(await maskOf("email")).toBe("partial email");
  });

  test.each([
    ["a looser mask", "email", "clear"],
    ["as loose a mask", "pan", "partial first 2"],
    ["any mask where it opens for nobody", "password", "redact"],
    ["a mask that does not exist", "email", "nothing"],
  ])("does not take %s", async (_, classId, mask) => {
    await expect(setClassMask(sam, { classId, mask })).rejects.toMatchObject({ code: "class-fixed" });
  });

  test("is not changed, not retired and not masked by agents", async () => {
    await expect(changeClass(sam, change("password", 1, {}))).rejects.toMatchObject({ code: "class-fixed" });
    await expect(retireClass(sam, { classId: "email", version: 1 })).rejects.toMatchObject({
      code: "class-fixed",
    });
    await expect(setClassMask(ana, { classId: "email", mask: "redact" })).rejects.toMatchObject({
      code: "not-permitted",
    });
  });
});

test("whoever writes to the control database around Glimpse makes no built-in class looser", async () => {
  await control.owner`INSERT INTO class_masks VALUES ('password', '{"method":"clear"}'), ('phone', '{"method":"clear"}')`;
  const classes = await readClasses({ ...sam }.db);
  expect(classes.get("password")?.defaultMask).toEqual({ method: "hidden" });
  expect(classes.get("phone")?.defaultMask).toMatchObject({ method: "partial" });
  await expect(
    control.owner`INSERT INTO own_classes (id, title, class_group, sensitivity, regulations, default_mask, max_reveal_minutes, words)
      VALUES ('email', 'Mine', 'other', 1, '{}', '{"method":"clear"}', 60, '{}')`,
  ).rejects.toMatchObject({ code: "23514" });
});

test.each([
  ["opens for nobody under a mask that reads", { maxRevealMinutes: "0" }],
  ["is of high sensitivity and clear", { mask: "clear" }],
  ["has a mask of no kind", { mask: "raw" }],
  ["has a sensitivity of 5", { sensitivity: "5" }],
  ["opens for a day", { maxRevealMinutes: "1440" }],
  ["has characters of direction in its name", { title: "a\u202eb" }],
])("no class %s", (_, wrong) => {
  expect(addClassForm.safeParse({ ...entered, ...wrong }).success).toBe(false);
});
