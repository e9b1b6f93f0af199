import type { Page, Request } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { stack } from "./support/stack";
import { expect, test } from "./support/test";

const password = "orchard violin 19 teapot";

/** Somebody new, invited by an admin: their name and the link that is shown once. */
async function invite(admin: Page, role: string, manager?: string): Promise<{ name: string; link: string }> {
  const name = `Zoe ${randomBytes(4).toString("hex")}`;
  await admin.goto("/people");
  await admin.getByRole("button", { name: "Invite" }).click();
  const sheet = admin.getByRole("dialog", { name: "Invite somebody" });
  await sheet.getByLabel("Name").fill(name);
  await sheet.getByLabel("E-mail").fill(`${name.replace(" ", ".").toLowerCase()}@marigold.example`);
  await sheet.getByRole("checkbox", { name: role }).check();
  if (manager) await sheet.getByLabel("Manager").selectOption({ label: manager });
  await sheet.getByRole("button", { name: "Invite" }).click();
  const link = await sheet.getByLabel("One-time link").inputValue();
  await sheet.getByRole("button", { name: "Done" }).click();
  return { name, link };
}

async function join(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Join" }).click();
  await expect(page.getByRole("heading", { name: "Hello Zoe" })).toBeVisible();
}

async function openPerson(admin: Page, name: string): Promise<void> {
  await admin.goto(`/people?q=${encodeURIComponent(name)}`);
  await admin.getByRole("link", { name }).click();
  await expect(admin.getByRole("heading", { name, level: 1 })).toBeVisible();
}

test("an admin invites somebody, who joins once by the link and has the role", async ({
  as,
  browser,
  page,
}) => {
  const ada = await as("Ada");
  const { name, link } = await invite(ada, "Auditor");
  await join(page, link);
  await expect(page.getByRole("link", { name: "Audit", exact: true })).toBeVisible();
  const late = await (await browser.newContext()).newPage();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await late.context().close();
  await openPerson(ada, name);
  await expect(ada.getByText("1 open session")).toBeVisible();
});

test("a role counts at the next click, and goes at the next click", async ({ as, page }) => {
  const ada = await as("Ada");
  const { name, link } = await invite(ada, "Agent", "Max Hoffmann");
  await join(page, link);
  await openPerson(ada, name);
  await ada.getByRole("checkbox", { name: "Agent" }).uncheck();
  await ada.getByRole("checkbox", { name: "Steward" }).check();
  await ada.getByRole("button", { name: "Save roles" }).click();
  await expect(ada.getByText(`The roles of ${name} count from now on`).first()).toBeVisible();
  expect((await page.goto("/browse"))?.status()).toBe(403);
  await expect(page.getByText("Your roles do not open this page")).toBeVisible();
  expect((await page.goto("/catalog"))?.status()).toBe(200);
});

test("somebody for whom an admin makes a new-password link is told so, with the admin's name", async ({
  as,
  page,
}) => {
  const ada = await as("Ada");
  const { name, link } = await invite(ada, "Agent", "Max Hoffmann");
  await join(page, link);
  await openPerson(ada, name);
  await ada.getByRole("button", { name: "Make a link for a new password" }).click();
  await expect(ada.getByLabel("One-time link")).toBeVisible();
  await page.goto("/");
  await expect(
    page.getByText(/^A new-password link for you was made by Ada Novak on \d+ \w+ \d{4} at \d\d:\d\d UTC\.$/),
  ).toBeVisible();
});

test("who is disabled is out at the next click, and both are on record", async ({ as, page }) => {
  const ada = await as("Ada");
  const { name, link } = await invite(ada, "Agent", "Max Hoffmann");
  await join(page, link);
  await openPerson(ada, name);
  await ada.getByRole("button", { name: "Disable" }).click();
  const dialog = ada.getByRole("dialog", { name: `Disable ${name}?` });
  await expect(dialog).toContainText("Ends at once: 1 session.");
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(ada.getByText("Disabled", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Browse" }).first().click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  const ivy = await as("Ivy");
  await ivy.goto("/audit");
  await expect(
    ivy.getByRole("row").filter({ hasText: "disabled" }).filter({ hasText: name }).first(),
  ).toBeVisible();
});

test("nobody gives themselves rights: the form says so, and a forged one is refused", async ({
  as,
  control,
}) => {
  const ada = await as("Ada");
  const { name } = await invite(ada, "Agent");
  const [self] = await control<{ id: string; version: number }[]>`
    SELECT id, version FROM people WHERE email = 'ada@marigold.example'`;
  await ada.goto(`/people/${self?.id}`);
  await expect(ada.getByRole("button", { name: "Save roles" })).toBeDisabled();
  await openPerson(ada, name);
  // The form of somebody else, turned on oneself in the browser's tools.
  await ada.getByRole("checkbox", { name: "Agent" }).check();
  await ada
    .locator("form:has(button:text-is('Save roles')) input[name=personId]")
    .evaluate((input: HTMLInputElement, id) => (input.value = id), self?.id ?? "");
  await ada.getByRole("button", { name: "Save roles" }).click();
  await expect(ada.getByText("Nobody changes their own rights.")).toBeVisible();
  const roles = await control`SELECT role FROM person_roles WHERE person_id = ${self?.id ?? ""}`;
  expect(roles).toEqual([{ role: "admin" }]);
});

test("the call that an admin makes does nothing for others, for visitors or from another site", async ({
  as,
  page,
  request,
  control,
}) => {
  const ada = await as("Ada");
  const { name } = await invite(ada, "Agent");
  await openPerson(ada, name);
  const sent = new Promise<Request>((resolve) =>
    ada.on("request", (one) => one.method() === "POST" && one.headers()["next-action"] && resolve(one)),
  );
  await ada.getByRole("checkbox", { name: "Approver" }).check();
  await ada.getByRole("button", { name: "Save roles" }).click();
  const call = await sent;
  await expect(ada.getByText(/count from now on/).first()).toBeVisible();
  const rolesOf = () => control`
    SELECT r.role FROM person_roles r JOIN people p ON p.id = r.person_id WHERE p.name = ${name} ORDER BY r.role`;
  await control`DELETE FROM person_roles WHERE role = 'approver' AND person_id = (SELECT id FROM people WHERE name = ${name})`;
  await control`UPDATE people SET version = version - 1 WHERE name = ${name}`;

  const again = {
    headers: {
      "next-action": call.headers()["next-action"] ?? "",
      "content-type": call.headers()["content-type"] ?? "",
      accept: "text/x-component",
      origin: new URL(stack().baseUrl).origin,
    },
    data: call.postDataBuffer() ?? Buffer.alloc(0),
  };
  const ana = await as("Ana");
  expect(await (await ana.request.post(call.url(), again)).text()).toContain("Your roles do not allow this.");
  expect(await (await request.post(call.url(), again)).text()).toContain("You are not signed in.");
  const elsewhere = { ...again, headers: { ...again.headers, origin: "https://evil.example" } };
  expect((await ada.request.post(call.url(), elsewhere)).ok()).toBe(false);
  expect(await rolesOf()).toEqual([{ role: "agent" }]);
  expect((await ada.request.post(call.url(), again)).ok()).toBe(true);
  expect(await rolesOf()).toEqual([{ role: "agent" }, { role: "approver" }]);
  expect(page.url()).toBe("about:blank");
});

test("everybody but admins is refused the pages of people, on record", async ({ as, control }) => {
  for (const name of ["Ana", "Max", "Sam", "Pia", "Ivy"] as const) {
    const page = await as(name);
    expect((await page.goto("/people"))?.status(), name).toBe(403);
    expect((await page.goto("/people/00000000-0000-4000-8000-000000000001"))?.status(), name).toBe(403);
  }
  const refusals = await control`
    SELECT DISTINCT actor_id FROM audit_events WHERE code = 'access.refused' AND entry LIKE '%"permission":"people"%'`;
  expect(refusals.length).toBeGreaterThanOrEqual(5);
});
