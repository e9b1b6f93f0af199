import { loadSql } from "@/lib/testing/database";
import { addSource } from "./support/add-source";
import { beforeSweep } from "./support/before-sweep";
import { turnTo } from "./support/steps";
import { expect, test } from "./support/test";

test("a request that nobody decides in time expires: who comes late is told, and it is on record", async ({
  as,
  deeds,
  control,
}) => {
  const { number, id } = await deeds.ask("Ana", { keys: [20], fields: ["email"] });
  const max = await as("Max");
  await turnTo(max, number);
  await beforeSweep(control, async () => {
    await control`UPDATE requests SET created_at = created_at - interval '25 hours', expires_at = clock_timestamp() WHERE id = ${id}`;
    await max.getByRole("button", { name: "Approve" }).click();
    await expect(max.getByText("Nobody decided this request in time.").first()).toBeVisible();
  });
  await expect.poll(() => deeds.codesOf(number)).toContain("request.expired");
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText("Not decided", { exact: true }).first()).toBeVisible();
  await expect(ana.getByRole("region", { name: "History" })).toContainText(
    `Nobody decided request ${number} in time`,
  );
});

test("a request that can no longer be fulfilled is closed: its page says why, the approver is told, and it is on record", async ({
  as,
  deeds,
}) => {
  const { url } = await loadSql("chinook");
  await addSource("Brief Chinook", "brief-chinook", url);
  const table = { source: "brief-chinook", schema: "public", table: "customer" };
  const { number } = await deeds.ask("Ana", { table, keys: [1], fields: ["email"] });
  const max = await as("Max");
  await turnTo(max, number);
  await deeds.removeSource("brief-chinook");
  await max.getByRole("button", { name: "Approve" }).click();
  await expect(max.getByText("This request was closed: what it asks for has changed.").first()).toBeVisible();
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText("Glimpse ended it: the source was removed.")).toBeVisible();
  await expect(ana.getByText("Not decided", { exact: true }).first()).toBeVisible();
  await expect(ana.getByRole("region", { name: "History" })).toContainText(
    `Request ${number} was closed: source removed`,
  );
  expect(await deeds.codesOf(number)).toEqual(["request.submitted", "request.closed", "decision.refused"]);
});

test("a grant that is not opened in time lapses: the open page is refused, and it is on record", async ({
  as,
  deeds,
  control,
}) => {
  const { number, grantId } = await deeds.grant("Ana", { keys: [21], fields: ["email"] });
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByRole("button", { name: "Open now" })).toBeVisible();
  await beforeSweep(control, async () => {
    await control`UPDATE grants SET activate_by = clock_timestamp() WHERE id = ${grantId}`;
    await ana.getByRole("button", { name: "Open now" }).click();
    await expect(ana.getByText("This grant was not opened in time.").first()).toBeVisible();
  });
  await expect.poll(() => deeds.codesOf(number)).toContain("grant.lapsed");
  await ana.reload();
  await expect(ana.getByText("Not opened in time").first()).toBeVisible();
});

test("a grant ends on time with its tab closed, and its end is on record with the second it was due", async ({
  as,
  deeds,
  source,
  control,
  expectReveal,
}) => {
  const [row] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 22`;
  const { number, grantId } = await deeds.grant("Ana", { keys: [22], fields: ["email"], viewSeconds: 3 });
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  expectReveal(row!.email);
  await ana.getByRole("button", { name: "Open now" }).click();
  await expect(ana.getByText(/1 value is shown\.|The time is over/).first()).toBeVisible();
  await ana.goto("about:blank");
  await expect.poll(() => deeds.codesOf(number)).toContain("grant.ended");
  const [grant] =
    await control`SELECT state, closed_at = ends_at AS punctual FROM grants WHERE id = ${grantId}`;
  expect(grant).toEqual({ state: "ended", punctual: true });
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByText("Ended").first()).toBeVisible();
  await expect(ana.getByRole("button", { name: "Open now" })).toHaveCount(0);
});
