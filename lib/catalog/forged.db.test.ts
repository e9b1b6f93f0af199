import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { addSource, type AddedSource } from "@/lib/catalog/add-source";
import { changeConnection, removeSource, withStoredPassword } from "@/lib/catalog/change-source";
import { bulkForm, confirmForm, undoForm } from "@/lib/catalog/choice-forms";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { confirmProposals } from "@/lib/catalog/confirm-proposals";
import { listSources, readConnectionView, readSource } from "@/lib/catalog/list-reviews";
import { listTables } from "@/lib/catalog/list-tables";
import { readTable } from "@/lib/catalog/read-table";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { sampleColumn, sampleTable } from "@/lib/catalog/sample-masks";
import { scanSource } from "@/lib/catalog/scan-source";
import type { CatalogTable } from "@/lib/catalog/table";
import { tryConnection } from "@/lib/catalog/try-connection";
import type { Mask } from "@/lib/masking/mask";
import { closeAllPools } from "@/lib/source/pool";
import { addedSource, confirmed, connectionOf } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

const control = useControlDatabase();
const secret = "canary-4711@marigold.example";
const clear: Mask = { method: "clear" };
let database: TestDatabase;
let steward: Context;
let ana: Context;
let one: AddedSource;
let two: AddedSource;
let people: CatalogTable;

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
  people = await readTable(steward, { source: "one", schema: "public", table: "people" }, "catalog");
});
afterAll(async () => {
  await closeAllPools();
  await database.drop();
});

function columnOf(name: string) {
  const column = people.columns.find((each) => each.name === name);
  if (!column) throw new Error(name);
  return column;
}
const choiceOf = (name: string, classId: string, mask: Mask) => {
  const { id, version } = columnOf(name);
  return { id, version, classId, mask };
};
const refused = (code: string) => ({ name: "Refusal", code });
const states = async () =>
  control.owner<{ state: string; version: number }[]>`SELECT state, version FROM catalog_columns ORDER BY id`;

describe("without the role of a steward", () => {
  test.each<[string, (ctx: Context) => Promise<unknown>]>([
    ["list sources", (ctx) => listSources(ctx)],
    ["read a source", (ctx) => readSource(ctx, "one")],
    ["see a connection", (ctx) => readConnectionView(ctx, one.id)],
    ["list tables for review", (ctx) => listTables(ctx, "catalog")],
    ["read a table for review", (ctx) => readTable(ctx, { tableId: people.id }, "catalog")],
    ["sample a table", (ctx) => sampleTable(ctx, people.id)],
    [
      "sample a column",
      (ctx) => sampleColumn(ctx, { tableId: people.id, columnId: columnOf("email").id, classId: "email" }),
    ],
    ["try a connection", (ctx) => tryConnection(ctx, connectionOf(database.url))],
    [
      "use a stored password",
      (ctx) => withStoredPassword(ctx, one.id, { ...connectionOf(database.url), password: "" }),
    ],
    [
      "add a source",
      (ctx) => addSource(ctx, { name: "Three", slug: "", connection: connectionOf(database.url) }),
    ],
    [
      "change one",
      (ctx) =>
        changeConnection(ctx, { sourceId: one.id, version: 1, connection: connectionOf(database.url) }),
    ],
    ["remove one", (ctx) => removeSource(ctx, { sourceId: one.id, version: 1 })],
    ["scan", (ctx) => scanSource(ctx, { sourceId: one.id })],
    [
      "confirm",
      (ctx) => confirmColumns(ctx, { sourceId: one.id, choices: [choiceOf("email", "email", clear)] }),
    ],
    ["confirm in bulk", (ctx) => confirmProposals(ctx, { sourceId: one.id, atLeast: "sure" })],
    [
      "reopen",
      (ctx) =>
        reopenColumns(ctx, { sourceId: one.id, which: { columns: [choiceOf("email", "email", clear)] } }),
    ],
  ])("nobody may %s", async (_, deed) => {
    const before = await states();
    const others: Context[] = [ana];
    for (const role of ["approver", "policy_admin", "auditor", "admin"] as const) {
      others.push(await signedIn(control, { name: "Eve", roles: [role] }));
    }
    for (const ctx of others) await expect(deed(ctx)).rejects.toMatchObject(refused("not-permitted"));
    expect(await states()).toEqual(before);
  });

  test("a steward who lost the role since the page opened may not confirm", async () => {
    const former = await signedIn(control, { name: "Sid", roles: ["steward"] });
    await control.owner`DELETE FROM person_roles WHERE person_id = ${former.actor.personId}`;
    const choices = [choiceOf("email", "email", clear)];
    await expect(confirmColumns(former, { sourceId: one.id, choices })).rejects.toMatchObject(
      refused("not-permitted"),
    );
  });
});

describe("a forged confirmation changes nothing", () => {
  test.each<[string, string, () => ReturnType<typeof choiceOf>[]]>([
    ["of a class that does not exist", "bad-input", () => [choiceOf("email", "everything", clear)]],
    [
      "of a mask that does not fit the type",
      "bad-input",
      () => [choiceOf("tags", "email", { method: "partial", shape: "email" })],
    ],
    [
      "of a year of a text",
      "bad-input",
      () => [choiceOf("email", "email", { method: "generalise", to: "year" })],
    ],
    [
      "of an older version",
      "changed-meanwhile",
      () => [{ ...choiceOf("email", "email", clear), version: 7 }],
    ],
    [
      "of a column that does not exist",
      "not-found",
      () => [{ ...choiceOf("email", "email", clear), id: randomUUID() }],
    ],
    [
      "of one column twice",
      "bad-input",
      () => [choiceOf("email", "email", clear), choiceOf("email", "none", clear)],
    ],
    ["of nothing", "bad-input", () => []],
  ])("%s", async (_, code, choices) => {
    const before = await states();
    await expect(confirmColumns(steward, { sourceId: one.id, choices: choices() })).rejects.toMatchObject(
      refused(code),
    );
    expect(await states()).toEqual(before);
  });

  test("of a column of another source, beside a good one", async () => {
    const before = await states();
    const other = await readTable(steward, { source: "two", schema: "public", table: "people" }, "catalog");
    const [first] = other.columns;
    const foreign = { id: first?.id ?? "", version: first?.version ?? 0, classId: "none", mask: clear };
    const choices = [choiceOf("id", "none", clear), foreign];
    await expect(confirmColumns(steward, { sourceId: one.id, choices })).rejects.toMatchObject(
      refused("not-found"),
    );
    expect(await states()).toEqual(before);
  });

  test("of two stewards at once, one wins and the other is told", async () => {
    const wide = await readTable(steward, { source: "two", schema: "public", table: "people" }, "catalog");
    const [first] = wide.columns;
    const confirm = async (mask: Mask) =>
      confirmColumns(steward, {
        sourceId: two.id,
        choices: [{ id: first?.id ?? "", version: first?.version ?? 0, classId: "none", mask }],
      });
    const results = await Promise.allSettled([confirm(clear), confirm({ method: "hidden" })]);
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const lost = results.find((result) => result.status === "rejected");
    expect(lost?.reason).toMatchObject(refused("changed-meanwhile"));
  });

  test.each<[string, unknown]>([
    [
      "an extra field in a mask",
      {
        sourceId: randomUUID(),
        choices: [{ id: randomUUID(), version: 1, classId: "none", mask: { method: "clear", sql: "1" } }],
      },
    ],
    [
      "an extra field in a choice",
      {
        sourceId: randomUUID(),
        choices: [{ id: randomUUID(), version: 1, classId: "none", mask: clear, state: "confirmed" }],
      },
    ],
    [
      "a method that does not exist",
      {
        sourceId: randomUUID(),
        choices: [{ id: randomUUID(), version: 1, classId: "none", mask: { method: "raw" } }],
      },
    ],
    [
      "a keep that shows all",
      {
        sourceId: randomUUID(),
        choices: [
          {
            id: randomUUID(),
            version: 1,
            classId: "none",
            mask: { method: "partial", shape: "last", keep: 99 },
          },
        ],
      },
    ],
    ["ids that are none", { sourceId: "' OR 1=1", choices: [] }],
  ])("%s does not parse", (_, raw) => {
    expect(confirmForm.safeParse(raw).success).toBe(false);
  });

  test("a moment or a threshold that is none does not parse", () => {
    expect(undoForm.safeParse({ sourceId: randomUUID(), confirmedAt: "infinity" }).success).toBe(false);
    expect(bulkForm.safeParse({ sourceId: randomUUID(), atLeast: "unsure" }).success).toBe(false);
  });
});

test("a guess is never confirmed in bulk", async () => {
  await control.owner`UPDATE catalog_columns SET proposed_confidence = 0.69 WHERE id = ${columnOf("born").id}`;
  await confirmProposals(steward, { sourceId: one.id, atLeast: "likely" });
  const { columns } = await readTable(steward, { tableId: people.id }, "catalog");
  expect(columns.find(({ name }) => name === "born")?.state).toBe("unconfirmed");
  expect(columns.find(({ name }) => name === "email")).toMatchObject({
    state: "confirmed",
    classId: "email",
  });
  await expect(confirmProposals(steward, { sourceId: one.id, atLeast: "likely" })).rejects.toMatchObject(
    refused("nothing-to-confirm"),
  );
});

describe("samples", () => {
  test("hold masked output only, even of a column whose mask is clear", async () => {
    const which = { source: "two", schema: "public", table: "people" };
    const table = await confirmed(steward, which, { email: ["none", clear], tags: ["none", clear] });
    const all = [await sampleTable(steward, table.id)];
    for (const { id } of table.columns) {
      for (const classId of ["none", "email", "free_text", "person_name"]) {
        all.push(await sampleColumn(steward, { tableId: table.id, columnId: id, classId }));
      }
    }
    expect(all.map(({ failed }) => failed)).toEqual(all.map(() => null));
    const text = JSON.stringify(all);
    expect(text).toContain("c•••••@marigold.example");
    expect(text).not.toContain("canary");
    expect(text).not.toContain("1980-01-01");
  });

  test("of a column of another table are refused", async () => {
    const other = await readTable(steward, { source: "two", schema: "public", table: "people" }, "catalog");
    const foreign = { tableId: people.id, columnId: other.columns[0]?.id ?? "", classId: "none" };
    await expect(sampleColumn(steward, foreign)).rejects.toMatchObject(refused("not-found"));
  });
});
