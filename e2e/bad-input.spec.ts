import type { Page } from "@playwright/test";
import { loadSql } from "@/lib/testing/database";
import { openWireTap } from "@/lib/testing/wire-tap";
import { addSource } from "./support/add-source";
import { cellOf } from "./support/grid";
import { expect, test } from "./support/test";

const customers = "/browse/marigold/public/customers";

for (const [what, address] of [
  ["a source that does not exist", "/browse/nowhere/public/customers"],
  ["a table that does not exist", "/browse/marigold/public/nothing"],
  ["a request that does not exist", "/requests/999999"],
  ["a request that is no number", "/requests/first"],
  ["a page that does not exist", "/nothing"],
  ["a name with a zero byte", "/browse/marigold/public/%00"],
] as const) {
  test(`the address of ${what} gets a clear answer`, async ({ as }) => {
    const ana = await as("Ana");
    const answer = await ana.goto(address);
    expect(answer?.status()).toBe(404);
    await expect(ana.getByRole("heading").first()).toHaveText(/^There is (nothing here|no such page)/);
  });
}

test("an address that cannot be decoded gets a page that says so, signed in or not", async ({
  as,
  request,
}) => {
  const ana = await as("Ana");
  for (const path of [
    "/browse/x/public/%E0%A4%A",
    "/browse/%zz/public/customers",
    `${customers}/%E0%A4%A`,
    "/catalog/%E0%A4/public/customers",
    "/requests/%FF",
    "/people/%",
    "/api/auth/%ff",
    "/%E0%A4%A",
    "/icon.svg%ff",
  ]) {
    for (const asker of [ana.request, request]) {
      const answer = await asker.get(path);
      expect(answer.status(), path).toBe(404);
      expect(await answer.text(), path).toContain("There is no such page");
      expect(answer.headers()["content-security-policy"], path).toContain("default-src 'none'");
    }
  }
});

test("a forged record handle opens no record", async ({ as }) => {
  const ana = await as("Ana");
  for (const handle of [
    "garbage",
    "t_00000000000000000000000000000000",
    Buffer.from('["999999999"]').toString("base64url"),
    Buffer.from(`["1' OR '1'='1"]`).toString("base64url"),
  ]) {
    await ana.goto(`${customers}/${handle}`);
    await expect(ana.getByRole("heading", { name: "There is no such record" })).toBeVisible();
  }
});

test("pages of roles that one lacks are refused in words, and on record", async ({ as, control }) => {
  const ana = await as("Ana");
  for (const path of ["/audit", "/people", "/catalog", "/inbox", "/audit/export"]) {
    const answer = await ana.request.get(path);
    expect(answer.status(), path).toBe(403);
  }
  await ana.goto("/people");
  await expect(
    ana.getByRole("heading", { level: 1, name: "Your roles do not open this page" }),
  ).toBeVisible();
  const [event] =
    await control`SELECT code, outcome FROM audit_events WHERE actor_id IS NOT NULL ORDER BY seq DESC LIMIT 1`;
  expect(event).toEqual({ code: "access.refused", outcome: "refused" });
});

test("what an address asks for and cannot have is left out and named, and the rows are there", async ({
  as,
}) => {
  const ana = await as("Ana");
  for (const [query, words] of [
    ["f=email:is:x", "“email” is masked, so nothing can be filtered by it."],
    ["f=nonsense", "“nonsense” is not a filter."],
    ["f=nothing:is:1", "There is no column “nothing” to filter by."],
    ["f=id:is:abc", /“abc”/],
    ["f=id:is:99999999999999999999", /99999999999/],
    ["sort=email", "“email” is masked, so nothing can be sorted by it."],
    ["sort=nothing", "There is no such column to sort by."],
    ["cols=id,nothing", "Some of the columns in this address are not in the table."],
    ["after=forged", "The place in this address does not fit the order of the rows. This is the first page."],
  ] as const) {
    await ana.goto(`${customers}?${query}`);
    await expect(
      ana.getByRole("status").filter({ hasText: "Part of this address was left out" }),
      query,
    ).toContainText(words);
    await expect(ana.getByRole("rowheader", { name: "1", exact: true }), query).toBeVisible();
  }
});

test("a page is never larger than the largest choice, whatever the address says", async ({ as }) => {
  const ana = await as("Ana");
  for (const size of ["100000", "-1", "1e9", "x"]) {
    await ana.goto(`${customers}?size=${size}`);
    await expect(ana.getByRole("grid").getByRole("rowheader"), size).toHaveCount(50);
  }
});

test("a reason that is too long for the form is too long for the server as well, and nothing is sent", async ({
  as,
  control,
}) => {
  const counted = async () => (await control`SELECT count(*)::int AS n FROM requests`)[0]?.["n"];
  const before = await counted();
  const ana = await as("Ana");
  await ana.goto(customers);
  await (await cellOf(ana, 27, "email")).click();
  await ana.getByRole("button", { name: "Request 1 field of 1 record" }).click();
  const sheet = ana.getByRole("dialog", { name: "Request to see values" });
  await sheet.getByLabel("Purpose").selectOption("Contact a customer");
  await sheet.getByLabel("Reason").fill("grow here please");
  await ana.route("**/browse/**", (route, request) =>
    route.fallback({
      postData: request.postData()?.replace("grow here please", "long ".repeat(1000)) ?? null,
    }),
  );
  await sheet.getByRole("button", { name: /^Send/ }).click();
  await expect(sheet.getByText("Write at most 2000 characters.")).toBeVisible();
  expect(await counted()).toBe(before);
});

test("a table that is dropped while Ana browses it says so, and leaves the list", async ({
  as,
  deeds,
  source,
}) => {
  await source`CREATE TABLE short_lived AS SELECT n AS id FROM generate_series(1, 200) AS n`;
  await deeds.rescan("marigold");
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/short_lived");
  await expect(ana.getByRole("grid", { name: "short_lived" })).toBeVisible();
  await source`DROP TABLE short_lived`;
  await ana.reload();
  await expect(ana.getByText("This table is no longer in the source")).toBeVisible();
  await deeds.rescan("marigold");
  const answer = await ana.goto("/browse/marigold/public/short_lived");
  expect(answer?.status()).toBe(404);
});

test("a source that goes away in the middle is called by its name, shows nothing, and comes back", async ({
  as,
  deeds,
}) => {
  test.setTimeout(120_000);
  const { url } = await loadSql("chinook");
  const tap = await openWireTap({ host: new URL(url).hostname, port: Number(new URL(url).port) });
  await addSource("Cut Chinook", "cut-chinook", url.replace(/:\d+\//, `:${tap.port}/`));
  const table = { source: "cut-chinook", schema: "public", table: "customer" };
  const { number } = await deeds.grant("Ana", { table, keys: [1], fields: ["email"] });
  const ana = await as("Ana");
  const rows = (page: Page) => page.getByRole("grid", { name: "customer" });
  await ana.goto("/browse/cut-chinook/public/customer");
  await expect(rows(ana)).toBeVisible();
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByRole("button", { name: "Open now" })).toBeVisible();

  tap.cut();
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText("The source does not answer.")).toBeVisible({ timeout: 30_000 });
  await ana.goto("/browse/cut-chinook/public/customer");
  await expect(ana.getByText("The source does not answer")).toBeVisible({ timeout: 30_000 });
  expect(await deeds.codesOf(number)).toContain("reveal.failed");

  tap.mend();
  await ana.getByRole("link", { name: "Try again" }).click();
  await expect(rows(ana)).toBeVisible({ timeout: 30_000 });
  await ana.goto(`/requests/${number}`);
  await ana.getByRole("button", { name: "Reveal again" }).click();
  await expect(ana.getByText("1 value is shown.")).toBeVisible();
  await tap.close();
});
