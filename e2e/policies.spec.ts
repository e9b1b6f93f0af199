import type { Page } from "@playwright/test";
import { encodeHandle } from "@/lib/catalog/record-handle";
import { accountOf, type Name } from "./support/stack";
import { beginDraft, makeDraft, turnTo } from "./support/steps";
import { expect, test } from "./support/test";

const ruleName = "Legal duties at once";
const noTime = "This policy has not passed its tests since it was changed.";

test("Pia drafts and tests a rule, Quinn activates it, a request follows it, and it is rolled back", async ({
  as,
  deeds,
}) => {
  test.setTimeout(180_000);
  const pia = await as("Pia");
  const quinn = await as("Quinn");
  const ask = (key: number) =>
    deeds.ask("Ana", { keys: [key], fields: ["email"], purpose: "legal-obligation" });
  expect((await ask(61)).words).toContain("Max");

  const address = await beginDraft(pia, "Legal duties open at once");
  await test.step("she writes a rule by menus, and the text keeps in step", async () => {
    await pia.getByRole("button", { name: "Add a rule" }).click();
    const rule = lastRule(pia);
    await rule.getByLabel("Rule 6", { exact: true }).fill(ruleName);
    await rule.getByRole("button", { name: "Add a condition" }).click();
    await rule.getByLabel("What condition 1 looks at").selectOption("purpose");
    await rule.getByLabel("Value of condition 1").fill("legal-obligation");
    await expect(rule.getByLabel("The condition as text")).toHaveValue(
      'request.purpose == "legal-obligation"',
    );
    await rule.getByLabel("Then it is").selectOption("granted at once");
  });

  await test.step("a text that cannot be asked is told with its place, at its rule", async () => {
    const text = lastRule(pia).getByLabel("The condition as text");
    await text.fill('request.purpos == "legal-obligation" || request.ticket');
    await expect(lastRule(pia).getByText("The menus cannot say this condition")).toBeVisible();
    await pia.getByRole("button", { name: "Save and run the scenarios" }).click();
    await expect(lastRule(pia).getByText(/characters 9 to 14/)).toBeVisible();
    await text.fill('request.purpose == "legal-obligation"');
    await expect(lastRule(pia).getByLabel("Value of condition 1")).toHaveValue("legal-obligation");
  });

  await test.step("saved and tested, the page says what it changes; she cannot activate it herself", async () => {
    await pia.getByRole("button", { name: "Save and run the scenarios" }).click();
    const difference = pia.getByRole("region", { name: /^Compared with version/ });
    await expect(difference.getByRole("listitem")).toHaveText([/^Added.*Legal duties at once/]);
    await pia.getByRole("button", { name: "Replay past requests" }).click();
    await expect(pia.getByRole("region", { name: "What would have gone otherwise" })).toContainText(
      "automatic",
    );
    await expect(pia.getByRole("button", { name: "Activate", exact: true })).toHaveAccessibleDescription(
      "You have written a part of this policy.",
    );
  });

  await test.step("Quinn activates it, and the next request opens at once", async () => {
    await quinn.goto(address);
    await quinn.getByRole("button", { name: "Activate", exact: true }).click();
    await expect(quinn.getByText("Active", { exact: true })).toBeVisible();
    await quinn.goto("/policies");
    await expect(quinn.getByRole("list", { name: "Rules" })).toContainText(
      "When purpose is legal-obligation",
    );
    expect((await ask(62)).words).toMatch(/^Granted at once/);
  });

  await test.step("Pia takes the built-in rules back, tests them, Quinn activates them", async () => {
    await rollBack(pia, quinn);
    expect((await ask(63)).words).toContain("Max");
  });
});

test("a rule asks for the password again, and whoever sends, approves or opens gives it in place", async ({
  as,
  control,
  source,
  expectReveal,
}) => {
  test.setTimeout(240_000);
  const [customer] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 64`;
  const [pia, quinn, ana, max] = [await as("Pia"), await as("Quinn"), await as("Ana"), await as("Max")];
  const age = async () => {
    await control`UPDATE sessions SET proved_at = clock_timestamp() - interval '11 minutes' WHERE ended_at IS NULL`;
  };
  const give = async (page: Page, name: Name) => {
    const form = page.getByRole("form", { name: "Your password again" });
    await form.getByLabel("Your password").fill(accountOf(name).password);
    await form.getByRole("button", { name: "Give it" }).click();
    await expect(form).toBeHidden();
  };

  await test.step("Pia writes the rule, Quinn activates it", async () => {
    const address = await beginDraft(pia, "Legal duties with a fresh password");
    await pia.getByRole("button", { name: "Add a rule" }).click();
    const rule = lastRule(pia);
    await rule.getByLabel("The condition as text").fill('request.purpose == "legal-obligation"');
    await rule.getByText("Caps and demands:").click();
    await rule.getByLabel(/^A password of the last ten minutes/).check();
    await pia.getByRole("button", { name: "Save and run the scenarios" }).click();
    await expect(pia.getByRole("region", { name: /^Compared with version/ })).toContainText(
      "fresh password needed",
    );
    await quinn.goto(address);
    await quinn.getByRole("button", { name: "Activate", exact: true }).click();
    await expect(quinn.getByText("Active", { exact: true })).toBeVisible();
  });

  const number =
    await test.step("Ana gives hers in the sheet, and what she wrote is still there", async () => {
      await ana.goto(`/browse/marigold/public/customers/${encodeHandle({ kind: "values", values: ["64"] })}`);
      await ana.getByRole("checkbox", { name: "Select email" }).check();
      await ana.getByRole("button", { name: "Request 1 field" }).click();
      const sheet = ana.getByRole("dialog", { name: "Request to see values" });
      await age();
      await sheet.getByLabel("Reason").fill("The court has asked for the address.");
      await sheet.getByLabel("Purpose").selectOption({ value: "legal-obligation" });
      await give(ana, "Ana");
      await expect(sheet.getByLabel("Reason")).toHaveValue("The court has asked for the address.");
      await sheet.getByRole("button", { name: "Send to Max Hoffmann" }).click();
      const sent = ana.getByRole("dialog", { name: /^Request \d+ is sent$/ });
      return Number((await sent.getByRole("heading").innerText()).replaceAll(/\D/g, ""));
    });

  await test.step("Max is refused with words, gives his, and approves on the same page", async () => {
    await turnTo(max, number);
    await age();
    await max.getByRole("button", { name: "Approve" }).click();
    await expect(max.getByText("Its rule asks for a password of the last ten minutes.")).toBeVisible();
    await give(max, "Max");
    await max.getByRole("button", { name: "Approve" }).click();
    await expect(max.getByText(`Request ${number} of Ana Souza is approved.`).first()).toBeVisible();
  });

  await test.step("Ana gives hers again before the value opens", async () => {
    await age();
    await ana.goto(`/requests/${number}`);
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(ana.getByText("Its rule asks for a password of the last ten minutes.")).toBeVisible();
    await give(ana, "Ana");
    expectReveal(customer!.email);
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(ana.getByText(customer!.email)).toBeVisible();
  });

  await rollBack(pia, quinn);
});

/** Takes the built-in rules back: Pia drafts them, Quinn tests and activates them. */
async function rollBack(pia: Page, quinn: Page): Promise<void> {
  await pia.goto("/policies");
  await pia.getByRole("button", { name: "Roll back to version 2" }).click();
  await makeDraft(pia, "Back to the built-in rules");
  await quinn.goto(pia.url());
  await expect(quinn.getByText(noTime)).toBeVisible();
  await quinn.getByRole("button", { name: "Run the scenarios", exact: true }).click();
  await expect(quinn.getByText("Tested", { exact: true })).toBeVisible();
  await quinn.getByRole("button", { name: "Activate", exact: true }).click();
  await expect(quinn.getByText("Active", { exact: true })).toBeVisible();
}

const lastRule = (page: Page) => page.getByRole("group", { name: /^Rule 6:/ });
