import { expect, test } from "./support/test";

const legacy = "/catalog/marigold/public/legacy_import";

test("Sam reviews a table by keys: moves, chooses a mask, sees it on masked samples alone, confirms, and takes it back", async ({
  as,
  control,
}) => {
  const stateOf = async (name: string) =>
    (
      await control`SELECT c.state FROM catalog_columns c JOIN catalog_tables t ON t.id = c.table_id
      WHERE t.name = 'legacy_import' AND c.name = ${name}`
    )[0]?.["state"];
  const sam = await as("Sam");
  await sam.goto(legacy);
  const columns = sam.getByRole("region", { name: "Columns" });
  const row = columns
    .getByRole("row")
    .filter({ has: sam.getByRole("button", { name: "E-Mail", exact: true }) });
  await row.getByRole("button", { name: "E-Mail", exact: true }).click();
  await sam.keyboard.press("ArrowDown");
  await expect(row).not.toHaveAttribute("aria-selected", "true");
  await sam.keyboard.press("ArrowUp");
  await expect(row).toHaveAttribute("aria-selected", "true");
  await sam.keyboard.press("r");
  await expect(row).toContainText(/Redact/i);
  await sam.keyboard.press("p");
  await expect(row).toContainText(/Partial/i);
  await expect(row).toContainText(/[•*]/);
  await sam.keyboard.press("Enter");
  await expect(sam.getByText("E-Mail confirmed")).toBeVisible();
  expect(await stateOf("E-Mail")).toBe("confirmed");
  await sam.getByRole("button", { name: "Undo" }).click();
  await expect(sam.getByText("1 column hidden again")).toBeVisible();
  expect(await stateOf("E-Mail")).toBe("unconfirmed");
  const codes =
    await control`SELECT code FROM audit_events WHERE code LIKE 'catalog.%' ORDER BY seq DESC LIMIT 2`;
  expect(codes.map(({ code }) => code as string)).toEqual(["catalog.reopened", "catalog.confirmed"]);
});

test("a column that appears in the source is hidden until Sam has looked at it", async ({
  as,
  deeds,
  source,
}) => {
  const secret = "not-for-anybody-yet";
  const sam = await as("Sam");
  const ana = await as("Ana");
  await source.unsafe(`ALTER TABLE products ADD COLUMN supplier_note text DEFAULT '${secret}'`);
  try {
    await sam.goto("/catalog/marigold");
    await sam.getByRole("button", { name: "Rescan" }).click();
    await expect(sam.getByText(/1 new column/).first()).toBeVisible({ timeout: 30_000 });
    await ana.goto("/browse/marigold/public/products");
    await expect(ana.getByRole("columnheader", { name: /^supplier_note/ })).toBeVisible();
    await expect(ana.getByText(secret)).toHaveCount(0);
    expect(await ana.content()).not.toContain(secret);
  } finally {
    await source`ALTER TABLE products DROP COLUMN supplier_note`;
    await deeds.rescan("marigold");
  }
});
