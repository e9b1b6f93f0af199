import fs from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import type { AxeResults, RunOptions } from "axe-core";
import type { Name } from "./support/stack";
import { beginDraft } from "./support/steps";
import { expect, test } from "./support/test";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

/** Every page that somebody can reach by a link, by who reaches it. */
const pages: readonly [Name, readonly string[]][] = [
  [
    "Ana",
    [
      "/",
      "/browse",
      "/search",
      "/browse/marigold/public/customers?f=country:is:DE&sort=country",
      "/browse/marigold/public/customers/WyIxIl0",
      "/browse/marigold/public/customers/find",
      "/browse/marigold/public/customers/views?f=country:is:DE",
      "/browse/marigold/public/customers/request?f=id:lt:20",
      "/requests",
      "/settings",
      "/settings/mail",
      "/audit",
      "/nothing",
    ],
  ],
  [
    "Sam",
    [
      "/",
      "/catalog",
      "/catalog/marigold",
      "/catalog/marigold/public/legacy_import",
      "/catalog/marigold/connection",
      "/catalog/marigold/preset?by=hipaa",
      "/catalog/classes",
      "/catalog/new",
      "/catalog/health",
    ],
  ],
  ["Max", ["/", "/settings/absence"]],
  [
    "Ivy",
    [
      "/",
      "/audit",
      "/people/approvers",
      "/reports",
      "/reports/anomalies",
      "/reports/disclosures",
      "/reports/exposure",
      "/audit/erasures",
      "/reports/approvals?from=2026-01-01&to=2026-12-31",
      "/reviews/access",
      "/reviews/campaigns",
      "/reports/access-review?from=2026-01-01&to=2026-12-31",
    ],
  ],
  ["Pia", ["/", "/policies", "/policies/2", "/policies/simulator"]],
  [
    "Ada",
    [
      "/",
      "/people",
      "/people/groups",
      "/people/stops",
      "/people/absences",
      "/settings/retention",
      "/people/00000000-0000-4000-8000-000000000001",
    ],
  ],
];

for (const [name, paths] of pages) {
  test(`${name}'s pages have no serious finding, in the light, in the dark, and on a phone`, async ({
    as,
  }) => {
    test.setTimeout(180_000);
    const page = await as(name);
    for (const path of paths) await test.step(path, () => checkPage(page, path));
  });
}

test("the doors have no serious finding either", async ({ page }) => {
  for (const path of ["/sign-in", "/join?token=x", "/welcome?token=x"])
    await test.step(path, () => checkPage(page, path));
});

test("nor has a request on its way: the sheet, the inbox, the page of the request, and a value that is lit", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  test.setTimeout(180_000);
  const [customer] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 28`;
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/customers/WyIyOSJd");
  await ana.getByRole("checkbox", { name: "Select email" }).check();
  await ana.getByRole("button", { name: "Request 1 field" }).click();
  await expect(ana.getByRole("region", { name: "What Max Hoffmann will see" })).toBeVisible();
  await checkOpen(ana, "the request sheet");

  const asked = await deeds.ask("Ana", { keys: [30], fields: ["email", "national_id"] });
  const max = await as("Max");
  await checkPage(max, `/inbox?request=${asked.number}`);
  await checkPage(max, "/inbox");
  await checkPage(max, "/reviews");
  await checkPage(max, "/people/approvers");
  await checkPage(max, "/inbox?group=requester");
  await deeds.question("Max", asked.id);
  await checkPage(ana, `/requests/${asked.number}`);

  const { number } = await deeds.grant("Ana", { keys: [28], fields: ["email"] });
  await ana.goto(`/requests/${number}`);
  expectReveal(customer!.email);
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText(customer!.email)).toBeVisible();
  await checkOpen(ana, "a lit value");
});

test("nor has a draft of a policy, with its rules, its risk and its scenarios open", async ({ as }) => {
  test.setTimeout(120_000);
  const pia = await as("Pia");
  await beginDraft(pia, "To look at");
  for (const summary of await pia.locator("main summary").all()) await summary.click();
  await checkOpen(pia, "a draft");
});

test("the keyboard reaches what matters on the table of customers, in the order of the page", async ({
  as,
}) => {
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/customers");
  await expect(ana.getByRole("grid")).toBeVisible();
  // As somebody would who works in the table: the tree of all tables stands before it.
  await ana.getByRole("button", { name: "Hide the tables" }).click();
  await ana.reload();
  const order = await tabThrough(ana, 220);
  const place = (name: RegExp) => {
    const at = order.findIndex((one) => name.test(one));
    expect(at, `${name} among ${order.join(" | ")}`).toBeGreaterThanOrEqual(0);
    return at;
  };
  const stops = [
    /^Skip to content/,
    /^Browse/,
    /Ana Souza, your menu/,
    /Filter/,
    /Select all records/,
    /Next/,
  ].map(place);
  expect(stops).toEqual(stops.toSorted((one, other) => one - other));
});

/** A page in all its clothes. */
async function checkPage(page: Page, path: string): Promise<void> {
  await page.setViewportSize(desk);
  await page.goto(path);
  await expect(page.getByRole("heading").first()).toBeVisible();
  await checkOpen(page, path);
}

async function checkOpen(page: Page, what: string): Promise<void> {
  await page.evaluate(axe);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect(await findings(page), `${what}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await findings(page, { runOnly: ["color-contrast"] }), `${what}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(phone);
  expect(await findings(page), `${what}, on a phone`).toEqual([]);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${what} scrolls sideways on a phone`).toBeLessThanOrEqual(phone.width);
  await page.setViewportSize(desk);
}

/** What axe finds serious or critical, each with the first places. */
async function findings(page: Page, options: RunOptions = {}): Promise<string[]> {
  const { violations } = await page.evaluate(
    (given) =>
      (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(given),
    { resultTypes: ["violations" as const], ...options },
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(
            ({ target, failureSummary }) => `${target.join(" ")} ${failureSummary?.split("\n")[1]?.trim()}`,
          )
          .join("; ")} (${nodes.length})`,
    );
}

/** The names of what gets the focus, Tab by Tab. */
async function tabThrough(page: Page, most: number): Promise<string[]> {
  const names: string[] = [];
  for (let turn = 0; turn < most; turn++) {
    await page.keyboard.press("Tab");
    names.push(
      await page.evaluate(() => {
        const at = document.activeElement as HTMLElement | null;
        return at?.getAttribute("aria-label") ?? at?.innerText?.trim() ?? "";
      }),
    );
  }
  return names;
}
