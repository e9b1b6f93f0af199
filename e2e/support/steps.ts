import fs from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";

/** Fills the open request sheet and sends it; returns the number of the request. */
export async function sendRequest(page: Page, words: { reason: string; approver: string }): Promise<number> {
  const sheet = page.getByRole("dialog", { name: "Request to see values" });
  await sheet.getByLabel("Purpose").selectOption("Contact a customer");
  await sheet.getByLabel("Reason").fill(words.reason);
  await sheet.getByLabel("Ticket").fill("T-1042");
  await sheet.getByRole("button", { name: `Send to ${words.approver}` }).click();
  const sent = page.getByRole("dialog", { name: /^Request \d+ is sent$/ });
  const number = Number((await sent.getByRole("heading").innerText()).replaceAll(/\D/g, ""));
  await sent.getByRole("button", { name: "Back to the table" }).click();
  return number;
}

/** Presses a key that opens something. The inbox takes none right after it changed, so people press again. */
export async function pressTo(page: Page, key: string, opened: Locator): Promise<void> {
  await expect(async () => {
    if (!(await opened.isVisible())) await page.keyboard.press(key);
    await expect(opened).toBeVisible({ timeout: 500 });
  }).toPass();
}

/** Begins a draft with the rules that count, as a policy admin; ends on its page, and gives its address. */
export async function beginDraft(page: Page, note: string): Promise<string> {
  await page.goto("/policies");
  await page.getByRole("button", { name: "New draft" }).click();
  await makeDraft(page, note);
  return page.url();
}

/** Fills the dialog that makes a draft, whichever version it is based on. */
export async function makeDraft(page: Page, note: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("What it is about").fill(note);
  await dialog.getByRole("button", { name: "Make the draft" }).click();
  await expect(page.getByLabel("What this version is about")).toHaveValue(note);
}

/** Opens a request in the inbox. */
export async function turnTo(page: Page, number: number): Promise<void> {
  await page.goto(`/inbox?request=${number}`);
  await expect(page.getByRole("article").getByRole("heading", { name: `Request ${number}` })).toBeVisible();
}

/** The log of one request as the auditor reads and exports it, oldest first: sentences of the page, codes of the CSV. */
export async function readAudit(
  ivy: Page,
  number: number,
): Promise<{ sentences: string[]; codes: string[]; csv: string }> {
  await ivy.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Audit" }).click();
  await ivy.getByLabel("Request", { exact: true }).fill(String(number));
  await ivy.getByRole("button", { name: "Filter" }).click();
  await expect(ivy).toHaveURL(new RegExp(`requestNumber=${number}`));
  const lines = ivy.getByRole("region", { name: "Events" }).getByRole("group");
  await expect(lines.first()).toBeVisible();
  const sentences = (await lines.locator("summary").allInnerTexts()).toReversed();
  const download = ivy.waitForEvent("download");
  await ivy.getByRole("link", { name: "Export CSV" }).click();
  const csv = await fs.readFile(await (await download).path(), "utf8");
  const codes = [...csv.matchAll(/^\d+,[^,]+,([a-z._]+),/gm)].map(([, code = ""]) => code);
  return { sentences, codes, csv };
}
