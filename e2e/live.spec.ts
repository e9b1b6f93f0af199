import type { Page, Route } from "@playwright/test";
import { Instance } from "./support/instance";
import { turnTo } from "./support/steps";
import { expect, signIn, test } from "./support/test";

test("of two servers on one database, one shows what happens on the other within a second: approved, revealed, revoked", async ({
  as,
  browser,
  deeds,
  source,
  control,
  watch,
  expectReveal,
}, info) => {
  const [row] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 33`;
  const raw = row!.email;
  const { number, id } = await deeds.ask("Ana", { keys: [33], fields: ["email"] });
  const other = await Instance.prepare(info.outputPath("other.log"));
  try {
    await other.start();
    const context = await browser.newContext({ baseURL: other.baseUrl });
    watch.follow(context);
    const ana = await context.newPage();
    await signIn(ana, "Ana");
    const listens = ana.waitForResponse(isStream);
    await ana.goto(`/requests/${number}`);
    await listens;
    const max = await as("Max");
    await turnTo(max, number);
    const approved = momentOf(ana, "Open now");
    await max.getByRole("button", { name: "Approve" }).click();
    // The page asks by itself every 15 seconds.
    expect((await approved) - (await decidedAt())).toBeLessThan(1_000);

    expectReveal(raw);
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(ana.getByText(raw)).toBeVisible();
    await max.goto(`/requests/${number}`);
    await max.getByRole("button", { name: "Revoke the grant" }).click();
    await max.getByLabel("Why").fill("She has called back.");
    const gone = momentWithout(ana, raw);
    await max.getByRole("button", { name: "Revoke now" }).click();
    expect((await gone) - (await revokedAt())).toBeLessThan(1_000);
    await expect(ana.getByText("The grant was revoked, and the values are masked again.")).toBeVisible();
    await context.close();
  } finally {
    await other.kill();
  }
  watch.inspect("the log of the other server", other.log, []);

  async function decidedAt(): Promise<number> {
    const [at] = await control`SELECT decided_at FROM requests WHERE id = ${id}`;
    return (at!["decided_at"] as Date).getTime();
  }
  async function revokedAt(): Promise<number> {
    const [at] = await control`SELECT closed_at FROM grants WHERE request_id = ${id}`;
    return (at!["closed_at"] as Date).getTime();
  }
});

test("where something on the way lets no events through, the page goes on asking and masks all the same", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  const [row] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 34`;
  const { number, grantId } = await deeds.grant("Ana", { keys: [34], fields: ["email"] });
  const ana = await as("Ana");
  await ana.route("**/api/live", (route: Route) =>
    route.request().headers()["accept"] === "text/event-stream" ? route.abort() : route.continue(),
  );
  await ana.goto(`/requests/${number}`);
  expectReveal(row!.email);
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText(row!.email)).toBeVisible();
  await deeds.revoke("Max", grantId);
  await expect(ana.getByText("The grant was revoked, and the values are masked again.")).toBeVisible();
  await expect(ana.getByText(row!.email)).toHaveCount(0);
});

test("a server that is told to stop ends its streams and is gone, however many tabs listen", async ({
  browser,
}, info) => {
  const instance = await Instance.prepare(info.outputPath("stopped.log"));
  try {
    await instance.start();
    const context = await browser.newContext({ baseURL: instance.baseUrl });
    const ana = await context.newPage();
    await signIn(ana, "Ana");
    const listens = ana.waitForResponse(isStream);
    await ana.goto("/requests");
    await listens;
    await instance.stop();
    await context.close();
  } finally {
    await instance.kill();
  }
});

const isStream = (response: { url: () => string; headers: () => Record<string, string> }) =>
  response.url().endsWith("/api/live") && response.headers()["content-type"] === "text/event-stream";

/** When a button of this name stood in the page, by the clock of this machine. */
function momentOf(page: Page, name: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          const buttons = [...document.querySelectorAll("button")];
          if (buttons.some(({ textContent }) => textContent === wanted)) resolve(Date.now());
        };
        new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      }),
    name,
  );
}

/** When a text was gone from the page. */
function momentWithout(page: Page, text: string): Promise<number> {
  return page.evaluate(
    (unwanted) =>
      new Promise<number>((resolve) => {
        const look = () => !document.body.textContent.includes(unwanted) && resolve(Date.now());
        new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      }),
    text,
  );
}
