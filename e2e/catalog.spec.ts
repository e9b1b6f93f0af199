import { loadSql, type TestDatabase } from "@/lib/testing/database";
import { expect, test } from "./support/test";

test("Sam reviews a table by keyboard: each mask shows its output first, and the log says what he decided", async ({
  as,
  control,
}) => {
  const sam = await as("Sam");
  await sam.goto("/catalog/marigold/public/legacy_import");
  const row = (name: string) =>
    sam.getByRole("row").filter({ has: sam.getByRole("button", { name, exact: true }) });
  const inspector = sam.getByRole("region", { name: "Column E-Mail" });
  await sam.getByRole("button", { name: "E-Mail", exact: true }).click();
  await expect(inspector.getByText("•••••@").first()).toBeVisible();
  await expect(inspector.getByText(/^tok_/)).toBeVisible();
  await expect(inspector.getByText("the value itself")).toBeVisible();

  await sam.keyboard.press("r");
  await expect(inspector.getByRole("radio", { name: /^redact/ })).toBeChecked();
  await sam.keyboard.press("Enter");
  await expect(row("E-Mail").getByLabel("confirmed")).toBeVisible();
  await expect(sam.getByText("E-Mail confirmed")).toBeVisible();
  const [event] = await control`
    SELECT entry FROM audit_events WHERE code = 'catalog.confirmed' ORDER BY seq DESC LIMIT 1`;
  expect(JSON.parse(String(event?.["entry"]))).toMatchObject({
    actor: { kind: "person", roles: ["steward"] },
    resource: { table: "public.legacy_import", fields: ["E-Mail"], classes: ["email"] },
    details: { masks: ["redact"] },
  });

  await sam.getByRole("button", { name: "Undo" }).click();
  await expect(row("E-Mail").getByRole("button", { name: "Confirm E-Mail" })).toBeVisible();
});

test("Sam takes over the masks of a rule book, reads what each costs and gives away, and nothing is confirmed by that", async ({
  as,
  control,
}) => {
  const confirmedColumns = async () =>
    (await control`SELECT count(*) FROM catalog_columns WHERE state = 'confirmed'`)[0]?.["count"] as string;
  const sam = await as("Sam");
  await sam.goto("/catalog/marigold/public/legacy_import");
  const before = await confirmedColumns();
  await sam.getByRole("button", { name: "E-Mail", exact: true }).click();
  const inspector = sam.getByRole("region", { name: "Column E-Mail" });
  await inspector.getByRole("radio", { name: /^pseudonym, e-mail/ }).check();
  await expect(inspector.getByText(/Equal values have equal ones.*Reading costs about/)).toBeVisible();
  await expect(inspector.getByText(/^u[0-9a-f]{12}@example\.com$/).first()).toBeVisible();
  await sam.getByRole("combobox", { name: "Mask as a rule book wants it" }).selectOption("HIPAA safe harbor");
  await expect(inspector.getByRole("radio", { name: /^redact/ })).toBeChecked();
  await expect(sam.getByRole("row", { name: /Geb\.-Datum/ })).toContainText(/year|redact/);
  expect(await confirmedColumns()).toBe(before);
});

test("a guess that a column holds nothing is no choice: somebody has to make it", async ({ as }) => {
  const sam = await as("Sam");
  await sam.goto("/catalog/marigold/public/legacy_import");
  await sam.getByRole("button", { name: "raw_line", exact: true }).click();
  await expect(
    sam.getByRole("region", { name: "Column raw_line" }).getByRole("radio", { checked: true }),
  ).toHaveCount(0);
  await expect(sam.getByRole("button", { name: "Confirm", exact: true })).toHaveAccessibleDescription(
    "Choose how it shows first.",
  );
});

test.describe("a database of one's own", () => {
  let chinook: TestDatabase;
  test.beforeAll(async () => {
    chinook = await loadSql("chinook");
  });
  test.afterAll(() => chinook.drop());

  test("is added in place: a wrong address names its cause, a right one asks for a name, and all of it is hidden", async ({
    as,
    control,
  }) => {
    const sam = await as("Sam");
    await sam.goto("/catalog");
    await sam.getByRole("link", { name: "Add a source" }).click();
    const address = sam.getByRole("textbox", { name: "Address" });
    const testIt = sam.getByRole("button", { name: "Test the connection" });
    const url = new URL(chinook.url);
    const wrong = async (
      change: Partial<Record<"port" | "password" | "pathname", string>>,
      cause: string,
    ) => {
      await address.fill(Object.assign(new URL(url), change).href);
      await testIt.click();
      await expect(sam.getByRole("alert").filter({ hasText: cause })).toBeVisible();
    };
    await wrong({ port: "1" }, "nothing listens at this port");
    await wrong({ password: "wrong" }, "did not accept this user and password");
    await wrong({ pathname: "/nowhere" }, "no database of this name");

    await address.fill(url.href);
    await testIt.click();
    await sam.getByRole("textbox", { name: "Name" }).fill("Music shop");
    await sam.getByRole("button", { name: "Add the source" }).click();
    await expect(sam.getByRole("heading", { name: "Music shop", exact: true })).toBeVisible();
    const confirmed = sam.getByRole("progressbar", { name: "Columns confirmed" });
    await expect(confirmed).toHaveText("0 of 64");

    await sam.getByRole("button", { name: /that are sure$/ }).click();
    await expect(confirmed).not.toHaveText("0 of 64");
    await sam.getByRole("button", { name: "Undo" }).click();
    await expect(confirmed).toHaveText("0 of 64");

    await sam.getByRole("link", { name: "Connection" }).click();
    await expect(sam.getByRole("textbox", { name: "Password" })).toHaveValue("");
    await sam.getByRole("button", { name: "Change the keys of Music shop" }).click();
    await sam.getByRole("dialog").getByRole("button", { name: "Change the keys" }).click();
    const said = sam.getByRole("region", { name: "Messages" });
    await expect(said.getByText("The keys of Music shop are changed")).toBeVisible();
    await expect(sam.getByRole("dialog")).toBeHidden();
    const [event] = await control`
      SELECT entry FROM audit_events WHERE code = 'source.keys_rotated' ORDER BY seq DESC LIMIT 1`;
    expect(JSON.parse(String(event?.["entry"]))).toMatchObject({
      actor: { kind: "person", roles: ["steward"] },
      resource: { source: "Music shop" },
    });

    await sam.getByRole("button", { name: "Remove Music shop" }).click();
    await sam.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(sam.getByRole("heading", { name: "Catalogue" })).toBeVisible();
    await expect(sam.getByRole("link", { name: "Music shop", exact: true })).toHaveCount(0);
  });
});
