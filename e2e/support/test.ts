import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import postgres from "postgres";
import { demoCanaries, type Canary } from "@/lib/testing/canaries";
import { Deeds } from "./deeds";
import { accountOf, stack, type Name } from "./stack";
import { Watch } from "./watch";

type Fixtures = {
  /** A browser of its own for one person, signed in. */
  as: (name: Name) => Promise<Page>;
  /** Allows one raw value on the wire; any other canary that crosses it fails the test. */
  expectReveal: (raw: string) => void;
  watch: Watch;
  /** Nothing that a test leaves open is there for the next one. */
  tidied: void;
};

type WorkerFixtures = {
  canaries: Canary[];
  /** The demo source as its owner, to look values up and to change them behind Glimpse's back. */
  source: postgres.Sql;
  /** The control database as its owner, to look at what is stored. */
  control: postgres.Sql;
  /** What has happened before a test begins. */
  deeds: Deeds;
  /** The cookies of those who have signed in already: signing in is the subject of one spec, not of all. */
  cookieJars: Map<Name, Cookies>;
};

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

/** Every test of this kind fails when a canary reaches a browser or a log line without being declared. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  source: [({}, use) => withDatabase(stack().sourceOwnerUrl, use), { scope: "worker" }],
  control: [({}, use) => withDatabase(stack().ownerUrl, use), { scope: "worker" }],
  canaries: [async ({ source }, use) => use(await demoCanaries(source)), { scope: "worker" }],
  cookieJars: [({}, use) => use(new Map()), { scope: "worker" }],
  deeds: [
    async ({ control }, use) => {
      const deeds = new Deeds(control);
      await use(deeds);
      await deeds.close();
    },
    { scope: "worker" },
  ],
  tidied: [
    async ({ deeds }, use) => {
      await use();
      await deeds.tidy();
    },
    { auto: true },
  ],
  watch: [
    async ({ canaries }, use) => {
      const watch = new Watch(canaries, stack().appLog);
      await use(watch);
      expect(await watch.leaks(), "canaries that leaked").toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, watch }, use) => {
    watch.follow(context);
    await use(context);
  },
  as: async ({ browser, watch, cookieJars }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (name) => {
      const context = await browser.newContext();
      opened.push(context);
      watch.follow(context);
      const page = await context.newPage();
      await enter(page, name, cookieJars);
      return page;
    });
    // The last answers are read before their browser is gone.
    await watch.leaks();
    for (const context of opened) await context.close();
  },
  expectReveal: async ({ watch }, use) => use((raw) => watch.expectReveal(raw)),
});

export { expect };

/** Goes on with the session of an earlier test, or signs in where that is over. */
async function enter(page: Page, name: Name, jars: Map<Name, Cookies>): Promise<void> {
  const cookies = jars.get(name);
  if (cookies) {
    await page.context().addCookies(cookies);
    await page.goto("/");
    if (!page.url().includes("/sign-in")) return;
  }
  await signIn(page, name);
  jars.set(name, await page.context().cookies());
}

/** Signs in through the form, as people do. */
export async function signIn(page: Page, name: Name): Promise<void> {
  const { email, password } = accountOf(name);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
}

async function withDatabase(url: string, use: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  await use(sql);
  await sql.end({ timeout: 5 });
}
