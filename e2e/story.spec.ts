import type { Page, Request } from "@playwright/test";
import { loadSql, type TestDatabase } from "@/lib/testing/database";
import { asAdmin } from "@/scripts/databases";
import { cellOf } from "./support/grid";
import { shortenWindow } from "./support/short-window";
import { pressTo, readAudit, sendRequest, turnTo } from "./support/steps";
import { expect, signIn, test } from "./support/test";

test.describe.configure({ timeout: 180_000 });

test("Ana asks for two e-mail addresses, Max lets her see one, her time runs out, and Ivy has all of it on record", async ({
  page: ana,
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [jane] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 1`;
  const email = jane!.email;
  await ana.context().grantPermissions(["clipboard-read", "clipboard-write"]);

  await test.step("Ana is three clicks from a record", async () => {
    await signIn(ana, "Ana");
    await ana.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Browse" }).click();
    await ana
      .getByRole("navigation", { name: "Tables" })
      .getByRole("link", { name: "customers 50K" })
      .click();
    await ana.getByRole("rowheader", { name: "1", exact: true }).getByRole("link").click();
    await expect(ana.getByRole("heading", { level: 1, name: "customers 1" })).toBeVisible();
  });

  const number =
    await test.step("back in the table, she selects two e-mail cells and asks for them", async () => {
      await ana.goBack();
      await (await cellOf(ana, 1, "email")).click();
      await (await cellOf(ana, 2, "email")).click({ modifiers: ["Control"] });
      await ana.getByRole("button", { name: "Request 1 field of 2 records" }).click();
      return sendRequest(ana, {
        reason: "Both parcels came back, and they have to be told.",
        approver: "Max Hoffmann",
      });
    });

  await test.step("Max takes one record and most of the time away, and approves, all by keyboard", async () => {
    const max = await as("Max");
    await shortenWindow(max, 20);
    await max.getByRole("link", { name: "Inbox 1 waiting for you" }).click();
    await expect(max.getByRole("article")).toContainText("Both parcels came back");
    await narrowToOne(max, { without: ["2"] });
    await expect(max.getByText(`Request ${number} of Ana Souza is approved in part.`).first()).toBeVisible();
  });

  // Heard from the start: what is said aloud stays for a few seconds only.
  const lastSeconds = ana.getByRole("status").getByText("Values of customers: 10 seconds left");
  const heard = lastSeconds.waitFor({ state: "attached", timeout: 150_000 });

  const reveal = await test.step("Ana opens what she was granted, and her time begins", async () => {
    await ana.goto("/browse/marigold/public/customers");
    await expect(await cellOf(ana, 2, "email")).not.toContainText("Reveal");
    expectReveal(email);
    const asked = ana.waitForRequest((request) => (request.postData() ?? "").includes("columnIds"));
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(await cellOf(ana, 1, "email")).toHaveText(email);
    await expect(ana.getByRole("timer", { name: "Values of customers, time left" })).toHaveText(/^0:[01]\d$/);
    await expect(ana.getByRole("banner").getByRole("button", { name: /1 lit/ })).toBeVisible();
    return asked;
  });

  await test.step("she copies it, on record", async () => {
    await ana.getByRole("button", { name: "Copy email" }).click();
    await expect(ana.getByText("Copied. The copy is on record.").first()).toBeVisible();
    expect(await ana.evaluate(() => navigator.clipboard.readText())).toBe(email);
  });

  await test.step("the last seconds are said aloud, and the value goes with them", async () => {
    await heard;
    await expect(ana.getByText("The time is over, and the values are masked again.")).toBeVisible();
    await expect(ana.getByText(email)).toHaveCount(0);
    await expect(await cellOf(ana, 1, "email")).toHaveText(/^.•+@|\*/);
  });

  await test.step("the server refuses what the browser no longer offers", () =>
    refusedNow(ana, reveal, email));

  await test.step("Ivy reads every step in the audit, and takes it with her as CSV", async () => {
    await expect.poll(() => deeds.codesOf(number)).toContain("grant.ended");
    const ivy = await as("Ivy");
    const { sentences, codes } = await readAudit(ivy, number);
    expect(sentences.slice(0, 5)).toEqual([
      "Ana Souza asked for email of 2 records in public.customers",
      `Max Hoffmann approved less of request ${number}: email of record 1 in public.customers`,
      `Ana Souza opened the grant of request ${number}`,
      "Ana Souza saw email of record 1 in public.customers, approved by Max Hoffmann",
      "Ana Souza copied email of record 1 in public.customers",
    ]);
    expect(codes.slice(0, 5)).toEqual([...wholeStory.slice(0, 4), "reveal.copied"]);
    // The server ends a grant on its own time: she may have tried before that.
    expect(sentences.slice(5).toSorted()).toEqual([
      "Ana Souza was refused a reveal: grant ended",
      `The time of the grant of request ${number} was over`,
    ]);
    expect(codes.slice(5).toSorted()).toEqual(["grant.ended", "reveal.refused"]);
  });
});

test("the same story on Pagila, from the day its database is added", async ({
  page: sam,
  as,
  deeds,
  watch,
  expectReveal,
}) => {
  const pagila = await loadSql("pagila");
  const mary = await firstCustomers(pagila);
  watch.guard(
    mary.map((row) => ({
      table: "public.customer",
      column: "email",
      key: row.id,
      raw: row.email,
      needles: [row.email],
    })),
  );

  await test.step("Sam adds the database: the wrong password is called by its name, the right one connects", async () => {
    await signIn(sam, "Sam");
    await sam.getByRole("link", { name: "Catalogue" }).click();
    await sam.getByRole("link", { name: "Add a source" }).click();
    await sam
      .getByLabel("Encryption")
      .selectOption({ label: "disable – not encrypted, for a network you trust" });
    await sam.getByRole("textbox", { name: "Address" }).fill(withPassword(pagila.url, "guessed"));
    await sam.getByRole("button", { name: "Test the connection" }).click();
    await expect(sam.getByText("The server did not accept this user and password.")).toBeVisible();
    await sam.getByRole("textbox", { name: "Address" }).fill(pagila.url);
    await sam.getByRole("button", { name: "Test the connection" }).click();
    await expect(sam.getByText("The connection works.")).toBeVisible();
    await sam.getByLabel("Name", { exact: true }).fill("Pagila");
    await sam.getByRole("button", { name: "Add the source" }).click();
    await expect(sam.getByRole("heading", { level: 1, name: "Pagila" })).toBeVisible();
  });

  const ana = await as("Ana");
  await test.step("until somebody has looked at it, Ana sees columns and not one value", async () => {
    await ana.goto("/browse/pagila/public/customer");
    await expect(ana.getByRole("grid", { name: "customer" })).toBeVisible();
    await expect(ana.getByRole("grid").getByText(/SMITH|MARY/)).toHaveCount(0);
  });

  await test.step("Sam confirms what the names of the columns say for sure, and what is likely", async () => {
    await sam.getByRole("button", { name: /^Confirm \d+ columns that are sure$/ }).click();
    await expect(sam.getByText(/^\d+ columns confirmed$/).first()).toBeVisible();
    await sam.getByRole("button", { name: /\d+ columns that seem likely$/ }).click();
    await expect(sam.getByRole("button", { name: /that (are sure|seem likely)$/ })).toHaveCount(0);
  });

  const number = await test.step("Ana asks for the e-mail addresses of three customers", async () => {
    await ana.reload();
    await (await cellOf(ana, 1, "email")).click();
    await (await cellOf(ana, 3, "email")).click({ modifiers: ["Shift"] });
    await ana.getByRole("button", { name: "Request 1 field of 3 records" }).click();
    return sendRequest(ana, {
      reason: "Their films are long overdue; remind them.",
      approver: "Max Hoffmann",
    });
  });

  await test.step("Max narrows it to one customer and approves", async () => {
    const max = await as("Max");
    await shortenWindow(max, 15);
    await turnTo(max, number);
    await narrowToOne(max, { without: ["2", "3"] });
    await expect(max.getByText(`Request ${number} of Ana Souza is approved in part.`).first()).toBeVisible();
  });

  await test.step("Ana reveals the one address, and it goes when the countdown ends", async () => {
    const { email } = mary[0]!;
    await ana.goto(`/requests/${number}`);
    expectReveal(email);
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(ana.getByText(email)).toBeVisible();
    await expect(ana.getByRole("timer", { name: "Values of customer, time left" })).toHaveText(/^0:[01]\d$/);
    await expect(ana.getByText("The time is over, and the values are masked again.")).toBeVisible({
      timeout: 20_000,
    });
    await expect(ana.getByText(email)).toHaveCount(0);
  });

  await test.step("Ivy exports the audit as CSV", async () => {
    await expect.poll(() => deeds.codesOf(number)).toContain("grant.ended");
    const { codes, csv } = await readAudit(await as("Ivy"), number);
    expect(codes).toEqual(wholeStory);
    watch.inspect("the exported audit", csv, []);
    expect(csv).toContain("Their films are long overdue; remind them.");
  });

  await test.step("Sam removes the source, and nobody finds it any more", async () => {
    await sam.getByRole("link", { name: "Connection" }).click();
    await sam.getByRole("button", { name: "Remove Pagila" }).click();
    await sam.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await expect(sam).toHaveURL(/\/catalog$/);
    const answer = await ana.goto("/browse/pagila/public/customer");
    expect(answer?.status()).toBe(404);
  });
  await pagila.drop();
});

const wholeStory = [
  "request.submitted",
  "request.narrowed",
  "grant.activated",
  "reveal.opened",
  "grant.ended",
];

async function narrowToOne(max: Page, { without }: { without: string[] }): Promise<void> {
  const decision = max.getByRole("region", { name: "Decision" });
  await pressTo(max, "n", decision.getByRole("group", { name: "Records" }));
  for (const record of without)
    await decision.getByRole("checkbox", { name: record, exact: true }).press("Space");
  await decision.getByRole("radio", { name: "1 min" }).press("Space");
  await decision.getByRole("button", { name: "Approve 1 field of 1 record for 1 min" }).press("Enter");
}

/** Sends again what the browser sent to reveal a value. */
async function refusedNow(ana: Page, reveal: Request, raw: string): Promise<void> {
  const answer = await (await ana.request.fetch(reveal)).text();
  expect(answer).toContain("The time of this grant is over.");
  expect(answer).not.toContain(raw);
}

async function firstCustomers({ ownerUrl }: TestDatabase): Promise<{ id: string; email: string }[]> {
  return asAdmin(
    ownerUrl,
    (sql) => sql`SELECT customer_id::text AS id, email FROM customer ORDER BY customer_id LIMIT 50`,
  );
}

function withPassword(url: string, password: string): string {
  const wrong = new URL(url);
  wrong.password = password;
  return wrong.href;
}
