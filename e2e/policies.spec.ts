import type { Page } from "@playwright/test";
import { beginDraft, makeDraft } from "./support/steps";
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
    await pia.goto("/policies");
    await pia.getByRole("button", { name: "Roll back to version 2" }).click();
    await makeDraft(pia, "Back to the built-in rules");
    await quinn.goto(pia.url());
    await expect(quinn.getByText(noTime)).toBeVisible();
    await quinn.getByRole("button", { name: "Run the scenarios", exact: true }).click();
    await expect(quinn.getByText("Tested", { exact: true })).toBeVisible();
    await quinn.getByRole("button", { name: "Activate", exact: true }).click();
    await expect(quinn.getByText("Active", { exact: true })).toBeVisible();
    expect((await ask(63)).words).toContain("Max");
  });
});

const lastRule = (page: Page) => page.getByRole("group", { name: /^Rule 6:/ });
