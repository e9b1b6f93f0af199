import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { askToSign } from "@/lib/approvals/ask-to-sign";
import { denyRequest } from "@/lib/approvals/deny-request";
import { exportProof } from "@/lib/audit/export-proof";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import type { Authenticator } from "@/lib/testing/authenticator";
import { sealPasskey } from "@/lib/auth/passkey";
import { env } from "@/lib/env";
import { exportReceipts, receiptFile } from "@/lib/requests/read-receipts";
import { makeReceipt, readReceipt, type Receipt } from "@/lib/requests/receipt";
import { submitRequest } from "@/lib/requests/submit-request";
import { activePolicy } from "@/lib/testing/active-policy";
import { Authenticator as Key } from "@/lib/testing/authenticator";
import { freshKey, useLogSettings } from "@/lib/testing/log-key";
import { withPasskey } from "@/lib/testing/passkeys";
import { useStory } from "@/lib/testing/story";
import { main } from "./glimpse-receipt.mjs";

const story = useStory();
const set = useLogSettings();
const log = freshKey();
const keyText = writeVerifierKey(log.key);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-receipt-"));
const manager = { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] };
let max: Authenticator;
let superuser: postgres.Sql;

beforeAll(async () => {
  superuser = postgres(story.control.database.superuserUrl, { max: 1, onnotice: () => {} });
  max = await withPasskey(story.max, "Blue key");
});
afterAll(async () => {
  await superuser.end();
  fs.rmSync(scratch, { recursive: true });
});
beforeEach(async () => {
  set({ GLIMPSE_LOG_KEY: log.text });
  await activePolicy(story, [{ name: "manager", outcome: manager }]);
});

let files = 0;
function fileOf(text: string): string {
  const file = path.join(scratch, `${files++}.ndjson`);
  fs.writeFileSync(file, text);
  return file;
}
const verify = (text: string, ...more: string[]) => main([fileOf(text), "--key", keyText, ...more]);

async function written(batches: AsyncIterable<string[]>): Promise<string> {
  let text = "";
  for await (const batch of batches) text += batch.join("");
  return text;
}
const exportedLog = async () => fileOf(await written(await exportProof(story.ivy, {})));

/** A request of Ana's that Max has approved with his passkey: its number, and the file of its receipts. */
async function approvedFile(): Promise<{ number: number; file: string }> {
  const { id, number } = await submitRequest(story.ana, story.draft());
  const vote = { requestId: id, version: 1, words: null };
  await approveRequest(story.max, { ...vote, assertion: max.sign(await askToSign(story.max, vote)) });
  return { number, file: await receiptFile(story.ivy, number) };
}

const bodyOf = (file: string) => file.trimEnd().slice(file.indexOf(',"receipt":') + 11, -1);
const lineOf = (receipt: Receipt, key = log.key) => {
  const { body, signature } = makeReceipt(receipt, key);
  return `{"glimpse":"receipt","signature":${JSON.stringify(signature)},"receipt":${body}}\n`;
};

describe("receipts are judged without the server", () => {
  test("one that a passkey signed holds, by itself and against the log, which has no other", async () => {
    const { number, file } = await approvedFile();
    const alone = await verify(file, "--origin", "http://127.0.0.1:3000");
    expect(alone).toMatchObject({ code: 0 });
    expect(alone.words).toContain(`request ${number}: approve by Max`);
    expect(alone.words).toContain("signed with the passkey “Blue key”");
    const all = await written(await exportReceipts(story.ivy));
    expect(await verify(all, "--log", await exportedLog(), "--all")).toMatchObject({ code: 0 });
  });

  test("an edit of any field is found, and so is another key", async () => {
    const { file } = await approvedFile();
    for (const [from, to] of [
      ['"column":"email"', '"column":"phone"'],
      ['"level":"full"', '"level":"partial"'],
      ['"name":"Max"', '"name":"Moe"'],
      ['"verdict":"approve"', '"verdict":"deny"'],
      ['"viewSeconds":300', '"viewSeconds":900'],
    ] as const) {
      expect(file).toContain(from);
      const { code, words } = await verify(file.replace(from, to));
      expect(code, from).toBe(1);
      expect(words).toContain("not signed by a key that was given");
    }
    const other = writeVerifierKey(freshKey().key);
    expect(await main([fileOf(file), "--key", other])).toMatchObject({ code: 1 });
    expect(await verify(file, "--origin", "https://other.example")).toMatchObject({ code: 1 });
  });

  test("a receipt that is not signed is said to be so", async () => {
    set({ GLIMPSE_LOG_KEY: "" });
    const { file } = await approvedFile();
    const { code, words } = await verify(file);
    expect(code).toBe(1);
    expect(words).toContain("It is not signed");
  });
});

describe("an administrator who has the key of the log forges no approval of somebody with a passkey", () => {
  test("what the passkey signed for one decision does not hold for another", async () => {
    const { file } = await approvedFile();
    const receipt = readReceipt({ body: bodyOf(file) });
    const widened = { ...receipt, decided: { ...receipt.decided, viewSeconds: 1800 } };
    expect((await verify(lineOf(widened))).words).toContain("signed something else than this decision");
  });

  test("a passkey of the forger's own is not one of the approver by the log, though the server took it", async () => {
    const forger = new Key();
    const credential = { credentialId: forger.id, publicKey: forger.cose() };
    const personId = story.max.actor.personId;
    // With the keys of the server itself, in the database and not in the log.
    const seal = sealPasskey(env().rootKey, { personId, ...credential });
    await superuser`INSERT INTO passkeys (person_id, name, credential_id, public_key, transports, counter, seal)
      VALUES (${personId}, 'Blue key', ${forger.id}, ${credential.publicKey}, '{}', 0, ${seal})`;
    const { id, number } = await submitRequest(story.ana, story.draft());
    const vote = { requestId: id, version: 1, words: null };
    await approveRequest(story.max, { ...vote, assertion: forger.sign(await askToSign(story.max, vote)) });
    await superuser`DELETE FROM passkeys WHERE credential_id = ${forger.id}`;
    const file = await receiptFile(story.ivy, number);
    expect(await verify(file)).toMatchObject({ code: 0 });
    const { code, words } = await verify(file, "--log", await exportedLog());
    expect(code).toBe(1);
    expect(words).toContain("was not one of Max");
  });

  test("an approval without the passkey that its approver had is found, though the server signed it and the log has it", async () => {
    const [mine] = await superuser<{ id: string }[]>`SELECT id FROM passkeys WHERE credential_id = ${max.id}`;
    // Hidden from the server, as whoever rules its database could.
    await superuser`UPDATE passkeys SET person_id = ${story.sam.actor.personId} WHERE id = ${mine!.id}`;
    const { id, number } = await submitRequest(story.ana, story.draft());
    await approveRequest(story.max, { requestId: id, version: 1, words: null });
    await superuser`UPDATE passkeys SET person_id = ${story.max.actor.personId} WHERE id = ${mine!.id}`;
    const file = await receiptFile(story.ivy, number);
    expect(await verify(file)).toMatchObject({ code: 0 });
    const { code, words } = await verify(file, "--log", await exportedLog());
    expect(code).toBe(1);
    expect(words).toContain("Max had a passkey then, and it did not sign this");
  });

  test("an approval of what was sent before its approver had a passkey holds without one, and a later one does not", async () => {
    const send = async () => {
      const { id, number } = await submitRequest(story.max, story.draft());
      return { number, vote: { requestId: id, version: 1, words: null } };
    };
    const before = await send();
    await withPasskey(story.noor);
    await approveRequest(story.noor, before.vote);
    const later = await send();
    await superuser`UPDATE passkeys SET added_at = clock_timestamp() WHERE person_id = ${story.noor.actor.personId}`;
    await approveRequest(story.noor, later.vote);
    const exported = await exportedLog();
    const judged = async (number: number) => verify(await receiptFile(story.ivy, number), "--log", exported);
    expect(await judged(before.number)).toMatchObject({ code: 0 });
    expect((await judged(later.number)).words).toContain("Noor had a passkey then");
  });

  test("a receipt that was taken away is missed, and a denial needs no passkey", async () => {
    const { id, number } = await submitRequest(story.ana, story.draft());
    await denyRequest(story.max, { requestId: id, version: 1, words: "Not today." });
    const exported = await exportedLog();
    const file = await receiptFile(story.ivy, number);
    expect(await verify(file, "--log", exported)).toMatchObject({ code: 0 });
    const { code, words } = await verify(file, "--log", exported, "--all");
    expect(code).toBe(1);
    expect(words).toContain("names a receipt that is not here");
  });
});

test("the receipts of a request are there for those who may read it, and for nobody else", async () => {
  const { number, file } = await approvedFile();
  expect(await receiptFile(story.ana, number)).toBe(file);
  for (const who of [story.ben, story.pia, story.ada])
    await expect(receiptFile(who, number)).rejects.toMatchObject({ code: "not-found" });
  await expect(exportReceipts(story.ana)).rejects.toMatchObject({ code: "not-permitted" });
});

test("what a passkey signed that came after the request was sent does not hold, though the server took it", async () => {
  const { id, number } = await submitRequest(story.ana, story.draft());
  const boss = story.max.actor.personId;
  await superuser`UPDATE passkeys SET removed_at = clock_timestamp(), removed_by_id = ${boss} WHERE person_id = ${boss}`;
  const late = await withPasskey(story.max, "Late key");
  // As whoever rules the database has it: older there than it is.
  await superuser`UPDATE passkeys SET added_at = added_at - interval '1 day' WHERE credential_id = ${late.id}`;
  const vote = { requestId: id, version: 1, words: null };
  await approveRequest(story.max, { ...vote, assertion: late.sign(await askToSign(story.max, vote)) });
  const { code, words } = await verify(await receiptFile(story.ivy, number), "--log", await exportedLog());
  expect(code).toBe(1);
  expect(words).toContain("was registered after the request was sent");
});
