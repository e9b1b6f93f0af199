import { expect, test as base, type Page } from "@playwright/test";
import postgres from "postgres";
import { demoCanaries, type Canary } from "@/lib/testing/canaries";
import { accountOf, stack, type Name } from "./stack";
import { Watch } from "./watch";

type Fixtures = {
  /** A browser of its own for one person, signed in through the form. */
  as: (name: Name) => Promise<Page>;
  /** Allows one raw value on the wire; any other canary that crosses it fails the test. */
  expectReveal: (raw: string) => void;
  watch: Watch;
};

type WorkerFixtures = {
  canaries: Canary[];
  /** The demo source as its owner, to look values up and to change them behind Glimpse's back. */
  source: postgres.Sql;
  /** The control database as its owner, to look at what is stored. */
  control: postgres.Sql;
};

/** Every test of this kind fails when a canary reaches a browser or a log line without being declared. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  source: [({}, use) => withDatabase(stack().sourceOwnerUrl, use), { scope: "worker" }],
  control: [({}, use) => withDatabase(stack().ownerUrl, use), { scope: "worker" }],
  canaries: [async ({ source }, use) => use(await demoCanaries(source)), { scope: "worker" }],
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
  as: async ({ browser, watch }, use) => {
    const opened: (() => Promise<void>)[] = [];
    await use(async (name) => {
      const context = await browser.newContext();
      opened.push(() => context.close());
      watch.follow(context);
      const page = await context.newPage();
      await signIn(page, name);
      return page;
    });
    // The last answers are read before their browser is gone.
    await watch.leaks();
    for (const close of opened) await close();
  },
  expectReveal: async ({ watch }, use) => use((raw) => watch.expectReveal(raw)),
});

export { expect };

/** Signs in through the form, as people do. */
export async function signIn(page: Page, name: Name): Promise<void> {
  const { email, password } = accountOf(name);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation").first()).toBeVisible();
}

async function withDatabase(url: string, use: (sql: postgres.Sql) => Promise<void>): Promise<void> {
  const sql = postgres(url, { max: 2, onnotice: () => {} });
  await use(sql);
  await sql.end({ timeout: 5 });
}
