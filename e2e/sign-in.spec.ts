import type { Page } from "@playwright/test";
import { accountOf, type Name } from "./support/stack";
import { expect, signIn, test } from "./support/test";

test("a wrong password says nothing of what exists, and opens nothing", async ({ page }) => {
  await tryPassword(page, accountOf("Pia").email, "not her password");
  await expect(page.getByText("The e-mail address or the password is wrong.")).toBeVisible();
  await tryPassword(page, "nobody@marigold.example", "not a password");
  await expect(page.getByText("The e-mail address or the password is wrong.")).toBeVisible();
  await page.goto("/browse");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("after too many failures the right password opens no door either, until the time is over", async ({
  page,
  control,
}) => {
  const { email, password } = accountOf("Pia");
  for (let turn = 0; turn < 6; turn++) {
    await tryPassword(page, email, `wrong ${turn}`);
    await expect(page.getByRole("alert").getByText(/wrong\.|Too many failed/)).toBeVisible();
  }
  await tryPassword(page, email, password);
  await expect(page.getByText("Too many failed sign-ins.")).toBeVisible();
  await expect(page.getByText("The right password does not open the door earlier.")).toBeVisible();
  const [event] =
    await control`SELECT code, outcome FROM audit_events WHERE code LIKE 'auth.%' ORDER BY seq DESC LIMIT 1`;
  expect(event?.["outcome"]).toBe("refused");
  await forgiveFailures();
  await tryPassword(page, email, password);
  await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();

  /** As if the time was over. */
  async function forgiveFailures(): Promise<void> {
    await control`UPDATE sign_in_failures SET locked_until = clock_timestamp()`;
  }
});

for (const [where, address] of [
  ["another site", "https://evil.example/"],
  ["another site without a scheme", "//evil.example/"],
  ["another site by backslashes", "/\\evil.example"],
  ["a script", "javascript:alert(1)"],
]) {
  test(`sign-in does not lead to ${where}`, async ({ page, baseURL }) => {
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(address!)}`);
    await fill(page, "Ben");
    await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
    expect(page.url()).toBe(`${baseURL}/`);
  });
}

test("sign-in leads back to the page one came for", async ({ page }) => {
  await page.goto("/browse/marigold/public/orders");
  await fill(page, "Ben");
  await expect(page.getByRole("heading", { level: 1, name: "orders" })).toBeVisible();
});

test("signing out ends the session itself, not its cookie alone", async ({ page, control }) => {
  await signIn(page, "Ben");
  const cookies = await page.context().cookies();
  await page.getByRole("button", { name: "Ben Okafor, your menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.context().addCookies(cookies);
  await page.goto("/browse");
  await expect(page).toHaveURL(/\/sign-in/);
  const [event] =
    await control`SELECT code FROM audit_events WHERE code LIKE 'auth.%' ORDER BY seq DESC LIMIT 1`;
  expect(event?.["code"]).toBe("auth.signed_out");
});

async function tryPassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function fill(page: Page, name: Name): Promise<void> {
  const { email, password } = accountOf(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}
