import { addSource } from "./support/add-source";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import postgres from "postgres";
import { expect, test } from "./support/test";

const tables = ["a", "b", "c", "d", "e", "f"];
let database: TestDatabase;
let owner: postgres.Sql;

test.beforeAll(async () => {
  database = await emptySource();
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} });
  for (const name of tables) {
    await owner.unsafe(`CREATE TABLE ${name} (id int PRIMARY KEY, x text);
      INSERT INTO ${name} SELECT n, 'word ' || n FROM generate_series(1, 50) AS n`);
  }
  await addSource("Slow shop", "slow-shop", database.url);
});
test.afterAll(async ({ deeds }) => {
  await deeds.removeSource("slow-shop");
  await owner.end();
  await database.drop();
});

/** Holds two tables, so that a scan gets no further than to them, while something is done. */
async function whileHeld(names: string, deed: () => Promise<void>): Promise<void> {
  await owner.begin(async (tx) => {
    await tx.unsafe(`LOCK TABLE ${names} IN ACCESS EXCLUSIVE MODE`);
    await deed();
  });
}

test("Sam rescans a source, sees how far it is, cancels, and resumes it where it was", async ({
  as,
  control,
}) => {
  const sam = await as("Sam");
  await sam.goto("/catalog/slow-shop");
  const discovery = sam.getByRole("region", { name: "Discovery" });
  await expect(discovery.getByText("The scan is done.")).toBeVisible();
  await whileHeld("c, d", async () => {
    await sam.getByRole("button", { name: "Rescan" }).click();
    await expect(discovery.getByText(/Looking at values: [2-4] of 6 tables/)).toBeVisible();
    await expect(discovery.getByText(/by Sam/)).toBeVisible();
    // The page can be worked with meanwhile.
    await sam.getByRole("searchbox", { name: "Find a table" }).fill("public.f");
    await expect(sam.getByRole("link", { name: "public.f" })).toBeVisible();
    await discovery.getByRole("button", { name: "Cancel" }).click();
    await expect(discovery.getByText(/The scan was cancelled after [2-4] of 6 tables/)).toBeVisible();
  });
  await discovery.getByRole("button", { name: "Resume" }).click();
  await expect(discovery.getByText("The scan is done.")).toBeVisible({ timeout: 30_000 });
  const events = await control<{ code: string }[]>`
    SELECT code FROM audit_events WHERE source_id = (SELECT id FROM sources WHERE slug = 'slow-shop') ORDER BY seq`;
  expect(events.map(({ code }) => code).slice(-5)).toEqual([
    "source.discovery_started",
    "source.scanned",
    "source.discovery_cancelled",
    "source.discovery_resumed",
    "source.discovered",
  ]);
});

test("what changed in a source is told to Sam on its page and at home until he has seen it, and stays hidden", async ({
  as,
  deeds,
}) => {
  await owner.unsafe("ALTER TABLE a ADD COLUMN iban text; ALTER TABLE a ADD COLUMN phone text");
  await deeds.rescan("slow-shop");
  const sam = await as("Sam");
  await sam.goto("/");
  await expect(sam.getByText(/2 new columns are hidden, since/)).toBeVisible();
  await sam.getByRole("region", { name: "Catalogue" }).getByRole("link", { name: "Slow shop" }).click();
  const notice = sam.getByRole("status").filter({ hasText: "2 new columns are hidden" });
  await expect(notice).toContainText("public.a: new iban, phone");
  await notice.getByRole("link", { name: "public.a" }).click();
  await expect(sam.getByRole("heading", { name: "a", exact: true })).toBeVisible();
  await expect(sam.getByText("public.a: new iban, phone")).toBeVisible();
  await sam.goto("/catalog/slow-shop");
  await notice.getByRole("button", { name: "Seen" }).click();
  await expect(notice).toBeHidden();
  const ana = await as("Ana");
  await ana.goto("/browse/slow-shop/public/a");
  await expect(ana.getByRole("columnheader", { name: /^iban/ })).toBeVisible();
});

test("Sam says when a source is compared by itself, and the settings say that background work runs", async ({
  as,
  control,
}) => {
  const sam = await as("Sam");
  await sam.goto("/catalog/slow-shop/connection");
  await sam.getByRole("combobox", { name: "How often" }).selectOption("Every Monday");
  await sam.getByRole("combobox", { name: "At (UTC)" }).selectOption("22:00");
  await sam.getByRole("button", { name: "Save the schedule" }).click();
  const said = sam.getByRole("region", { name: "Messages" });
  await expect(said.getByText("The schedule is saved")).toBeVisible();
  const [source] = await control`SELECT check_every, check_hour FROM sources WHERE slug = 'slow-shop'`;
  expect(source).toEqual({ check_every: "weekly", check_hour: 22 });
  await sam.goto("/settings");
  await expect(sam.getByRole("region", { name: "Background work" }).getByText("Running")).toBeVisible();
});
