import fs from "node:fs/promises";
import postgres from "postgres";
import { loadSql } from "@/lib/testing/database";
import { addSource } from "./support/add-source";
import { cellOf } from "./support/grid";
import { sendRequest } from "./support/steps";
import { expect, test } from "./support/test";

test.describe.configure({ timeout: 180_000 });

test("Sam lets a database mask; Ana browses it, asks, and sees one value; a mask changes, and nothing shows until the SQL runs again", async ({
  as,
  deeds,
  control,
  expectReveal,
}) => {
  const chinook = await loadSql("chinook");
  await addSource("Music", "music", chinook.url);
  const owner = postgres(chinook.superuserUrl, { max: 1, onnotice: () => {} });
  const [first] = await owner<{ email: string }[]>`SELECT email FROM customer WHERE customer_id = 1`;
  const sam = await as("Sam");
  const ana = await as("Ana");
  const roles: string[] = [];
  const runTheSql = async () => {
    const downloading = sam.waitForEvent("download");
    await sam.getByRole("link", { name: "Download the SQL" }).click();
    await owner.unsafe(await fs.readFile(await (await downloading).path(), "utf8")).simple();
  };

  await test.step("the owner of the database runs the SQL, and Sam has both roles checked and used", async () => {
    await sam.goto("/catalog/music/connection");
    await runTheSql();
    for (const [field, prefix] of [
      ["Address of the masked role", "glimpse_masked_"],
      ["Address of the role of reveals", "glimpse_reveal_"],
    ] as const) {
      const role = (await sam.locator("code").filter({ hasText: prefix }).innerText()).trim();
      roles.push(role);
      await owner.unsafe(`ALTER ROLE "${role}" PASSWORD 'secret'`);
      await owner.unsafe(`GRANT CONNECT ON DATABASE "${chinook.name}" TO "${role}"`);
      const url = Object.assign(new URL(chinook.superuserUrl), { username: role, password: "secret" });
      await sam.getByLabel(field).fill(url.href);
    }
    await sam.getByRole("button", { name: "Check", exact: true }).click();
    await expect(sam.getByRole("list", { name: "What was checked" })).not.toContainText("Wrong:");
    await sam.getByRole("button", { name: "Let the database mask" }).click();
    await expect(sam.getByRole("heading", { name: "Who masks the database" })).toBeVisible();
    await sam.goto("/catalog/health");
    await expect(sam.getByRole("region", { name: /^Music/ })).toContainText("the database masks");
  });

  await test.step("Ana asks for an address, and sees it when Max has approved", async () => {
    await ana.goto("/browse/music/public/customer");
    await (await cellOf(ana, 1, "email")).click();
    await ana.getByRole("button", { name: "Request 1 field of 1 record" }).click();
    const number = await sendRequest(ana, {
      reason: "Her order came back, and she has to be told.",
      approver: "Max Hoffmann",
    });
    await deeds.approve(number);
    await ana.goto(`/requests/${number}`);
    expectReveal(first!.email);
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(ana.getByText(first!.email)).toBeVisible();
  });

  await test.step("a column that is masked otherwise is not shown by the view of before", async () => {
    await control`
      UPDATE catalog_columns SET mask = '{"method":"redact"}' WHERE name = 'country' AND table_id IN (
        SELECT t.id FROM catalog_tables t JOIN sources s ON s.id = t.source_id
        WHERE s.slug = 'music' AND t.name = 'customer')`;
    await ana.goto("/browse/music/public/customer");
    await expect(ana.getByText("The views of this source are out of date")).toBeVisible();
    await sam.goto("/catalog/health");
    await expect(sam.getByRole("region", { name: /^Music/ })).toContainText("Out of date: public.customer");
    await sam.goto("/catalog/music/connection");
    await runTheSql();
    await ana.reload();
    await expect(ana.getByRole("rowheader", { name: "1", exact: true })).toBeVisible();
  });

  await deeds.removeSource("music");
  for (const role of roles)
    await owner.unsafe(`DROP OWNED BY "${role}" CASCADE; DROP ROLE "${role}"`).simple();
  await owner.end();
  await chinook.drop();
});
