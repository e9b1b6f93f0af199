import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { askToSign } from "@/lib/approvals/ask-to-sign";
import { exportProof } from "@/lib/audit/export-proof";
import { record } from "@/lib/audit/recorded";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import { listLiveGrants } from "@/lib/grants/list-live-grants";
import { exportReceipts, receiptFile } from "@/lib/requests/read-receipts";
import { makeReceipt, readReceipt, receiptHash, type Receipt } from "@/lib/requests/receipt";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { returnGrant } from "@/lib/reveals/return-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { askToOpen, signOpening } from "@/lib/reveals/sign-opening";
import { activePolicy } from "@/lib/testing/active-policy";
import type { Authenticator } from "@/lib/testing/authenticator";
import { signedIn } from "@/lib/testing/control";
import { freshKey, useLogSettings } from "@/lib/testing/log-key";
import { opensWith, provesWith, withPasskey } from "@/lib/testing/passkeys";
import { refOf, useStory } from "@/lib/testing/story";
import { main } from "./glimpse-receipt.mjs";

// It writes events as somebody would who has the key of the log.
const story = useStory(undefined, { ownEvents: true });
const set = useLogSettings();
const log = freshKey();
const keyText = writeVerifierKey(log.key);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-opening-"));
const refused = (code: string) => expect.objectContaining({ code });
const manager = { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] };
let max: Authenticator;
let ana: Authenticator;
/** Who may do everything to the database: the adversary. */
let superuser: postgres.Sql;

beforeAll(async () => {
  superuser = postgres(story.control.database.superuserUrl, { max: 1, onnotice: () => {} });
  max = await withPasskey(story.max, "Blue key");
  ana = await withPasskey(story.ana, "Ring");
});
afterAll(async () => {
  await superuser.end();
  fs.rmSync(scratch, { recursive: true });
});
beforeEach(async () => {
  set({ GLIMPSE_LOG_KEY: log.text });
  await activePolicy(story, [{ name: "keys", outcome: manager, passkey: true }]);
});

const forge = (deed: (tx: postgres.TransactionSql) => Promise<unknown>) =>
  superuser.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await deed(tx);
  });

let files = 0;
function fileOf(text: string): string {
  const file = path.join(scratch, `${files++}.ndjson`);
  fs.writeFileSync(file, text);
  return file;
}
async function written(batches: AsyncIterable<string[]>): Promise<string> {
  let text = "";
  for await (const batch of batches) text += batch.join("");
  return text;
}
/** All receipts against the whole log, as an auditor judges them. */
async function judged() {
  const all = fileOf(await written(await exportReceipts(story.ivy)));
  const whole = fileOf(await written(await exportProof(story.ivy, {})));
  return main([all, "--key", keyText, "--log", whole, "--all"]);
}
const lineOf = (receipt: Receipt) => {
  const { body, signature } = makeReceipt(receipt, log.key);
  return `{"glimpse":"receipt","signature":${JSON.stringify(signature)},"receipt":${body}}\n`;
};

/** A grant of Ana's for these fields that Max has signed. */
async function granted(names = ["email"]): Promise<{ id: string; number: number; grantId: string }> {
  const fields = names.map((name) => ({ columnId: story.column(name), level: "full" as const }));
  const { id, number } = await submitRequest(story.ana, story.draft({ fields }));
  const vote = { requestId: id, version: 1, words: null };
  await approveRequest(story.max, { ...vote, assertion: max.sign(await askToSign(story.max, vote)) });
  const [grant] = await superuser<{ id: string }[]>`SELECT id FROM grants WHERE request_id = ${id}`;
  return { id, number, grantId: grant!.id };
}

async function openingOf(grantId: string): Promise<Receipt> {
  const [stored] = await superuser<{ body: string }[]>`SELECT body FROM receipts WHERE opens_id = ${grantId}`;
  return readReceipt(stored!);
}

const opens = async (grantId: string) => {
  await activateGrant(story.ana, grantId);
  return revealFields(story.ana, { grantId });
};

describe("what a holder signs before values open is kept", () => {
  test("it says grant, fields, records and time; the reveal names it; and it is judged without the server", async () => {
    const { number, grantId } = await granted();
    // What opens may be signed by a passkey that is younger than the request, unlike a decision on it.
    await provesWith(story.ana, ana);
    await opensWith(story.ana, await withPasskey(story.ana, "Young ring"), grantId);
    await opens(grantId);
    const opening = await openingOf(grantId);
    expect(opening).toMatchObject({
      decided: {
        ...{ verdict: "open", by: { name: "Ana" }, request: { number }, viewSeconds: 300 },
        ...{ fields: [{ column: "email", level: "full" }], records: [await refOf(story, 1)] },
        opens: { grantId, askedAt: expect.stringMatching(/^20\d\d-.*Z$/) as string },
      },
      passkey: { name: "Young ring" },
      grant: null,
    });
    const [event] = await superuser<{ opening: string; body: string }[]>`
      SELECT entry::jsonb -> 'details' ->> 'opening' AS opening, body FROM audit_events e JOIN receipts r ON r.opens_id = e.grant_id
      WHERE code = 'reveal.opened' AND e.grant_id = ${grantId}`;
    expect(event?.opening).toBe(receiptHash(event!));
    const whole = await judged();
    expect(whole).toMatchObject({ code: 0 });
    expect(whole.words).toContain(`request ${number}: open by Ana`);
    expect(await receiptFile(story.ana, number)).toContain('"verdict":"open"');
  });

  test("without it nothing opens: neither the window nor a value in one that is open; who has no passkey is told so", async () => {
    const { grantId } = await granted();
    const { personId } = story.ana.actor;
    await superuser`UPDATE passkeys SET person_id = ${story.sam.actor.personId} WHERE person_id = ${personId}`;
    await expect(activateGrant(story.ana, grantId)).rejects.toEqual(refused("passkey-missing"));
    await superuser`UPDATE passkeys SET person_id = ${personId} WHERE person_id = ${story.sam.actor.personId}`;
    // What counts before passkeys are changed opens nothing.
    await provesWith(story.ana, ana);
    await expect(activateGrant(story.ana, grantId)).rejects.toEqual(refused("passkey-needed"));
    await opensWith(story.ana, ana, grantId);
    expect((await opens(grantId)).values).toHaveLength(1);
    await forge(
      (tx) => tx`UPDATE receipts SET made_at = made_at - interval '11 minutes' WHERE opens_id = ${grantId}`,
    );
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("passkey-needed"));
    expect(await listLiveGrants(story.ana)).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ id: grantId, passkey: "asked" })]) as object,
    );
  });

  test("it opens no other grant, counts once, and in its session alone", async () => {
    const [one, other] = [await granted(), await granted()];
    const assertion = ana.sign(await askToOpen(story.ana, one));
    const wrong = signOpening(story.ana, { grantId: other.grantId, assertion });
    await expect(wrong).rejects.toEqual(refused("passkey-late"));
    const elsewhere = await signedIn(story.control, { name: "Ana", roles: ["agent"] });
    await superuser`UPDATE sessions SET person_id = ${story.ana.actor.personId} WHERE id = ${elsewhere.sessionId}`;
    const thief = { ...story.ana, sessionId: elsewhere.sessionId };
    await expect(signOpening(thief, { grantId: one.grantId, assertion })).rejects.toEqual(
      refused("passkey-late"),
    );
    await signOpening(story.ana, { grantId: one.grantId, assertion });
    const again = signOpening(story.ana, { grantId: one.grantId, assertion });
    await expect(again).rejects.toEqual(refused("passkey-late"));
    await expect(activateGrant(thief, one.grantId)).rejects.toEqual(refused("passkey-needed"));
    await expect(activateGrant(story.ana, other.grantId)).rejects.toEqual(refused("passkey-needed"));
    expect((await opens(one.grantId)).values).toHaveLength(1);
    await expect(revealFields(thief, { grantId: one.grantId })).rejects.toEqual(refused("passkey-needed"));
  });

  test("nobody signs for a grant of somebody else, nor for one that is over", async () => {
    const { grantId } = await granted();
    await expect(askToOpen(story.ben, { grantId })).rejects.toEqual(refused("grant-not-yours"));
    await expect(askToOpen(story.ivy, { grantId })).rejects.toEqual(refused("not-permitted"));
    const assertion = ana.sign(await askToOpen(story.ana, { grantId }));
    await returnGrant(story.ana, grantId);
    await expect(askToOpen(story.ana, { grantId })).rejects.toEqual(refused("grant-returned"));
    await expect(signOpening(story.ana, { grantId, assertion })).rejects.toEqual(refused("grant-returned"));
  });
});

describe("whoever writes to the database as its superuser opens nothing with a passkey's signature", () => {
  test("what they wrote, took from another grant or made younger does not count", async () => {
    const [mine, other] = [await granted(), await granted()];
    await opensWith(story.ana, ana, other.grantId);
    await opensWith(story.ana, ana, mine.grantId);
    await activateGrant(story.ana, mine.grantId);
    const reveal = () => revealFields(story.ana, { grantId: mine.grantId });
    await forge(
      (tx) => tx`UPDATE receipts r SET body = o.body, signature = o.signature FROM receipts o
        WHERE r.opens_id = ${mine.grantId} AND o.opens_id = ${other.grantId}`,
    );
    await expect(reveal()).rejects.toEqual(refused("passkey-needed"));
    const opening = await openingOf(other.grantId);
    const { body } = makeReceipt(opening, null);
    await forge(
      (tx) => tx`UPDATE receipts SET body = ${body}, signature = NULL WHERE opens_id = ${mine.grantId}`,
    );
    await expect(reveal()).rejects.toEqual(refused("passkey-needed"));
  });

  test.each([
    ["passkey", "passkey-needed"],
    ["stepUp", "step-up-needed"],
  ])("taking %s out of the rule of a request opens nothing: its receipt says so too", async (asked, code) => {
    await activePolicy(story, [{ name: "keys", outcome: manager, [asked]: true }]);
    const { id, grantId } = await granted();
    if (asked === "passkey") await opensWith(story.ana, ana, grantId);
    await activateGrant(story.ana, grantId);
    const reveal = () => revealFields(story.ana, { grantId });
    expect((await reveal()).values).toHaveLength(1);
    await forge((tx) => tx`UPDATE requests SET ruling = ruling - ${asked}::text WHERE id = ${id}`);
    const old = superuser`UPDATE sessions SET proved_at = clock_timestamp() - interval '11 minutes'
      WHERE id = ${story.ana.sessionId}`;
    if (asked === "stepUp") await old;
    await expect(reveal()).rejects.toEqual(refused(code));
    await superuser`UPDATE sessions SET proved_at = clock_timestamp()`;
  });

  test("what was signed eleven minutes ago opens nothing, whatever the row says", async () => {
    const { grantId } = await granted();
    await opensWith(story.ana, ana, grantId);
    await activateGrant(story.ana, grantId);
    const old = new Date(Date.now() - 11 * 60_000).toISOString();
    const { body, signature } = makeReceipt({ ...(await openingOf(grantId)), at: old }, log.key);
    await forge(
      (tx) => tx`UPDATE receipts SET body = ${body}, signature = ${signature} WHERE opens_id = ${grantId}`,
    );
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("passkey-needed"));
  });
});

describe("an administrator who has the key of the log forges no reveal of somebody with a passkey", () => {
  test("one whose rule asked for a passkey, and that none signed, is found by the log alone", async () => {
    const { id, number, grantId } = await granted();
    // Hidden from the server, as whoever rules its database and has its key could: it asks for no passkey then.
    await forge((tx) => tx`UPDATE requests SET ruling = ruling - 'passkey' WHERE id = ${id}`);
    const [stored] = await superuser<
      { body: string }[]
    >`SELECT body FROM receipts WHERE grant_id = ${grantId}`;
    const { decided, ...receipt } = readReceipt(stored!);
    const { asks, ...rest } = decided;
    expect(asks).toEqual(["passkey"]);
    const { body, signature } = makeReceipt({ ...receipt, decided: rest }, log.key);
    await forge(
      (tx) => tx`UPDATE receipts SET body = ${body}, signature = ${signature} WHERE grant_id = ${grantId}`,
    );
    await opens(grantId);
    const { code, words } = await judged();
    expect(code).toBe(1);
    expect(words).toContain(
      `shows values of request ${number}, whose rule asks for a passkey, and none has signed`,
    );
  });

  test("what was signed for one opening does not hold for another, for more, or a second time", async () => {
    const { number, grantId } = await granted();
    await opensWith(story.ana, ana, grantId);
    const opening = await openingOf(grantId);
    const file = await receiptFile(story.ivy, number);
    const verdict = async (forged: Receipt) =>
      (await main([fileOf(file + lineOf(forged)), "--key", keyText])).words;
    const { decided } = opening;
    const wider = { ...decided, viewSeconds: 1800 };
    expect(await verdict({ ...opening, decided: wider })).toContain(
      "signed something else than this opening",
    );
    const elsewhere = { ...decided, opens: { ...decided.opens!, grantId: story.table.id } };
    expect(await verdict({ ...opening, decided: elsewhere })).toContain("something else than this opening");
    expect(await verdict({ ...opening, passkey: null })).toContain("No passkey signed what it opens");
    const later = new Date(Date.parse(opening.at) + 3_600_000).toISOString();
    expect(await verdict({ ...opening, at: later })).toContain("stands in another receipt");
  });

  test("a reveal of another field, or by somebody else, than its opening says is found", async () => {
    const { id, number, grantId } = await granted();
    await opensWith(story.ana, ana, grantId);
    const [stored] = await superuser<
      { body: string }[]
    >`SELECT body FROM receipts WHERE opens_id = ${grantId}`;
    const event = {
      ...{ code: "reveal.opened" as const, grantId, requestId: id, requestNumber: number },
      resource: { fields: ["pan"], recordCount: 1 },
      details: { opening: receiptHash(stored!) },
    };
    await record(story.ana, event);
    await record(story.ben, { ...event, resource: { fields: ["email"], recordCount: 1 } });
    const { code, words } = await judged();
    expect(code).toBe(1);
    expect(words.match(/names a receipt of an opening that is not here, does not hold/g)).toHaveLength(2);
  });

  test("a decision that left no receipt is found, once there are any of its kind", async () => {
    await granted(["phone"]);
    const before = await judged();
    expect(before.words).not.toContain("names no receipt");
    await record(story.max, { code: "request.approved", requestId: story.table.id, requestNumber: 1 });
    const { code, words } = await judged();
    expect(code).toBe(1);
    expect(words).toMatch(/event \d+ \(request\.approved\) names no receipt/);
  });
});
