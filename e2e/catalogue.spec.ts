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

test("Sam adds a class of their own, chooses it for a column, and hides the column again by retiring it", async ({
  as,
  control,
}) => {
  const column = async () =>
    (
      await control`SELECT c.state, c.class_id FROM catalog_columns c JOIN catalog_tables t ON t.id = c.table_id
      WHERE t.name = 'legacy_import' AND c.name = 'E-Mail'`
    )[0];
  const sam = await as("Sam");
  await sam.goto("/catalog");
  await sam.getByRole("link", { name: "Data classes" }).click();
  await sam.getByRole("button", { name: "Add a class" }).click();
  const sheet = sam.getByRole("dialog", { name: "Add a class" });
  await sheet.getByLabel("Name", { exact: true }).fill("Old system login");
  await sheet.getByLabel("A grant shows it").selectOption("never, for nobody");
  await sheet.getByLabel("Shows as").selectOption("partial, last 4");
  await sheet.getByRole("button", { name: "Add the class" }).click();
  await expect(sheet.getByText("A class that opens for nobody is hidden or redacted.")).toBeVisible();
  await expect(sheet.getByLabel("Name", { exact: true })).toHaveValue("Old system login");
  await sheet.getByLabel("Shows as").selectOption("redact");
  await sheet.getByRole("button", { name: "Add the class" }).click();
  const row = sam.getByRole("row", { name: /Old system login/ });
  await expect(row).toContainText("nobody");

  await sam.goto(legacy);
  await sam.getByRole("button", { name: "E-Mail", exact: true }).click();
  await sam.getByLabel("Holds").selectOption("Old system login");
  await sam.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(sam.getByText("E-Mail confirmed")).toBeVisible();
  expect(await column()).toMatchObject({ state: "confirmed", class_id: "own_old_system_login" });

  await sam.goto("/catalog/classes");
  await row.getByRole("button", { name: "Change Old system login" }).click();
  await sam.getByRole("button", { name: "Retire it" }).click();
  await sam.getByRole("dialog").getByRole("button", { name: "Retire it" }).click();
  await expect(
    sam.getByText("The class Old system login is retired; 1 column is hidden").first(),
  ).toBeVisible();
  expect(await column()).toMatchObject({ state: "unconfirmed" });
  const codes = await control`SELECT code FROM audit_events WHERE code LIKE 'class.%' ORDER BY seq`;
  expect(codes.map(({ code }) => code as string)).toEqual(["class.added", "class.retired"]);
});

test("Sam sees what a rule book would change in a whole source, changes one column by it, and takes it back", async ({
  as,
  control,
}) => {
  const column = async () =>
    (
      await control`SELECT c.state, c.mask FROM catalog_columns c JOIN catalog_tables t ON t.id = c.table_id
      WHERE t.name = 'legacy_import' AND c.name = 'E-Mail'`
    )[0];
  const sam = await as("Sam");
  await sam.goto(legacy);
  await sam.getByRole("button", { name: "E-Mail", exact: true }).click();
  await sam.getByLabel("Holds").selectOption("E-mail address");
  await sam.getByRole("button", { name: "Confirm", exact: true }).click();
  await expect(sam.getByText("E-Mail confirmed")).toBeVisible();
  expect((await column())?.["mask"]).toMatchObject({ method: "partial" });

  await sam.goto("/catalog/marigold");
  await sam.getByRole("link", { name: "Mask by a rule book" }).click();
  await sam.getByRole("link", { name: "HIPAA safe harbor" }).click();
  const changes = sam.getByRole("region", { name: "What would change" });
  const row = changes.getByRole("row").filter({ hasText: "public.legacy_import.E-Mail" });
  await expect(row).toContainText("stricter");
  await expect(row.getByRole("checkbox")).toBeChecked();
  for (const looser of await changes.getByRole("row").filter({ hasText: "may show more" }).all())
    await expect(looser.getByRole("checkbox")).not.toBeChecked();
  for (const box of await changes.getByRole("checkbox").all()) await box.uncheck();
  await expect(sam.getByRole("button", { name: "Mask 0 columns" })).toBeDisabled();
  await row.getByRole("checkbox").check();
  await sam.getByRole("button", { name: "Mask 1 column" }).click();
  await expect(sam.getByText("1 column masked by HIPAA safe harbor").first()).toBeVisible();
  expect(await column()).toMatchObject({ state: "confirmed", mask: { method: "redact" } });
  await sam.getByRole("button", { name: "Undo" }).click();
  await expect(sam.getByText("1 column hidden again").first()).toBeVisible();
  expect(await column()).toMatchObject({ state: "unconfirmed" });
});
