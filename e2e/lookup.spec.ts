import { expect, signIn, test } from "./support/test";

test("Ana finds a caller by the e-mail address they tell her, checks their birthday, and sees neither", async ({
  page: ana,
  as,
  source,
}) => {
  const [caller] = await source<{ id: number; email: string; birthday: string }[]>`
    SELECT id, email, birth_date::text AS birthday FROM customers
    WHERE birth_date IS NOT NULL AND email IS NOT NULL ORDER BY id OFFSET 40 LIMIT 1`;
  await signIn(ana, "Ana");
  await ana.goto("/browse/marigold/public/customers");
  await ana.getByRole("link", { name: "Find a record" }).click();
  const form = ana.getByRole("form", { name: "Find a record" });

  await test.step("what is not there is said, and nothing of what is like it", async () => {
    await form.getByLabel("What you know").selectOption({ label: "email (e-mail address)" });
    await form.getByLabel("Value").fill("nobody.at.all@example.test");
    await form.getByRole("button", { name: "Find" }).click();
    await expect(form.getByRole("status")).toContainText("No record has this value");
    await form.getByLabel("Value").fill("nobody");
    await form.getByRole("button", { name: "Find" }).click();
    await expect(form.getByText("Write the whole address, with its @.")).toBeVisible();
  });

  await test.step("the caller's record opens masked", async () => {
    await form.getByLabel("Value").fill(` ${caller!.email.toUpperCase()} `);
    await form.getByRole("button", { name: "Find" }).click();
    await form.getByRole("link", { name: "Open the record" }).click();
    await expect(ana.getByRole("heading", { level: 1, name: `customers ${caller!.id}` })).toBeVisible();
    expect(new URL(ana.url()).search).toBe("");
    await expect(ana.locator("#record")).not.toContainText(caller!.email);
  });

  await test.step("a wrong birthday does not match, the right one does, and after three tries it is over", async () => {
    await ana.getByRole("button", { name: "Check what was said" }).click();
    const sheet = ana.getByRole("dialog", { name: "Check what was said" });
    await sheet.getByLabel("Field").selectOption("birth_date");
    for (const [said, verdict] of [
      ["1901-02-03", "It does not match"],
      [caller!.birthday, "It matches"],
      ["1901-02-04", "No try is left for this field today."],
      ["1901-02-05", "Too many tries for today."],
    ] as const) {
      await sheet.getByLabel("What was said").fill(said);
      await sheet.getByRole("button", { name: "Compare" }).click();
      await expect(sheet.getByText(verdict)).toBeVisible();
    }
    await expect(ana.locator("#record")).not.toContainText(caller!.birthday);
  });

  await test.step("all of it is on record, without a value", async () => {
    const ivy = await as("Ivy");
    await ivy.goto("/audit");
    await expect(
      ivy.getByText(/Ana Souza looked up a record of public\.customers by email/).first(),
    ).toBeVisible();
    await expect(ivy.getByText(/Ana Souza was told that birth_date of .* matches/).first()).toBeVisible();
    await expect(ivy.locator("main")).not.toContainText(caller!.email);
  });
});
