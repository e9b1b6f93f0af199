import type { Page } from "@playwright/test";
import type { Sql } from "postgres";
import type { Deeds } from "./support/deeds";
import { cellOf } from "./support/grid";
import { expect, test } from "./support/test";

const masked = "The grant was revoked, and the values are masked again.";

test("a value that is shown stands in one text node, and nowhere else in the page or the browser", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const { raw, number } = await granted({ deeds, source, key: 5 });
  const ana = await as("Ana");
  expectReveal(raw);
  await openOnItsPage(ana, number, raw);
  const places = await ana.evaluate((value) => {
    const says = (text: string | null) =>
      text !== null && (text.includes(value) || text.includes(encodeURIComponent(value)));
    const elements = [...document.querySelectorAll("*")];
    const attributes = elements.flatMap((element) =>
      [...element.attributes].filter((one) => says(one.value)),
    );
    const holders = elements.filter((element) => element.children.length === 0 && says(element.textContent));
    return {
      holders: holders.map((element) => element.tagName),
      attributes: attributes.map(({ name }) => name),
      fields: [...document.querySelectorAll("input, textarea")].filter((field) =>
        says((field as HTMLInputElement).value),
      ).length,
      kept: [
        location.href,
        document.title,
        document.cookie,
        JSON.stringify({ ...localStorage }),
        JSON.stringify({ ...sessionStorage }),
        JSON.stringify(history.state),
      ].filter(says),
    };
  }, raw);
  expect(places).toEqual({ holders: ["SPAN"], attributes: [], fields: 0, kept: [] });
});

test("a revocation takes the value out of the open tab within seconds, and the server refuses from then on", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const { raw, number, grantId } = await granted({ deeds, source, key: 6 });
  const ana = await as("Ana");
  expectReveal(raw);
  const asked = ana.waitForRequest((request) => (request.postData() ?? "").includes("columnIds"));
  await openOnItsPage(ana, number, raw);
  await deeds.revoke("Max", grantId);
  await expect(ana.getByText(masked)).toBeVisible();
  await expect(ana.getByText(raw)).toHaveCount(0);
  const answer = await (await ana.request.fetch(await asked)).text();
  expect(answer).toContain("This grant was revoked.");
  expect(answer).not.toContain(raw);
  expect(await deeds.codesOf(number)).toEqual([
    "request.submitted",
    "request.approved",
    "grant.activated",
    "reveal.opened",
    "grant.revoked",
    "reveal.refused",
  ]);
});

test("what is given back early is gone at once, and for good", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const { raw, number } = await granted({ deeds, source, key: 7 });
  const ana = await as("Ana");
  expectReveal(raw);
  await openOnItsPage(ana, number, raw);
  await ana.getByRole("main").getByRole("button", { name: "Give back" }).click();
  await expect(ana.getByText("You gave the grant back.")).toBeVisible();
  await expect(ana.getByText(raw)).toHaveCount(0);
  await ana.reload();
  await expect(ana.getByRole("button", { name: /^(Open now|Reveal)/ })).toHaveCount(0);
  expect((await deeds.codesOf(number)).at(-1)).toBe("grant.returned");
});

test("a page that is left takes its values with it: by a link, by an address, and into the cache for going back", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const { raw } = await granted({ deeds, source, key: 8 });
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/customers");
  expectReveal(raw);
  const email = await cellOf(ana, 8, "email");
  await test.step("followed a link and came back", async () => {
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(email).toHaveText(raw);
    await ana.getByRole("link", { name: "Settings" }).click();
    await expect(ana.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
    await ana.goBack();
    await expect(email).toContainText("Reveal");
    await expect(ana.getByText(raw)).toHaveCount(0);
  });
  await test.step("went to an address and came back", async () => {
    await email.getByRole("button", { name: "Reveal email" }).click();
    await expect(email).toHaveText(raw);
    await ana.goto("/settings");
    await ana.goBack();
    await expect(email).toContainText("Reveal");
    await expect(ana.getByText(raw)).toHaveCount(0);
  });
  for (const event of ["pagehide", "pageshow"]) {
    await test.step(`the browser put it into its cache or took it out: ${event}`, async () => {
      await email.getByRole("button", { name: "Reveal email" }).click();
      await expect(email).toHaveText(raw);
      const textAfter = await ana.evaluate((name) => {
        dispatchEvent(new PageTransitionEvent(name, { persisted: true }));
        return document.body.innerText;
      }, event);
      expect(textAfter).not.toContain(raw);
    });
  }
});

test("a reload shows masks, a second tab has no fresh time, and all of them end with the one window", async ({
  as,
  deeds,
  source,
  control,
  expectReveal,
}) => {
  const { raw, number, grantId } = await granted({ deeds, source, key: 9, viewSeconds: 20 });
  const endsAt = async () =>
    (await control`SELECT ends_at FROM grants WHERE id = ${grantId}`)[0]?.["ends_at"];
  const ana = await as("Ana");
  expectReveal(raw);
  await openOnItsPage(ana, number, raw);
  const first = await endsAt();
  await ana.reload();
  await expect(ana.getByText(raw)).toHaveCount(0);
  await ana.getByRole("button", { name: "Reveal again" }).click();
  await expect(ana.getByText(raw)).toBeVisible();
  const second = await ana.context().newPage();
  await second.goto(`/requests/${number}`);
  await second.getByRole("button", { name: "Reveal again" }).click();
  await expect(second.getByText(raw)).toBeVisible();
  expect(await endsAt()).toEqual(first);
  for (const page of [ana, second]) {
    await expect(page.getByText("The time is over, and the values are masked again.")).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByText(raw)).toHaveCount(0);
  }
  expect((await deeds.codesOf(number)).filter((code) => code === "reveal.opened")).toHaveLength(3);
});

test("a page that cannot ask whether its grant still lives hides what it shows", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const { raw, number } = await granted({ deeds, source, key: 10 });
  const ana = await as("Ana");
  expectReveal(raw);
  await openOnItsPage(ana, number, raw);
  await ana.route("**/api/live", (route) => route.abort());
  await expect(ana.getByText("Glimpse does not answer, so the values were hidden.")).toBeVisible({
    timeout: 25_000,
  });
  await expect(ana.getByText(raw)).toHaveCount(0);
});

test("a tab takes a value away by its own clock, whatever the server still says of the grant", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const { raw, number } = await granted({ deeds, source, key: 31, viewSeconds: 12 });
  const ana = await as("Ana");
  expectReveal(raw);
  await openOnItsPage(ana, number, raw);
  const live = await (await ana.request.get("/api/live")).json();
  await ana.route("**/api/live", (route) => route.fulfill({ json: live }));
  await expect(ana.getByText("The time is over, and the values are masked again.")).toBeVisible();
  await expect(ana.getByText(raw)).toHaveCount(0);
});

test("Enter opens a cell of the table, the row stays one stop of the Tab key, and one's place outlives the value", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const { raw, grantId } = await granted({ deeds, source, key: 12 });
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/customers?f=id:is:12&cols=id,email");
  const email = await cellOf(ana, 12, "email");
  await ana.getByRole("rowheader", { name: "12", exact: true }).press("ArrowRight");
  await expect(email).toBeFocused();
  expectReveal(raw);
  await ana.keyboard.press("Enter");
  await expect(email.getByText(raw)).toBeFocused();
  await expect(ana.locator("#grid tbody [tabindex='0']")).toHaveCount(1);
  await expect(ana.locator("#grid tbody :is(a, button, input, span):not([tabindex='-1'])")).toHaveCount(0);
  await deeds.revoke("Max", grantId);
  await expect(ana.getByText(masked)).toBeVisible();
  await expect(email).toBeFocused();
});

test("a grant opens its own cell and no other, and for nobody but its holder", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const { raw, number } = await granted({ deeds, source, key: 11 });
  const ana = await as("Ana");
  await ana.goto("/browse/marigold/public/customers");
  await expect(ana.getByRole("button", { name: /^Reveal / })).toHaveCount(1);
  expectReveal(raw);
  const asked = ana.waitForRequest((request) => (request.postData() ?? "").includes("columnIds"));
  await openOnItsPage(ana, number, raw);
  const ben = await as("Ben");
  const sent = await asked;
  const stolen = await ben.request.fetch(sent.url(), {
    method: "POST",
    headers: plain(await sent.allHeaders()),
    data: sent.postData() ?? "",
  });
  const words = await stolen.text();
  expect(words).not.toContain(raw);
  expect(words).toContain("This grant is not yours.");
  await ben.goto(`/requests/${number}`);
  await expect(ben.getByRole("heading", { name: "There is nothing here" })).toBeVisible();
});

/** The headers of a request without what says whose it was. */
function plain(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(:|cookie|content-length|host)/.test(name)),
  );
}

async function openOnItsPage(page: Page, number: number, raw: string): Promise<void> {
  await page.goto(`/requests/${number}`);
  await page.getByRole("button", { name: "Open now" }).click();
  await expect(page.getByText(raw)).toBeVisible();
}

type Given = { deeds: Deeds; source: Sql; key: number; viewSeconds?: number };

/** Ana's grant for one customer's e-mail address, and the address. */
async function granted({ deeds, source, key, viewSeconds = 300 }: Given) {
  const [row] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = ${key}`;
  const grant = await deeds.grant("Ana", { keys: [key], fields: ["email"], viewSeconds });
  return { ...grant, raw: row!.email };
}
