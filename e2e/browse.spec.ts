import fs from "node:fs/promises";
import { loadSql } from "@/lib/testing/database";
import { addSource } from "./support/add-source";
import { cellOf, rowOf } from "./support/grid";
import { expect, signIn, test } from "./support/test";

const customers = "/browse/marigold/public/customers";

for (const source of ["marigold", "pagila", "chinook", "northwind"] as const) {
  test(`every table of ${source} opens, as do its next page and its record pages`, async ({
    as,
    baseURL,
    control,
  }) => {
    test.setTimeout(240_000);
    const slug = source === "marigold" ? source : `${source}-sample`;
    if (source !== "marigold") await addSource(`All of ${source}`, slug, (await loadSql(source)).url);
    const tables = await control<{ path: string }[]>`
      SELECT '/browse/' || s.slug || '/' || t.schema || '/' || t.name AS path
      FROM catalog_tables t JOIN sources s ON s.id = t.source_id WHERE s.slug = ${slug} AND t.gone_at IS NULL ORDER BY 1`;
    expect(tables.length).toBeGreaterThan(5);
    const ana = await as("Ana");
    const open = async (path: string) => {
      const answer = await ana.request.get(path);
      const html = await answer.text();
      expect(answer.status(), path).toBe(200);
      const trouble =
        /The source (does not answer|took too long|could not answer|cannot compare)|no longer in the source|There is no such record/.exec(
          html,
        );
      expect(trouble?.[0], path).toBeUndefined();
      return html;
    };
    for (const { path } of tables) {
      const html = await open(encodeURI(path));
      const next = /href="([^"]*[?&;]after=[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
      if (next) await open(next);
      const record = /<th scope="row"[^>]*><a href="([^"]+)"/.exec(html)?.[1];
      // The links of the rows are relative to the page of the table.
      if (record) await open(new URL(record, new URL(encodeURI(path), baseURL)).pathname);
    }
  });
}

test("Ana sorts, filters and chooses columns, and Ben sees the same view by her link", async ({ as }) => {
  const ana = await as("Ana");
  await ana.goto(customers);
  await test.step("sort by a clear column", async () => {
    await ana
      .getByRole("columnheader", { name: /^country/ })
      .getByRole("link", { name: "country" })
      .click();
    await expect(ana.getByRole("columnheader", { name: /^country/ })).toHaveAttribute(
      "aria-sort",
      "ascending",
    );
  });
  await test.step("filter by it, in words", async () => {
    await ana.getByRole("button", { name: "Filter", exact: true }).click();
    const panel = ana.getByRole("dialog", { name: "Add a filter" });
    await panel.getByLabel("Column").selectOption("country");
    await panel.getByLabel("Value").fill("DE");
    await panel.getByRole("button", { name: "Add filter" }).click();
    await expect(ana.getByRole("group", { name: "Filters" })).toContainText("country is DE");
    await expect(
      await cellOf(ana, await ana.getByRole("grid").getByRole("rowheader").first().innerText(), "country"),
    ).toHaveText("DE");
  });
  await test.step("show three columns", async () => {
    await ana.getByRole("button", { name: /columns|Columns/ }).click();
    const chooser = ana.getByRole("dialog", { name: "Columns" });
    await expect(chooser.getByRole("button", { name: /^Show \d+$/ })).toBeVisible();
    const names = await chooser.getByRole("listitem").allInnerTexts();
    for (const name of names.filter((one) => !["id", "country", "email"].includes(one)))
      await chooser.getByRole("checkbox", { name, exact: true }).uncheck();
    await chooser.getByRole("button", { name: "Show 3" }).click();
    await expect(ana).toHaveURL(/cols=/);
    await expect(ana.getByRole("grid").getByRole("columnheader")).toHaveCount(4);
  });
  const view = async (page: typeof ana) => ({
    heads: await page.getByRole("grid").getByRole("columnheader").allInnerTexts(),
    rows: await page.getByRole("grid").getByRole("rowheader").allInnerTexts(),
    chips: await page.getByRole("group", { name: "Filters" }).innerText(),
  });
  const ben = await as("Ben");
  await ben.goto(ana.url());
  expect(await view(ben)).toEqual(await view(ana));
  await test.step("and without the filter there is more", async () => {
    await ana.getByRole("link", { name: "Remove the filter country is DE" }).click();
    await expect(ana.getByRole("group", { name: "Filters" })).not.toContainText("country is DE");
  });
});

test("Ana exports what she sees, masked as she sees it, for a spreadsheet and for a program", async ({
  page: ana,
  source,
}) => {
  const [{ count }] = await source<[{ count: number }]>`
    SELECT count(*)::int AS count FROM customers WHERE country = 'DE'`;
  await signIn(ana, "Ana");
  await ana.goto(`${customers}?f=country:is:DE&cols=id,email,country`);
  const download = async (name: string) => {
    await ana.getByRole("button", { name: "Export" }).click();
    const started = ana.waitForEvent("download");
    await ana.getByRole("dialog", { name: "Export" }).getByRole("link", { name }).click();
    return fs.readFile(await (await started).path(), "utf8");
  };
  const csv = (await download("CSV")).trimEnd().split("\n");
  expect(csv).toHaveLength(count + 1);
  expect(csv[0]).toBe("\ufeffid,email,country");
  expect(csv[1]).toMatch(/^\d+,.*•.*,DE$/);
  const lines = (await download("NDJSON")).trimEnd().split("\n");
  expect(lines).toHaveLength(count);
  expect(JSON.parse(lines[0]!)).toMatchObject({ country: "DE" });
  expect(lines[0]).toContain("•");
  for (const [address, status] of [
    ["format=xls", 400],
    ["format=csv&f=email:is:a", 400],
  ] as const)
    expect((await ana.request.get(`${customers}/export?${address}`)).status()).toBe(status);
});

test("a masked column says what it holds and why it cannot be sorted or filtered", async ({ as }) => {
  const ana = await as("Ana");
  await ana.goto(customers);
  await expect(ana.getByRole("columnheader", { name: /^email/ }).getByRole("link")).toHaveCount(0);
  await ana.getByRole("button", { name: "About email" }).click();
  const card = ana.getByRole("dialog", { name: "About email" });
  await expect(card).toContainText("It cannot be sorted or filtered: that would tell what the mask hides.");
  await expect(card).toContainText("E-mail");
  await ana.keyboard.press("Escape");
  await ana.getByRole("button", { name: "Filter", exact: true }).click();
  await expect(ana.getByLabel("Column").getByRole("option", { name: "email (masked)" })).toBeDisabled();
});

test("cells are chosen with the keyboard alone, and Enter asks for them", async ({ as }) => {
  const ana = await as("Ana");
  await ana.goto(customers);
  const first = await cellOf(ana, 1, "email");
  const body = ana.getByRole("grid").locator("tbody");
  await expect(body.locator("[tabindex='0']")).toHaveCount(1);
  await expect(body.locator(":is(a, button, input):not([tabindex='-1'])")).toHaveCount(0);
  await rowOf(ana, 1).getByRole("rowheader").press("ArrowDown");
  await ana.keyboard.press("ArrowUp");
  for (
    let steps = 0;
    steps < 30 && !(await first.evaluate((cell) => cell === document.activeElement));
    steps++
  )
    await ana.keyboard.press("ArrowRight");
  await ana.keyboard.press("Space");
  await ana.keyboard.press("Shift+ArrowDown");
  await ana.keyboard.press("Shift+ArrowDown");
  await expect(ana.getByRole("region", { name: "Selection" })).toContainText("1 field of 3 records");
  await ana.keyboard.press("Enter");
  await expect(ana.getByRole("dialog", { name: "Request to see values" })).toBeVisible();
  await ana.keyboard.press("Escape");
  await ana.getByRole("button", { name: "Clear the selection" }).click();
  await expect(ana.getByRole("region", { name: "Selection" })).toHaveCount(0);
});

test("nothing and an empty text look different, and both look different from a value", async ({
  as,
  source,
}) => {
  const [rows] = await source<{ nothing: number; empty: number }[]>`
    SELECT (SELECT min(id) FROM customers WHERE closed_on IS NULL) AS nothing,
      (SELECT min(id) FROM customers WHERE phone = '') AS empty`;
  const ana = await as("Ana");
  await ana.goto(customers);
  const nothing = await cellOf(ana, rows!.nothing, "closed_on");
  await expect(nothing).toHaveText("");
  const word = await nothing.evaluate((cell) => getComputedStyle(cell, "::before").content);
  expect(word).toContain("null");
});

test("a record shows its fields in groups and what belongs to it, masked, and leads on", async ({ as }) => {
  const ana = await as("Ana");
  await ana.goto(customers);
  await rowOf(ana, 1).getByRole("rowheader").getByRole("link").click();
  await expect(ana.getByRole("heading", { level: 1, name: "customers 1" })).toBeVisible();
  for (const group of ["Identity", "Contact"])
    await expect(ana.getByRole("region", { name: group })).toBeVisible();
  const related = ana.getByRole("navigation", { name: "Related records" });
  await related.getByRole("link", { name: /addresses/ }).click();
  const table = ana.getByRole("region", { name: "Related records of addresses" });
  await expect(table.getByRole("row").nth(1)).toBeVisible();
  await table.getByRole("rowheader").first().getByRole("link").click();
  await expect(ana.getByRole("heading", { level: 1, name: /^addresses / })).toBeVisible();
  await ana
    .getByRole("row", { name: /customer_id/ })
    .getByRole("link")
    .click();
  await expect(ana.getByRole("heading", { level: 1, name: "customers 1" })).toBeVisible();
});
