import type { Page } from "@playwright/test";
import { beginDraft } from "./support/steps";
import { expect, test } from "./support/test";

const rules = (page: Page) => page.getByRole("list", { name: "What each rule says" }).getByRole("listitem");

test("Pia puts a request together, reads rule by rule why, and keeps it as a scenario of a draft", async ({
  as,
}) => {
  test.setTimeout(120_000);
  const pia = await as("Pia");
  const address = await beginDraft(pia, "To keep a scenario in");
  await pia.goto("/policies");
  await pia.getByRole("link", { name: "Simulate a request" }).click();

  await test.step("a calm request of Support is granted at once, and the rule says why", async () => {
    await pia.getByRole("button", { name: "Simulate" }).click();
    const said = pia.getByRole("region", { name: /^What version \d+ says$/ });
    await expect(said.getByText("By the rule “Contact fields for support”.")).toBeVisible();
    await expect(said.getByText("Opens for 10 minutes")).toBeVisible();
    const contact = rules(pia).filter({ hasText: "Contact fields for support" }).first();
    await expect(contact).toContainText("True");
    await expect(contact).toContainText("number of records is at most 5(number of records: 1)");
    await expect(rules(pia).filter({ hasText: "Not asked: an earlier rule decides" }).first()).toBeVisible();
  });

  await test.step("with a signal missing the rule does not match, and Ana's manager would decide", async () => {
    await pia.getByLabel("Who asks").selectOption("Ana Souza");
    await pia.getByRole("checkbox", { name: "Support" }).check();
    await pia.getByLabel("Records seen in 7 days").fill("");
    await pia.getByRole("button", { name: "Simulate" }).click();
    const said = pia.getByRole("region", { name: /^What version \d+ says$/ });
    await expect(said.getByText("No rule matched: the manager decides.")).toBeVisible();
    await expect(said.getByRole("region", { name: "Steps" })).toContainText("Max Hoffmann");
    await expect(said.getByRole("region", { name: "Risk" })).toContainText(
      "Records seen or granted in 7 days: not known",
    );
  });

  await test.step("it is kept in the draft, which passes on it", async () => {
    await pia.getByLabel("Keep it as the scenario").fill("Nobody knows what Support has seen");
    await pia.getByRole("button", { name: "Keep as a scenario" }).click();
    await pia.getByRole("region", { name: "Keep as a scenario" }).getByRole("link").click();
    await expect(pia).toHaveURL(address);
    const scenario = pia
      .getByRole("region", { name: "Scenarios" })
      .getByRole("listitem")
      .filter({ hasText: "Nobody knows what Support has seen" });
    await expect(scenario).toContainText("Passes");
    await expect(pia.getByRole("region", { name: /^Compared with version/ })).toContainText(
      "Scenario: Nobody knows what Support has seen",
    );
  });
});

test("a request of the past is simulated from what was frozen with it, out of a replay", async ({
  as,
  deeds,
}) => {
  test.setTimeout(120_000);
  const { number } = await deeds.ask("Ana", { keys: [71], fields: ["email"], purpose: "legal-obligation" });
  const pia = await as("Pia");
  await pia.goto(`/policies/simulator?request=${number}`);
  await expect(pia.getByText(`What was known of request ${number} when it was sent`)).toBeVisible();
  await expect(pia.getByLabel("Purpose")).toHaveValue("legal-obligation");
  await expect(pia.getByLabel("Field 1: data class")).toHaveValue("email");
  await pia.getByRole("button", { name: "Simulate" }).click();
  await expect(pia.getByText("No rule matched: the manager decides.")).toBeVisible();
  const ivy = await as("Ivy");
  await ivy.goto(`/requests/${number}`);
  await expect(ivy.getByText(/Pia .* looked at what the policy knew of request/)).toBeVisible();
});

test("every part of a policy is changed without code, and the difference says each in words", async ({
  as,
}) => {
  test.setTimeout(120_000);
  const pia = await as("Pia");
  await beginDraft(pia, "To change every part");
  for (const summary of await pia.getByRole("region", { name: "Rules" }).locator("summary").all())
    await summary.click();
  const rule = pia.getByRole("group", { name: "Rule 2: Contact fields for support" });
  await rule.getByLabel("Views").fill("3");
  await rule.getByLabel("Parts of values only").check();
  await rule.getByLabel(/^A password of the last ten minutes/).check();
  await pia.getByLabel("Stepping in 1: who").selectOption("the owners of the table");
  await pia.getByLabel("Looked at afterwards, in a hundred").fill("20");
  await pia.getByRole("button", { name: "Add a tier by number of records" }).click();
  await pia.getByLabel("By number of records, tier 5: over so many").fill("250");
  await pia.getByLabel("By number of records, tier 5: points").fill("60");
  await pia.getByRole("spinbutton", { name: "Investigate an incident" }).fill("7");
  await pia.getByLabel("Working hours until").fill("18");
  await pia.getByRole("checkbox", { name: "Saturday" }).uncheck();
  const scenario = pia.getByRole("listitem").filter({ hasText: "Support calls a customer back" }).first();
  await scenario.getByLabel("For so many seconds").fill("300");
  await scenario.getByLabel("View time, seconds").fill("300");
  await pia.getByRole("button", { name: "Save and run the scenarios" }).click();
  const difference = pia.getByRole("region", { name: /^Compared with version/ });
  for (const words of [
    "at most 3 views",
    "parts of values only",
    "fresh password needed",
    "Who steps in",
    "5 in a hundred are → 20 in a hundred are",
    "over 250: 60 points",
    "0 points → 7 points",
    "7 to 18 o’clock on Monday, Tuesday, Wednesday, Thursday, Friday",
    "View time: 15 minutes → 5 minutes",
  ])
    await expect(difference).toContainText(words);
});
