import { expect, test } from "./support/test";

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test.afterEach(async ({ control }) => {
  await control`UPDATE access_campaigns SET ended_at = clock_timestamp(), ended_why = 'decided' WHERE ended_at IS NULL`;
  await control`INSERT INTO person_roles (person_id, role)
    SELECT id, 'agent' FROM people WHERE email LIKE 'ben@%' ON CONFLICT DO NOTHING`;
});

test("Ivy starts a campaign, Max confirms one and removes the role of another, who loses access at once, and the report says how fast", async ({
  as,
  deeds,
  source,
  expectReveal,
}) => {
  test.setTimeout(120_000);
  const name = `Quarter ${Date.now().toString(36)}`;
  const [row] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 44`;
  const { number } = await deeds.grant("Ben", { keys: [44], fields: ["email"] });
  const ben = await as("Ben");
  await ben.goto(`/requests/${number}`);
  expectReveal(row!.email);
  await ben.getByRole("button", { name: "Open now" }).click();
  await expect(ben.getByText(row!.email)).toBeVisible();

  const ivy = await as("Ivy");
  await test.step("Ivy starts it for everybody who is an agent", async () => {
    await ivy.goto("/reviews/campaigns");
    await ivy.getByRole("button", { name: "Start a campaign" }).click();
    const sheet = ivy.getByRole("dialog", { name: "Start a campaign" });
    await sheet.getByLabel("Name").fill(name);
    await sheet.getByLabel("Until").fill(inDays(14));
    await sheet.getByRole("checkbox", { name: "Agent" }).check();
    await sheet.getByRole("button", { name: "Start", exact: true }).click();
    await expect(ivy.getByRole("heading", { name })).toBeVisible();
    const line = ivy.getByRole("row").filter({ hasText: "Ben Okafor" });
    await expect(line).toContainText("Not decided");
    await expect(line).toContainText("Max Hoffmann");
  });

  const max = await as("Max");
  await test.step("Max confirms Ana, and takes the role from Ben with words", async () => {
    await max.goto("/");
    const card = max.getByRole("region", { name: "Access to confirm" });
    await expect(card).toContainText("people wait for your confirmation");
    await card.getByRole("link", { name: "Confirm or remove" }).click();
    const decided = max.getByRole("region", { name: "Decided by you last" });
    await max
      .getByRole("form", { name: "Access of Ana Souza" })
      .getByRole("button", { name: "Confirm for Ana Souza" })
      .click();
    await expect(decided).toContainText("Ana Souza");
    const form = max.getByRole("form", { name: "Access of Ben Okafor" });
    await form.getByRole("checkbox", { name: "Agent" }).press("Space");
    await form.getByLabel("Why it is removed").fill("He works in the warehouse now.");
    await form.getByRole("button", { name: "Remove all for Ben Okafor" }).click();
    await expect(decided).toContainText("Removed: Agent.");
  });

  await test.step("what Ben sees goes by itself, and the next page is refused", async () => {
    await expect(ben.getByText(row!.email)).toHaveCount(0);
    await ben.goto("/browse");
    await expect(ben.getByRole("heading", { name: "Your roles do not open this page" })).toBeVisible();
  });

  await test.step("Ivy reads who decided what, and how fast it took effect", async () => {
    await ivy.reload();
    await expect(ivy.getByRole("row").filter({ hasText: "Ben Okafor" })).toContainText(
      "He works in the warehouse now.",
    );
    await ivy.goto(`/reports/access-review?from=${inDays(0)}&to=${inDays(0)}`);
    const removal = ivy
      .getByRole("region", { name: "Removals with their time to effect" })
      .getByRole("row")
      .filter({ hasText: "Ben Okafor" })
      .first();
    await expect(removal).toContainText("Max Hoffmann");
    const cells = await removal.getByRole("cell").allTextContents();
    const [grants, , effectMs, , revealsAfter] = cells.slice(-5);
    expect([grants, revealsAfter]).toEqual(["1", "0"]);
    expect(Number(effectMs)).toBeLessThan(1000);
    const conflicts = ivy.getByRole("region", { name: "Conflicts of duty" }).getByRole("row");
    for (const line of (await conflicts.all()).slice(1))
      await expect(line.getByRole("cell").nth(1)).toHaveText("0");
  });
});

test("whose access goes at the end of a campaign reads at home until when, and whose word it waits for", async ({
  as,
  control,
}) => {
  const name = `Cut ${Date.now().toString(36)}`;
  const ivy = await as("Ivy");
  await ivy.goto("/reviews/campaigns");
  await ivy.getByRole("button", { name: "Start a campaign" }).click();
  const sheet = ivy.getByRole("dialog", { name: "Start a campaign" });
  await sheet.getByLabel("Name").fill(name);
  await sheet.getByLabel("Until").fill(inDays(10));
  await sheet.getByRole("checkbox", { name: "Agent" }).check();
  await sheet.getByRole("checkbox", { name: "Remove at the end" }).check();
  await sheet.getByRole("button", { name: "Start", exact: true }).click();
  await expect(ivy.getByRole("heading", { name })).toBeVisible();

  const ana = await as("Ana");
  await ana.goto("/");
  const notice = ana.getByText(/What you may do here ends in .* unless Max Hoffmann confirms it\./);
  await expect(notice).toBeVisible();
  await expect(ana.getByText("say so to Max Hoffmann")).toBeVisible();
  await control`UPDATE access_campaigns SET started_at = started_at - interval '5 days',
    due_at = due_at - interval '5 days' WHERE name = ${name}`;
  await ana.reload();
  await expect(ana.getByRole("alert").filter({ hasText: "What you may do here ends" })).toBeVisible();

  const max = await as("Max");
  await max.goto("/reviews/access");
  await max
    .getByRole("form", { name: "Access of Ana Souza" })
    .getByRole("button", { name: "Confirm for Ana Souza" })
    .click();
  await expect(max.getByRole("region", { name: "Decided by you last" })).toContainText("Ana Souza");
  await ana.reload();
  await expect(ana.getByRole("heading", { name: "Hello Ana" })).toBeVisible();
  await expect(notice).toHaveCount(0);
});
