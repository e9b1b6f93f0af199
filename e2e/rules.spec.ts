import type { Page } from "@playwright/test";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import type { Mask } from "@/lib/masking/mask";
import type { Deeds } from "./support/deeds";
import { cellOf } from "./support/grid";
import { sendRequest, turnTo } from "./support/steps";
import { expect, test } from "./support/test";

const reason = "Her parcel came back and she has to be told.";
const sheetOf = (page: Page) => page.getByRole("dialog", { name: "Request to see values" });
const policyIn = (page: Page) => sheetOf(page).getByRole("region", { name: "What the policy says" });

/** Opens the sheet for these cells of one record. */
async function begin(page: Page, table: string, key: number, columns: readonly string[]): Promise<void> {
  await page.goto(`/browse/marigold/${table}`);
  for (const [at, column] of columns.entries())
    await (await cellOf(page, key, column)).click(at === 0 ? {} : { modifiers: ["Control"] });
  const fields = columns.length === 1 ? "1 field" : `${columns.length} fields`;
  await page.getByRole("button", { name: `Request ${fields} of 1 record` }).click();
  await expect(policyIn(page)).toBeVisible();
}

async function approve(page: Page, number: number): Promise<void> {
  await turnTo(page, number);
  await page.getByRole("button", { name: "Approve" }).click();
  const told = new RegExp(`^(Your vote on request|Request) ${number} of Ana Souza (counts|is approved)`);
  await expect(page.getByText(told).first()).toBeVisible();
}

async function open(page: Page, number: number, raw: string): Promise<void> {
  await page.goto(`/requests/${number}`);
  await page.getByRole("button", { name: "Open now" }).click();
  await expect(page.getByText(raw)).toBeVisible();
}

test("contact fields for Support: with a ticket they open at once and for ten minutes, without one Max decides", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 3`;
  const tess = await as("Tess");
  await begin(tess, "public/customers", 3, ["email"]);
  const sheet = sheetOf(tess);
  await sheet.getByLabel("Purpose").selectOption("Contact a customer");
  await sheet.getByLabel("Reason").fill(reason);
  await sheet.getByRole("radio", { name: "15 min" }).check();
  await expect(sheet.getByRole("button", { name: "Send to Max Hoffmann" })).toBeVisible();
  await expect(policyIn(tess).getByRole("listitem").filter({ hasText: "Name a ticket" })).toBeVisible();
  await sheet.getByLabel("Ticket").fill("T-1042");
  await expect(sheet.getByRole("status")).toContainText("Granted at once, for 10 minutes.");
  await expect(policyIn(tess)).toContainText("Contact fields for support");
  await sheet.getByRole("button", { name: "Send", exact: true }).click();
  const sent = tess.getByRole("dialog", { name: /^Request \d+ is sent$/ });
  await expect(sent).toContainText("The policy decides it at once.");
  const number = Number((await sent.getByRole("heading").innerText()).replaceAll(/\D/g, ""));
  expectReveal(row!.email);
  await open(tess, number, row!.email);
  expect(await deeds.codesOf(number)).toEqual([
    "request.submitted",
    "request.granted_by_policy",
    "grant.activated",
    "reveal.opened",
  ]);
});

test("contact fields for anybody else: their manager decides", async ({ as, deeds }) => {
  const ana = await as("Ana");
  await begin(ana, "public/customers", 4, ["email"]);
  await expect(policyIn(ana)).toContainText("The manager of whoever asks decides.");
  const number = await sendRequest(ana, { reason, approver: "Max Hoffmann" });
  expect(await deeds.codesOf(number)).toEqual(["request.submitted"]);
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByRole("region", { name: "History" })).toContainText("Waiting for Max Hoffmann");
});

test("payment by two people: Max and then one of Payments; neither of them opens it alone", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source<{ number: string }[]>`SELECT number FROM payment_cards WHERE id = 2`;
  const ana = await as("Ana");
  await begin(ana, "public/payment_cards", 2, ["number"]);
  await expect(policyIn(ana)).toContainText("Payment by two people");
  await expect(policyIn(ana).getByRole("region", { name: "Steps" })).toContainText("Paul Weber");
  const number = await sendRequest(ana, { reason, approver: "Max Hoffmann" });
  const rosa = await as("Rosa");
  await rosa.goto("/inbox");
  await expect(rosa.getByText("Nothing waits for you").first()).toBeVisible();
  const max = await as("Max");
  await turnTo(max, number);
  await expect(max.getByText(/on to the next approver\. Nothing opens before\./)).toBeVisible();
  await approve(max, number);
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText("Step 1 of 2, approved: Max Hoffmann")).toBeVisible();
  await expect(ana.getByRole("button", { name: "Open now" })).toHaveCount(0);
  await approve(rosa, number);
  expectReveal(row!.number);
  await open(ana, number, row!.number);
  expect(await deeds.codesOf(number)).toEqual([
    "request.submitted",
    "request.endorsed",
    "request.approved",
    "grant.activated",
    "reveal.opened",
  ]);
});

test("health by Privacy: Vera alone decides, and Ana's manager does not", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source<{ code: string }[]>`SELECT code FROM care.diagnoses WHERE id = 3`;
  const ana = await as("Ana");
  await begin(ana, "care/diagnoses", 3, ["code"]);
  await expect(policyIn(ana)).toContainText("Health by Privacy");
  const number = await sendRequest(ana, { reason, approver: "Vera Lang" });
  const max = await as("Max");
  await max.goto("/inbox");
  await expect(max.getByText("Nothing waits for you").first()).toBeVisible();
  await approve(await as("Vera"), number);
  expectReveal(row!.code);
  await open(ana, number, row!.code);
  expect(await deeds.codesOf(number)).toContain("request.approved");
});

test("health and payment together: Max, one of Payments and Privacy, one after the other", async ({
  as,
  deeds,
}) => {
  // No table of the demo holds both: Sam says so of a column of the prescriptions, and takes it back.
  const before = await columnOf(deeds, "instructions");
  await confirm(deeds, "instructions", "iban", { method: "redact" });
  try {
    const ana = await as("Ana");
    await begin(ana, "care/prescriptions", 2, ["drug_name", "instructions"]);
    await expect(policyIn(ana)).toContainText("Health and payment together");
    const number = await sendRequest(ana, { reason, approver: "Max Hoffmann" });
    for (const name of ["Max", "Paul", "Vera"] as const) {
      expect(await deeds.codesOf(number)).not.toContain("request.approved");
      await approve(await as(name), number);
    }
    expect(await deeds.codesOf(number)).toEqual([
      "request.submitted",
      "request.endorsed",
      "request.endorsed",
      "request.approved",
    ]);
    await ana.goto(`/requests/${number}`);
    await expect(ana.getByRole("button", { name: "Open now" })).toBeVisible();
  } finally {
    await confirm(deeds, "instructions", before.classId, before.mask);
  }
});

test("credentials and card verification codes never open: they cannot be chosen, and a script that sends them is refused", async ({
  as,
  deeds,
}) => {
  const ana = await as("Ana");
  for (const [schema, table, column] of [
    ["public", "payment_cards", "cvv"],
    ["public", "credentials", "password_hash"],
    ["public", "credentials", "totp_secret"],
    ["public", "credentials", "reset_token"],
    ["public", "api_keys", "private_key"],
  ] as const) {
    await ana.goto(`/browse/marigold/${schema}/${table}`);
    await ana.getByRole("button", { name: `About ${column}` }).click();
    const about = ana.getByRole("dialog", { name: `About ${column}` });
    await expect(about).toContainText("Values of this class open for nobody.");
    await expect(about.getByRole("button", { name: "Select this column" })).toHaveCount(0);
    const wish = { table: { source: "marigold", schema, table }, keys: [1], fields: [column] };
    await expect(deeds.ask("Ana", wish), column).rejects.toMatchObject({ code: "class-never-opens" });
  }
});

const prescriptions = { source: "marigold", schema: "care", table: "prescriptions" };

async function columnOf(deeds: Deeds, name: string) {
  const table = await deeds.tableOf({ table: prescriptions, keys: [], fields: [] });
  const { id, version, classId, shown } = table.columns.find((column) => column.name === name)!;
  if (classId === null || shown.why !== "confirmed") throw new Error(`${name} is not confirmed.`);
  return { id, version, classId, mask: shown.mask, sourceId: table.source.id };
}

/** What Sam does in the catalogue. */
async function confirm(deeds: Deeds, name: string, classId: string, mask: Mask): Promise<void> {
  const { id, version, sourceId } = await columnOf(deeds, name);
  await confirmColumns(await deeds.contextOf("Sam"), { sourceId, choices: [{ id, version, classId, mask }] });
}
