import { randomBytes } from "node:crypto";
import type { BrowserContext, Page, Response } from "@playwright/test";
import { accountOf } from "./support/stack";
import { expect, signIn, test } from "./support/test";

const nobody = {
  email: `nobody-${randomBytes(4).toString("hex")}@marigold.example`,
  password: "orchard violin 19 teapot",
};

async function tryToSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  const answer = page.waitForResponse((response) => response.url().includes("/callback/credentials"));
  await page.getByRole("button", { name: "Sign in" }).click();
  await answer;
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /your menu$/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

const whereIs = (page: Page) => new URL(page.url()).pathname;

test("somebody who comes by a link signs in and is where the link led", async ({ page }) => {
  await page.goto("/people?role=agent");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  const { email, password } = accountOf("Ada");
  await tryToSignIn(page, email, "not the password");
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "The e-mail address or the password is wrong.",
  );
  await expect(page.getByLabel("E-mail")).toHaveValue(email);
  await tryToSignIn(page, email, password);
  await expect(page.getByRole("heading", { name: "People" })).toBeVisible();
  expect(page.url()).toContain("/people?role=agent");
});

for (const wanted of [
  "https://evil.example/",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "javascript:alert(1)",
]) {
  test(`a link cannot send anybody elsewhere after sign-in: ${JSON.stringify(wanted)}`, async ({
    page,
    baseURL,
  }) => {
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(wanted)}`);
    const { email, password } = accountOf("Ivy");
    await tryToSignIn(page, email, password);
    await expect(page.getByRole("heading", { name: "Hello Ivy" })).toBeVisible();
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(wanted)}`);
    expect(new URL(page.url()).origin).toBe(new URL(baseURL ?? "").origin);
  });
}

test("too many failures are refused in words, with the time to wait, for an unknown address too", async ({
  page,
}) => {
  await page.goto("/sign-in");
  for (let tries = 0; tries < 5; tries++)
    await tryToSignIn(page, nobody.email, `${nobody.password} ${tries}`);
  await tryToSignIn(page, nobody.email, nobody.password);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Try again in a minute.");
});

test("who has signed out is out: by Back, by the old cookie, in every tab", async ({ as, browser }) => {
  const page = await as("Ada");
  await page.goto("/people");
  const thief = await browser.newContext();
  await thief.addCookies(await page.context().cookies());
  const stolen = await thief.newPage();
  await stolen.goto("/people");
  await expect(stolen.getByRole("heading", { name: "People" })).toBeVisible();
  await signOut(page);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await stolen.goto("/people");
  expect(whereIs(stolen)).toBe("/sign-in");
  await thief.close();
});

test("a session cookie is kept from scripts, and one that was made up opens nothing", async ({
  page,
  baseURL,
}) => {
  await signIn(page, "Ivy");
  const cookie = await sessionCookie(page.context());
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  for (const value of [`${cookie?.value.slice(0, -4)}AAAA`, "x", ""]) {
    await page.context().clearCookies();
    await page.context().addCookies([{ name: "glimpse-session", value, url: baseURL ?? "" }]);
    await page.goto("/audit");
    expect(whereIs(page)).toBe("/sign-in");
  }
});

test("a session that somebody planted is not the one that is used", async ({ page, as }) => {
  const attacker = await as("Ben");
  await page.context().addCookies(await attacker.context().cookies());
  const planted = await sessionCookie(attacker.context());
  await page.goto("/settings");
  await signOut(page);
  await signIn(page, "Ivy");
  expect((await sessionCookie(page.context()))?.value).not.toBe(planted?.value);
  await attacker.goto("/settings");
  expect(whereIs(attacker)).toBe("/sign-in");
});

test("sign-in takes no forged form, and the doors of next-auth that are not used are shut", async ({
  request,
}) => {
  const { email, password } = accountOf("Ana");
  const forged = await request.post("/api/auth/callback/credentials", {
    form: { email, password, csrfToken: "guessed", json: "true" },
  });
  expect(forged.headers()["set-cookie"] ?? "").not.toContain("glimpse-session");
  const home = await request.get("/", { maxRedirects: 0 });
  expect(home.headers()["location"]).toContain("/sign-in");
  for (const door of ["session", "providers", "signin", "signin/credentials", "error", "verify-request"]) {
    expect((await request.get(`/api/auth/${door}`)).status(), door).toBe(404);
  }
  for (const door of ["signout", "session", "_log", "signin/credentials"]) {
    expect((await request.post(`/api/auth/${door}`, { form: { csrfToken: "x" } })).status(), door).toBe(404);
  }
  const huge = await request.post("/api/auth/callback/credentials", {
    form: { email, password: "x".repeat(20_000) },
  });
  expect(huge.status()).toBe(413);
});

test("every answer tells browsers to keep nothing, guess nothing and frame nothing", async ({ as }) => {
  const page = await as("Ada");
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy|Refused to/.test(message.text())) complaints.push(message.text());
  });
  for (const path of ["/", "/people", "/settings", "/audit", "/nowhere"]) {
    const answer = await page.goto(path);
    expect(headersOf(answer), path).toMatchObject({
      "cache-control": expect.stringContaining("no-store") as unknown,
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringMatching(
        /script-src 'self' 'nonce-[^']+' 'strict-dynamic';/,
      ) as unknown,
    });
    expect(headersOf(answer)["content-security-policy"]).toContain("frame-ancestors 'none'");
  }
  const nonces = await Promise.all(
    [0, 1].map(async () => (await page.request.get("/")).headers()["content-security-policy"]),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
  expect(complaints).toEqual([]);
});

test("one ends a session of one's own elsewhere, and it is out at its next click", async ({
  page,
  browser,
}) => {
  const there = await (await browser.newContext()).newPage();
  await signIn(there, "Noor");
  await signIn(page, "Noor");
  await page.goto("/settings");
  await page
    .getByRole("button", { name: /^End the session in/ })
    .first()
    .click();
  await expect(page.getByText("The session is ended").first()).toBeVisible();
  await there.goto("/settings");
  expect(whereIs(there)).toBe("/sign-in");
  await page.reload();
  expect(whereIs(page)).toBe("/settings");
  await there.context().close();
});

const headersOf = (answer: Response | null): Record<string, string> => answer?.headers() ?? {};

async function sessionCookie(context: BrowserContext) {
  return (await context.cookies()).find(({ name }) => name === "glimpse-session");
}
