import type { Page } from "@playwright/test";
import { expect, test } from "./support/test";

const key = "877";

test("Ivy answers who has seen a customer, and after Sam and Ivy have forgotten them nobody can", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = ${key}`;
  const { number } = await deeds.grant("Ana", { keys: [Number(key)], fields: ["email"] });
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  expectReveal(row!.email);
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText(row!.email)).toBeVisible();

  const ivy = await as("Ivy");
  const disclosures = await reportOn(ivy, {});
  await expect(disclosures).toContainText("Employee 1 (agent)");
  await expect(disclosures).not.toContainText("Ana Souza");
  const named = await reportOn(ivy, { justification: "The customer needs the name for a claim." });
  await expect(named).toContainText("Ana Souza");

  const sam = await as("Sam");
  await sam.goto("/audit/erasures");
  await sam.getByLabel("Table").selectOption("Marigold: public.customers");
  await sam.getByLabel("Record", { exact: true }).fill(key);
  await sam.getByLabel("Reference of the request for erasure").fill("DSR-17");
  await sam.getByLabel("Reason").fill("They asked for it in writing.");
  await sam.getByRole("button", { name: "Ask for erasure" }).click();
  const waiting = sam.getByRole("region", { name: "Waiting for another person" });
  await expect(waiting.getByRole("listitem").filter({ hasText: "DSR-17" }).first()).toContainText("Sam");
  await expect(waiting.getByRole("button", { name: /^Forget/ })).toHaveAccessibleDescription(
    /another auditor or steward/,
  );

  await ivy.goto("/audit/erasures");
  await ivy.getByRole("button", { name: /^Forget/ }).click();
  const dialog = ivy.getByRole("dialog", { name: /^Do erasure/ });
  await expect(dialog).toContainText("1 grant");
  await dialog.getByRole("button", { name: "Forget for good" }).click();
  await expect(ivy.getByRole("region", { name: "Settled last" })).toContainText("Done by Ivy");
  await expect(ana.getByText(row!.email)).toHaveCount(0);

  await reportOn(ivy, {});
  await expect(ivy.getByText("Nobody was told anything of these records in this time.")).toBeVisible();
  await ivy.goto(`/requests/${number}`);
  await expect(ivy.getByText("an erased record").first()).toBeVisible();
});

/** The table of disclosures, made as an auditor makes it. */
async function reportOn(page: Page, { justification }: { justification?: string }) {
  await page.goto("/reports/disclosures");
  await page.getByLabel("Table", { exact: true }).selectOption("Marigold: public.customers");
  await page.getByLabel("Record", { exact: true }).fill(key);
  if (justification) await page.getByLabel("Why names of employees are necessary").fill(justification);
  await page.getByRole("button", { name: "Make the report" }).click();
  await expect(page.getByRole("heading", { name: "What counts, and what does not" })).toBeVisible();
  const names = [...new URL(page.url()).searchParams.keys()];
  expect(names, "the address holds no key and no words").toEqual(["asked"]);
  return page.getByRole("region", { name: "Who was told what", exact: true });
}
