import type { Page } from "@playwright/test";
import { cellOf } from "./support/grid";
import { sendRequest, turnTo } from "./support/steps";
import { expect, test } from "./support/test";

const emailOf = "SELECT email FROM customers WHERE id = ";
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);
const sheetOf = (page: Page) => page.getByRole("dialog", { name: "Request to see values" });

async function askFor(page: Page, path: string, key: number, column: string): Promise<void> {
  await page.goto(path);
  await (await cellOf(page, key, column)).click();
  await page.getByRole("button", { name: "Request 1 field of 1 record" }).click();
}

test("Ana names a moment and two views: Max reads both, nothing opens before it, and without it two views are all", async ({
  as,
  deeds,
  source,
  control,
  expectReveal,
}) => {
  const [row] = await source.unsafe<{ email: string }[]>(`${emailOf}25`);
  const [zone] = await control<
    { time_zone: string }[]
  >`SELECT time_zone FROM people WHERE name = 'Ana Souza'`;
  const ana = await as("Ana");
  await askFor(ana, "/browse/marigold/public/customers", 25, "email");
  const sheet = sheetOf(ana);
  await sheet.getByText("Later, or only so often").click();
  await expect(sheet.getByText(`Your time, ${zone!.time_zone}.`)).toBeVisible();
  await sheet.getByLabel("Not before").fill(wallClock(inHours(-2), zone!.time_zone));
  await expect(sheet.getByText("This moment is over.")).toBeVisible();
  await sheet.getByLabel("Not before").fill(wallClock(inHours(30), zone!.time_zone));
  await sheet.getByLabel("Views").fill("2");
  const seen = sheet.getByRole("region", { name: "What Max Hoffmann will see" });
  await expect(seen.getByRole("list", { name: "Bounds" })).toContainText("2 views at most");
  const words = { reason: "She asked to be called tomorrow.", approver: "Max Hoffmann" };
  const number = await sendRequest(ana, words);

  const max = await as("Max");
  await turnTo(max, number);
  const bounds = max.getByRole("list", { name: "Bounds" });
  await expect(bounds).toContainText(/Not before \w{3}, \d+ \w+ \d{4}, \d\d:\d\d/);
  await expect(bounds).toContainText("2 views at most");
  const grantId = await deeds.approve(number);
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText(/email of 1 record can be opened in 1 day/)).toBeVisible();
  await expect(ana.getByRole("button", { name: "Open now" })).toBeDisabled();
  await expect(ana.getByRole("region", { name: "History" })).toContainText("Can be opened from");
  expect(await control`SELECT state FROM grants WHERE id = ${grantId}`).toMatchObject([{ state: "ready" }]);

  await askFor(ana, "/browse/marigold/public/customers", 25, "email");
  await sheetOf(ana).getByText("Later, or only so often").click();
  await sheetOf(ana).getByLabel("Views").fill("2");
  const second = await sendRequest(ana, words);
  await deeds.approve(second);
  await ana.goto(`/requests/${second}`);
  expectReveal(row!.email);
  const grants = ana.getByRole("region", { name: "Grants on this page" });
  await expect(grants).toContainText("2 of 2 views left");
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText(row!.email)).toBeVisible();
  await expect(grants).toContainText("1 of 2 views left");
  await ana.getByRole("button", { name: "Hide" }).click();
  await ana.getByRole("button", { name: "Reveal again" }).click();
  await expect(grants).toContainText("0 of 2 views left");
  await ana.getByRole("button", { name: "Hide" }).click();
  await expect(ana.getByRole("button", { name: "Reveal again" })).toBeDisabled();
});

test("Ana asks for more time while it is open: Max reads the chain, and what he approves goes on by itself", async ({
  as,
  deeds,
  source,
  control,
  expectReveal,
}) => {
  const [row] = await source.unsafe<{ email: string }[]>(`${emailOf}26`);
  const { number } = await deeds.grant("Ana", { keys: [26], fields: ["email"] });
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  expectReveal(row!.email);
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText(row!.email)).toBeVisible();
  await ana.getByRole("button", { name: "Ask for more time" }).click();
  const dialog = ana.getByRole("dialog", { name: "Ask for more time" });
  await dialog.getByLabel("Why you need more time").fill("later");
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(dialog).toContainText("Write at least 10 characters");
  await dialog.getByLabel("Why you need more time").fill("She is looking for her papers.");
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(ana.getByText(`Asks for more time for what was opened by request ${number}`)).toBeVisible();
  const more = Number(ana.url().split("/").at(-1));

  const max = await as("Max");
  await turnTo(max, more);
  await expect(max.getByRole("article")).toContainText(
    `Asks for more time for what was opened by request ${number}`,
  );
  await max.getByRole("button", { name: "Approve" }).click();
  await expect.poll(() => deeds.codesOf(more)).toContain("grant.activated");
  await expect(ana.getByText("Goes on when the first is over")).toBeVisible();
  const [chain] = await control<{ gap: number }[]>`
    SELECT extract(epoch FROM g.activated_at - f.ends_at)::float AS gap FROM grants g
    JOIN requests r ON r.id = g.request_id JOIN grants f ON f.request_id = r.parent_id WHERE r.number = ${more}`;
  expect(Math.abs(chain!.gap)).toBeLessThan(0.001);
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText(`More time was asked for by request ${more}`)).toBeVisible();
  await expect(ana.getByRole("button", { name: "Ask for more time" })).toHaveCount(0);
});

test("what ends with the session is gone from another tab when Ana signs out, and opens in no other session", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source.unsafe<{ email: string }[]>(`${emailOf}27`);
  const { number } = await deeds.grant("Ana", { keys: [27], fields: ["email"], withSession: true });
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  expectReveal(row!.email);
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText(row!.email)).toBeVisible();
  const tab = await ana.context().newPage();
  await tab.goto("/");
  await tab.getByRole("button", { name: /your menu$/ }).click();
  await tab.getByRole("button", { name: "Sign out" }).click();
  await expect(ana.getByText(row!.email)).toHaveCount(0);
  await expect.poll(() => deeds.codesOf(number)).toContain("grant.ended");

  const again = await as("Ana");
  await again.goto(`/requests/${number}`);
  await expect(again.getByText("It ended with the session that had opened it.")).toBeVisible();
  await expect(again.getByRole("button", { name: "Open now" })).toHaveCount(0);
});

test("Ana sends and opens an emergency from the sheet of the table, in one step", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source<{ code: string }[]>`SELECT code FROM care.diagnoses WHERE id = 2`;
  const ana = await as("Ana");
  await askFor(ana, "/browse/marigold/public/customers", 28, "email");
  await expect(sheetOf(ana).getByRole("button", { name: "Send to Max Hoffmann" })).toBeVisible();
  await expect(sheetOf(ana).getByRole("region", { name: "Emergency" })).toHaveCount(0);

  await askFor(ana, "/browse/marigold/care/diagnoses", 2, "code");
  const sheet = sheetOf(ana);
  await sheet.getByLabel("Purpose").selectOption("Coordinate care");
  await sheet.getByLabel("Reason").fill("She is in the ambulance.");
  const emergency = sheet.getByRole("region", { name: "Emergency" });
  await emergency.getByRole("button", { name: "This is an emergency" }).click();
  await emergency.getByLabel("Why it cannot wait").fill("It is urgent");
  await emergency.getByRole("button", { name: "Send and open it now" }).click();
  await expect(emergency).toContainText("Write at least 20 characters");
  await emergency.getByLabel("Why it cannot wait").fill("The crew asks what she has.");
  await emergency.getByRole("button", { name: "Send and open it now" }).click();
  const open = ana.getByRole("dialog", { name: /^Request \d+ is open$/ });
  const number = Number((await open.getByRole("heading").innerText()).replaceAll(/\D/g, ""));
  await open.getByRole("link", { name: "See the values" }).click();
  await expect(ana.getByText("Opened as an emergency", { exact: true })).toBeVisible();
  expectReveal(row!.code);
  await ana.getByRole("button", { name: "Reveal again" }).click();
  await expect(ana.getByText(row!.code)).toBeVisible();
  expect(await deeds.codesOf(number)).toEqual([
    ...["request.submitted", "emergency.opened", "grant.activated", "reveal.opened"],
  ]);
});

/** What a clock on the wall shows at a place, as a field takes it. */
function wallClock(at: Date, timeZone: string): string {
  return at.toLocaleString("sv-SE", { timeZone }).slice(0, 16).replace(" ", "T");
}
