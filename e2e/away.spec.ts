import { turnTo } from "./support/steps";
import { expect, test } from "./support/test";

const diagnoses = { source: "marigold", schema: "care", table: "diagnoses" };

test("while Max is away Noor decides for him, both names are on record, and it ends when he takes it back", async ({
  as,
  deeds,
}) => {
  const { number } = await deeds.ask("Ana", { keys: [61], fields: ["email"] });
  const { number: later } = await deeds.ask("Ana", { keys: [62], fields: ["email"] });
  const max = await as("Max");
  await max.goto("/settings/absence");
  await max.getByLabel("Substitute").selectOption("Noor Haddad");
  await max.getByRole("button", { name: "Name the substitute" }).click();
  await expect(max.getByText("Noor Haddad for Max Hoffmann").first()).toBeVisible();

  const noor = await as("Noor");
  await turnTo(noor, number);
  const line = noor
    .getByRole("navigation", { name: "Inbox" })
    .getByRole("link", { name: /email of 1 record/ });
  await expect(line.first()).toContainText("for Max Hoffmann");
  await noor.getByRole("button", { name: /^Approve/ }).click();
  await expect.poll(() => deeds.codesOf(number)).toContain("request.approved");
  const ana = await as("Ana");
  await ana.goto(`/requests/${number}`);
  await expect(ana.getByRole("region", { name: "History" })).toContainText(
    `Noor Haddad for Max Hoffmann approved request ${number}`,
  );

  await max.getByRole("button", { name: /^Take back/ }).click();
  await expect(max.getByText("Nobody: what waits for you waits until you are back.")).toBeVisible();
  await noor.goto(`/inbox?request=${later}`);
  await expect(noor.getByText(`Request ${later} is not here`)).toBeVisible();
});

test("a request that waits for an hour is told to more people, who read it and cannot decide it", async ({
  as,
  deeds,
  control,
}) => {
  const { number, id } = await deeds.ask("Ana", { table: diagnoses, keys: [2], fields: ["code"] });
  const noor = await as("Noor");
  await noor.goto("/");
  const told = noor.getByRole("region", { name: "Waits for too long" });
  await expect(noor.getByRole("heading", { name: "Hello Noor" })).toBeVisible();
  await expect(noor.getByRole("link", { name: new RegExp(`^Request ${number}`) })).toHaveCount(0);
  await control`UPDATE requests SET created_at = created_at - interval '1 hour',
    expires_at = expires_at - interval '1 hour', escalate_at = escalate_at - interval '1 hour' WHERE id = ${id}`;
  await expect.poll(() => deeds.codesOf(number), { timeout: 20_000 }).toContain("request.escalated");
  await noor.reload();
  await told.getByRole("link").first().click();
  await expect(noor.getByRole("heading", { name: `Request ${number}` })).toBeVisible();
  await expect(noor.getByRole("region", { name: "History" })).toContainText(
    `Request ${number} has waited too long, and more people were told`,
  );
  await noor.goto(`/inbox?request=${number}`);
  await expect(noor.getByText(`Request ${number} is not here`)).toBeVisible();
  const vera = await as("Vera");
  await turnTo(vera, number);
  await vera.getByRole("button", { name: /^Approve/ }).click();
  await expect.poll(() => deeds.codesOf(number)).toContain("request.approved");
  await noor.goto("/");
  await expect(noor.getByRole("heading", { name: "Hello Noor" })).toBeVisible();
  await expect(noor.getByRole("region", { name: "Waits for too long" })).toHaveCount(0);
});
