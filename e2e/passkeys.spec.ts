import fs from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { parseSignerKey, writeVerifierKey } from "@/lib/audit/signed-note";
import { main as verifyReceipts } from "@/scripts/verifier/glimpse-receipt.mjs";
import { activateRules } from "./support/activate";
import { Instance } from "./support/instance";
import { stack, type Name } from "./support/stack";
import { turnTo } from "./support/steps";
import { expect, signIn, test } from "./support/test";
import type { Watch } from "./support/watch";

let instance: Instance;
let address: string;
const opened: BrowserContext[] = [];

test.beforeAll(async ({}, info) => {
  instance = await Instance.prepare(info.outputPath("passkeys.log"), undefined, {}, "localhost");
  address = instance.baseUrl;
  await instance.start();
});

test.afterAll(async ({ control }) => {
  await instance.kill();
  // Other specs know people who have none.
  await control`UPDATE passkeys SET removed_at = clock_timestamp(), removed_by_id = person_id WHERE removed_at IS NULL`;
});

test.afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});

test("Max registers a passkey, approves with it, and the receipt is proven without Glimpse", async ({
  browser,
  watch,
  deeds,
}) => {
  test.setTimeout(180_000);
  const max = await signedIn(browser, watch, "Max");

  await test.step("Max gives it a name, and it stands in his settings", async () => {
    await registers(max, "Blue key");
    await expect(max.getByRole("region", { name: "Passkeys" })).toContainText("not used yet");
  });
  const { number } = await deeds.ask("Ana", { keys: [71], fields: ["email"] });

  await test.step("he approves, and his authenticator signs", async () => {
    await max.goto(`${address}/inbox?request=${number}`);
    await expect(max.getByText("Your passkey signs it when you approve this.")).toBeVisible();
    await max.getByRole("button", { name: "Approve" }).click();
    await expect(max.getByText(`Request ${number} of Ana Souza is approved.`).first()).toBeVisible();
  });

  await test.step("the page of the request says who signed, and the file holds", async () => {
    await max.goto(`${address}/requests/${number}`);
    const receipts = max.getByRole("region", { name: "Receipts" });
    await expect(receipts).toContainText("Max Hoffmann approved it");
    await expect(receipts).toContainText(
      "Signed by the key of the log, and with Max Hoffmann’s passkey “Blue key”.",
    );
    const [file, key] = [await downloaded(max), logKey()];
    const judged = await verifyReceipts([file, "--key", key, "--origin", address]);
    expect(judged).toMatchObject({ code: 0 });
    expect(judged.words).toContain("signed with the passkey “Blue key”");
    const edited = (await fs.readFile(file, "utf8")).replace('"column":"email"', '"column":"phone"');
    await fs.writeFile(`${file}.edited`, edited);
    expect(await verifyReceipts([`${file}.edited`, "--key", key])).toMatchObject({ code: 1 });
  });

  await test.step("without it he approves nothing, on whichever server", async () => {
    const other = await deeds.ask("Ana", { keys: [72], fields: ["email"] });
    await expect(deeds.approve(other.number)).rejects.toMatchObject({ code: "passkey-needed" });
  });

  await test.step("Ada removes the lost one, which is on record, and he approves without", async () => {
    const ada = await signedIn(browser, watch, "Ada");
    await ada.goto(`${address}/people?q=max`);
    await ada.getByRole("link", { name: "Max Hoffmann" }).click();
    await ada.getByRole("button", { name: "Remove the passkey Blue key" }).click();
    await expect(ada.getByText("The passkey of Max Hoffmann is removed").first()).toBeVisible();
    const ivy = await signedIn(browser, watch, "Ivy");
    await ivy.goto(`${address}/audit`);
    await expect(ivy.getByText(/Ada.*a passkey was removed \(Max Hoffmann\)/i).first()).toBeVisible();
  });
});

test("where a rule asks for a passkey, who has none is told what to do, and values open with one", async ({
  browser,
  watch,
  deeds,
  source,
  expectReveal,
}) => {
  test.setTimeout(180_000);
  const [customer] = await source<{ email: string }[]>`SELECT email FROM customers WHERE id = 73`;
  const manager = { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] };
  const when = 'request.purpose == "legal-obligation"';
  const rule = { name: "keys", when, outcome: manager, passkey: true };
  await activateRules(deeds, "Legal duties with a passkey", [rule], "review");
  try {
    const [max, ana] = [await signedIn(browser, watch, "Max"), await signedIn(browser, watch, "Ana")];
    const ask = (key: number) =>
      deeds.ask("Ana", { keys: [key], fields: ["email"], purpose: "legal-obligation" });
    const { number: before } = await ask(74);

    await test.step("Max has none, and the inbox says where to get one", async () => {
      await turnTo(max, before);
      await expect(max.getByText("Its rule asks for a passkey, and you have none.")).toBeVisible();
      await max.getByRole("link", { name: "Settings" }).last().click();
      await registers(max, "Phone");
    });

    await test.step("what was sent before it was registered is not for it, and he uses it before it is removed", async () => {
      await turnTo(max, before);
      await expect(max.getByText("yours was registered after it was sent")).toBeVisible();
      await max.goto(`${address}/settings`);
      await max.getByRole("button", { name: "Remove the passkey Phone" }).click();
      await expect(max.getByText("This asks for your passkey.").first()).toBeVisible();
      await max.getByRole("button", { name: "Use my passkey" }).click();
      await expect(max.getByLabel("Name of the new passkey")).toBeVisible();
    });
    const { number } = await ask(73);

    await test.step("he approves with it what is sent later", async () => {
      await turnTo(max, number);
      await max.getByRole("button", { name: "Approve" }).click();
      await expect(max.getByText(`Request ${number} of Ana Souza is approved.`).first()).toBeVisible();
    });

    await test.step("Ana registers hers and uses it, then the value opens", async () => {
      await ana.goto(`/requests/${number}`);
      await ana.getByRole("button", { name: "Open now" }).click();
      await expect(ana.getByText("Its rule asks for a passkey, and you have none.").first()).toBeVisible();
      await ana.goto("/settings");
      await registers(ana, "Ring");
      await ana.goto(`/requests/${number}`);
      await ana.getByRole("button", { name: "Use my passkey" }).click();
      await expect(ana.getByText("Your passkey counts for ten minutes").first()).toBeVisible();
      await expect(ana.getByRole("button", { name: "Use my passkey" })).toBeHidden();
      expectReveal(customer!.email);
      await ana.getByRole("button", { name: "Open now" }).click();
      await expect(ana.getByText(customer!.email)).toBeVisible();
    });

    await test.step("what she signed to open it is kept, and proven without Glimpse", async () => {
      const receipts = ana.getByRole("region", { name: "Receipts" });
      await expect(receipts).toContainText("signed to open it");
      await expect(receipts).toContainText("with Ana Souza’s passkey “Ring”");
      const judged = await verifyReceipts([await downloaded(ana), "--key", logKey(), "--origin", address]);
      expect(judged).toMatchObject({ code: 0 });
      expect(judged.words).toMatch(/open by Ana Souza .*signed with the passkey “Ring”/);
    });
  } finally {
    await activateRules(deeds, "Back to the built-in rules", []);
  }
});

const logKey = () => writeVerifierKey(parseSignerKey(stack().logKey)!);

/** The file of the receipts of the request whose page this is. */
async function downloaded(page: Page): Promise<string> {
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the receipts" }).click();
  return (await download).path();
}

/** A browser of somebody's own, with an authenticator in it, at the instance that has a name. */
async function signedIn(browser: Browser, watch: Watch, name: Name): Promise<Page> {
  const context = await browser.newContext({ baseURL: address });
  opened.push(context);
  watch.follow(context);
  const page = await context.newPage();
  await withAuthenticator(page);
  await signIn(page, name);
  return page;
}

/** A key in the machine that asks nobody: Chromium's virtual authenticator. */
async function withAuthenticator(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Registers a passkey under this name, on the page of the settings. */
async function registers(page: Page, name: string): Promise<void> {
  if (!page.url().includes("/settings")) await page.goto("/settings");
  await page.getByLabel("Name of the new passkey").fill(name);
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByRole("form", { name: "Your passkeys" })).toContainText(name);
}
