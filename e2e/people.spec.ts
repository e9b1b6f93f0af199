import { cellOf } from "./support/grid";
import { sendRequest } from "./support/steps";
import { expect, test } from "./support/test";

test("Kim is invited, joins by a link that works once, works, and loses session and grant the moment Ada disables her", async ({
  as,
  browser,
  deeds,
  source,
  watch,
  expectReveal,
}) => {
  test.setTimeout(120_000);
  const [customer] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 26`;
  const name = `Kim ${Date.now().toString(36)}`;
  const ada = await as("Ada");
  const link = await test.step("Ada invites her as an agent under Max", async () => {
    await ada.goto("/people");
    await ada.getByRole("button", { name: "Invite" }).click();
    const sheet = ada.getByRole("dialog", { name: "Invite somebody" });
    await sheet.getByLabel("Name").fill(name);
    await sheet.getByLabel("E-mail").fill(`${name.replace(" ", "-")}@kim.example`);
    await sheet.getByRole("checkbox", { name: "Agent" }).check();
    await sheet.getByLabel("Manager").selectOption("Max Hoffmann");
    await sheet.getByRole("button", { name: "Invite" }).click();
    return sheet.getByLabel("One-time link").inputValue();
  });

  const context = await browser.newContext();
  watch.follow(context);
  const kim = await context.newPage();
  await test.step("she joins, and the link is used up", async () => {
    await kim.goto(link);
    await kim.getByLabel("New password").fill("short");
    await kim.getByRole("button", { name: "Join" }).click();
    await expect(kim.getByRole("heading", { name: "Join Glimpse" })).toBeVisible();
    await kim.getByLabel("New password").fill("seven quiet herons wading");
    await kim.getByRole("button", { name: "Join" }).click();
    await expect(kim.getByRole("navigation", { name: "Main" })).toBeVisible();
    const again = await browser.newPage();
    await again.goto(link);
    await expect(again.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
    await again.close();
  });

  await test.step("she asks, is allowed, and sees a value", async () => {
    await kim.goto("/browse/marigold/public/customers");
    await (await cellOf(kim, 26, "email")).click();
    await kim.getByRole("button", { name: "Request 1 field of 1 record" }).click();
    const number = await sendRequest(kim, {
      reason: "He moved and wants to be told.",
      approver: "Max Hoffmann",
    });
    await deeds.approve(number);
    await kim.goto(`/requests/${number}`);
    expectReveal(customer!.email);
    await kim.getByRole("button", { name: "Open now" }).click();
    await expect(kim.getByText(customer!.email)).toBeVisible();
  });

  await test.step("Ada disables her: the value goes by itself, and so does the session", async () => {
    await ada.goto("/people");
    await ada.getByRole("link", { name }).click();
    await ada.getByRole("button", { name: "Disable" }).click();
    const sure = ada.getByRole("dialog", { name: `Disable ${name}?` });
    await expect(sure).toContainText("1 open grant");
    await sure.getByRole("button", { name: "Disable" }).click();
    await expect(ada.getByRole("button", { name: "Enable" })).toBeVisible();
    await expect(kim.getByText(customer!.email)).toHaveCount(0);
    await kim.goto("/browse");
    await expect(kim).toHaveURL(/\/sign-in/);
  });

  await test.step("and Ivy reads why", async () => {
    const ivy = await as("Ivy");
    await ivy.goto("/audit");
    await expect(ivy.getByRole("region", { name: "Events" })).toContainText(name);
  });
  await watch.leaks();
  await context.close();
});

test("Ada changes nobody's rights but others': on her own page the buttons say why not", async ({ as }) => {
  const ada = await as("Ada");
  await ada.goto("/people");
  await ada.getByRole("link", { name: "Ada Novak" }).click();
  await expect(ada.getByRole("button", { name: "Disable" })).toHaveAccessibleDescription(
    "Nobody disables themselves. Another admin has to do it.",
  );
  await expect(ada.getByRole("button", { name: "Save roles" })).toHaveAccessibleDescription(
    /Nobody changes their own rights/,
  );
});
