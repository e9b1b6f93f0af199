import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { askToSign } from "@/lib/approvals/ask-to-sign";
import { denyRequest } from "@/lib/approvals/deny-request";
import { narrowRequest } from "@/lib/approvals/narrow-request";
import { addPasskey, askToAddPasskey } from "@/lib/auth/add-passkey";
import type { Context } from "@/lib/auth/context";
import { listPasskeys, readOwnPasskeys } from "@/lib/auth/list-passkeys";
import { askForProof, provePasskey } from "@/lib/auth/prove-passkey";
import { removeLostPasskey, removeOwnPasskey } from "@/lib/auth/remove-passkey";
import { decidedChallenge, readReceipt } from "@/lib/requests/receipt";
import { submitRequest } from "@/lib/requests/submit-request";
import { activePolicy } from "@/lib/testing/active-policy";
import { Authenticator } from "@/lib/testing/authenticator";
import { signedIn } from "@/lib/testing/control";
import { provesWith, withPasskey } from "@/lib/testing/passkeys";
import { record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const manager = { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] };
/** Who may do everything to the database: the adversary. */
let superuser: postgres.Sql;

beforeAll(() => {
  superuser = postgres(story.control.database.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(() => superuser.end());

beforeEach(async () => {
  await activePolicy(story, [{ name: "manager", outcome: manager }]);
  await story.control.owner`UPDATE sessions SET proved_at = clock_timestamp(), passkey_at = NULL`;
  await story.control.owner`UPDATE passkeys SET removed_at = clock_timestamp(), removed_by_id = person_id
    WHERE removed_at IS NULL`;
});

const seen = async (records = [record(1)]) => {
  const { id } = await submitRequest(story.ana, story.draft({ records }));
  return { requestId: id, version: 1, words: null };
};

async function receiptOf(requestId: string) {
  const [stored] = await superuser<
    { body: string }[]
  >`SELECT body FROM receipts WHERE request_id = ${requestId}`;
  return readReceipt(stored!);
}

const eventsOf = async ({ actor }: Context, code: string) =>
  (
    await story.control
      .owner`SELECT seq FROM audit_events WHERE actor_id = ${actor.personId} AND code = ${code}`
  ).length;

describe("registering", () => {
  test("a passkey is registered after a fresh password, under a name, on record, and listed", async () => {
    await withPasskey(story.max, "Blue key");
    expect(await listPasskeys(story.max, story.max.actor.personId)).toEqual([
      expect.objectContaining({ name: "Blue key", usedAt: null }),
    ]);
    expect(await eventsOf(story.max, "passkey.added")).toBe(1);
    await expect(listPasskeys(story.ana, story.max.actor.personId)).rejects.toEqual(refused("not-permitted"));
  });

  test("with an old password nothing is added, nor removed", async () => {
    const key = await withPasskey(story.max);
    await provesWith(story.max, key);
    const [mine] = await listPasskeys(story.max, story.max.actor.personId);
    await story.control.owner`UPDATE sessions SET proved_at = clock_timestamp() - interval '11 minutes'`;
    await expect(withPasskey(story.max)).rejects.toEqual(refused("password-needed"));
    await expect(removeOwnPasskey(story.max, { passkeyId: mine!.id })).rejects.toEqual(
      refused("password-needed"),
    );
  });

  test("whoever has stolen the password of somebody with a passkey neither adds nor removes one", async () => {
    const key = await withPasskey(story.max, "Blue key");
    const [mine] = await listPasskeys(story.max, story.max.actor.personId);
    const [session] = await story.control.owner<{ id: string }[]>`INSERT INTO sessions (person_id, expires_at)
      VALUES (${story.max.actor.personId}, clock_timestamp() + interval '1 hour') RETURNING id`;
    const thief = { ...story.max, sessionId: session!.id };
    // What Max does with his key in his own session opens nothing in that of the thief.
    await provesWith(story.max, key);
    await expect(withPasskey(thief)).rejects.toEqual(refused("passkey-needed"));
    await expect(removeOwnPasskey(thief, { passkeyId: mine!.id })).rejects.toEqual(refused("passkey-needed"));
    expect(await readOwnPasskeys(thief)).toMatchObject({ asksPassword: false, asksPasskey: true });
    expect(await readOwnPasskeys(story.max)).toMatchObject({ asksPasskey: false });
    await withPasskey(story.max, "Phone");
    await removeOwnPasskey(story.max, { passkeyId: mine!.id });
    expect(await listPasskeys(story.max, story.max.actor.personId)).toMatchObject([{ name: "Phone" }]);
  });

  test("one that an admin removed was used in vain: nothing is added with it from a session that it opened", async () => {
    const stolen = await withPasskey(story.max, "Blue key");
    await provesWith(story.max, stolen);
    await withPasskey(story.max, "Phone");
    const mine = await listPasskeys(story.ada, story.max.actor.personId);
    await removeLostPasskey(story.ada, { passkeyId: mine.find(({ name }) => name === "Blue key")!.id });
    await expect(withPasskey(story.max)).rejects.toEqual(refused("passkey-needed"));
  });

  test.each([
    ["another address", { origin: "http://evil.example" }],
    ["another host", { rpId: "evil.example" }],
    ["nobody verified", { verified: false }],
    ["another challenge", { challenge: Buffer.alloc(32, 7).toString("base64url") }],
  ])("one that was made for %s is refused", async (_, lie) => {
    const key = new Authenticator();
    const options = await askToAddPasskey(story.max, { name: "x" });
    const added = addPasskey(story.max, { name: "x", response: key.register(options, lie) });
    await expect(added).rejects.toMatchObject({
      code: expect.stringMatching(/^passkey-(wrong|late)$/) as string,
    });
    expect(await listPasskeys(story.max, story.max.actor.personId)).toEqual([]);
  });

  test("the passkey of somebody else cannot be registered as one's own, nor can what was asked in another session", async () => {
    const key = await withPasskey(story.noor);
    await provesWith(story.noor, key);
    const options = await askToAddPasskey(story.max, { name: "x" });
    const response = key.register(options);
    await expect(addPasskey(story.max, { name: "x", response })).rejects.toEqual(refused("passkey-wrong"));
    const own = new Authenticator();
    const asked = await askToAddPasskey(story.max, { name: "x" });
    const stolen = addPasskey(story.noor, { name: "x", response: own.register(asked) });
    await expect(stolen).rejects.toEqual(refused("passkey-late"));
  });

  test("an admin removes a lost one, on record; a person who is no admin cannot, and nobody adds one for another", async () => {
    await withPasskey(story.max);
    const [mine] = await listPasskeys(story.ada, story.max.actor.personId);
    const which = { passkeyId: mine!.id };
    const removedBefore = await eventsOf(story.ada, "passkey.removed");
    await expect(removeLostPasskey(story.noor, which)).rejects.toEqual(refused("not-permitted"));
    await expect(removeOwnPasskey(story.noor, which)).rejects.toEqual(refused("not-found"));
    await removeLostPasskey(story.ada, which);
    expect(await listPasskeys(story.ada, story.max.actor.personId)).toEqual([]);
    expect(await eventsOf(story.ada, "passkey.removed")).toBe(removedBefore + 1);
    await expect(removeLostPasskey(story.ada, which)).rejects.toEqual(refused("not-found"));
  });
});

describe("whoever has a passkey approves with it", () => {
  test("an approval without it is refused; with it the receipt holds what it signed; a denial needs none", async () => {
    const key = await withPasskey(story.max, "Blue key");
    const vote = await seen();
    await expect(approveRequest(story.max, vote)).rejects.toEqual(refused("passkey-needed"));
    const assertion = key.sign(await askToSign(story.max, vote));
    await approveRequest(story.max, { ...vote, assertion });
    const { decided, passkey } = await receiptOf(vote.requestId);
    expect(passkey).toMatchObject({ name: "Blue key", algorithm: -7, origin: "http://127.0.0.1:3000" });
    const client = JSON.parse(Buffer.from(passkey!.clientDataJson, "base64url").toString()) as object;
    expect(client).toMatchObject({ challenge: decidedChallenge(decided).toString("base64url") });
    const other = await seen();
    await denyRequest(story.max, { ...other, words: "Not today." });
  });

  test("what was sent before somebody had one is approved as it was then; what is sent later asks for it", async () => {
    const before = await seen();
    await withPasskey(story.max);
    await approveRequest(story.max, before);
    await expect(approveRequest(story.max, await seen())).rejects.toEqual(refused("passkey-needed"));
  });

  test("what was signed for one request, or for less of it, approves nothing else", async () => {
    const key = await withPasskey(story.max);
    const [one, other] = [await seen([record(1), record(2)]), await seen([record(1), record(2)])];
    const assertion = key.sign(await askToSign(story.max, one));
    await expect(approveRequest(story.max, { ...other, assertion })).rejects.toEqual(refused("passkey-late"));
    const narrowing = { records: [record(1)] };
    const forLess = key.sign(await askToSign(story.max, { ...one, narrowing }));
    await expect(approveRequest(story.max, { ...one, assertion: forLess })).rejects.toEqual(
      refused("passkey-wrong"),
    );
    const less = key.sign(await askToSign(story.max, { ...one, narrowing }));
    await narrowRequest(story.max, { ...one, ...narrowing, assertion: less });
  });

  test("what was signed counts once, in its session, and for three minutes", async () => {
    const key = await withPasskey(story.max);
    const vote = await seen();
    const assertion = key.sign(await askToSign(story.max, vote));
    const elsewhere = await signedIn(story.control, { name: "Max", roles: ["approver"] });
    await story.control
      .owner`UPDATE sessions SET person_id = ${story.max.actor.personId} WHERE id = ${elsewhere.sessionId}`;
    const stolen = { ...story.max, sessionId: elsewhere.sessionId };
    await expect(approveRequest(stolen, { ...vote, assertion })).rejects.toEqual(refused("passkey-late"));
    await story.control.owner`UPDATE passkey_challenges SET expires_at = clock_timestamp()`;
    await expect(approveRequest(story.max, { ...vote, assertion })).rejects.toEqual(refused("passkey-late"));
    const proof = key.sign(await askForProof(story.max));
    await provePasskey(story.max, { assertion: proof });
    await expect(provePasskey(story.max, { assertion: proof })).rejects.toEqual(refused("passkey-late"));
    // What opens values approves nothing.
    const wrong = key.sign(await askForProof(story.max));
    await expect(approveRequest(story.max, { ...vote, assertion: wrong })).rejects.toEqual(
      refused("passkey-late"),
    );
  });

  test.each([
    ["on another address", { origin: "http://evil.example" }],
    ["for another host", { rpId: "evil.example" }],
    ["by nobody who was verified", { verified: false }],
    ["by a counter that has gone back", { counter: 1 }],
  ])("what was signed %s is refused", async (_, lie) => {
    const key = await withPasskey(story.max);
    const vote = await seen();
    await provePasskey(story.max, { assertion: key.sign(await askForProof(story.max)) });
    const assertion = key.sign(await askToSign(story.max, vote), lie);
    await expect(approveRequest(story.max, { ...vote, assertion })).rejects.toEqual(refused("passkey-wrong"));
  });

  test("the passkey of somebody else does not approve, nor one that was removed", async () => {
    const key = await withPasskey(story.max);
    const theirs = await withPasskey(story.noor);
    const vote = await seen();
    const asked = await askToSign(story.max, vote);
    const other = approveRequest(story.max, { ...vote, assertion: theirs.sign(asked) });
    await expect(other).rejects.toEqual(refused("passkey-wrong"));
    await provesWith(story.max, key);
    await withPasskey(story.max, "Second");
    const [first] = await listPasskeys(story.max, story.max.actor.personId);
    await removeOwnPasskey(story.max, { passkeyId: first!.id });
    const later = await seen();
    const gone = approveRequest(story.max, {
      ...later,
      assertion: key.sign(await askToSign(story.max, later)),
    });
    await expect(gone).rejects.toEqual(refused("passkey-wrong"));
  });

  test("a passkey that a superuser wrote for somebody signs nothing, nor does one whose key they changed", async () => {
    const own = await withPasskey(story.max);
    const attacker = await withPasskey(story.ben);
    await superuser`UPDATE passkeys SET person_id = ${story.max.actor.personId} WHERE credential_id = ${attacker.id}`;
    const vote = await seen();
    const assertion = attacker.sign(await askToSign(story.max, vote));
    await expect(approveRequest(story.max, { ...vote, assertion })).rejects.toEqual(
      refused("passkey-altered"),
    );
    await superuser`UPDATE passkeys m SET public_key = a.public_key FROM passkeys a
      WHERE m.credential_id = ${own.id} AND a.credential_id = ${attacker.id}`;
    const mine = own.sign(await askToSign(story.max, vote));
    await expect(approveRequest(story.max, { ...vote, assertion: mine })).rejects.toEqual(
      refused("passkey-altered"),
    );
  });
});

describe("where a rule asks for a passkey", () => {
  beforeEach(() => activePolicy(story, [{ name: "keys", outcome: manager, passkey: true }]));

  test("whoever has none cannot approve, and is told what to do", async () => {
    const vote = await seen();
    await expect(approveRequest(story.max, vote)).rejects.toEqual(refused("passkey-missing"));
    await expect(askToSign(story.max, vote)).rejects.toEqual(refused("passkey-missing"));
    const key = await withPasskey(story.max);
    // A new one signs what is sent from then on, so that whoever gets it into an account finds nothing to sign.
    await expect(askToSign(story.max, vote)).rejects.toEqual(refused("passkey-young"));
    await expect(approveRequest(story.max, vote)).rejects.toEqual(refused("passkey-young"));
    await denyRequest(story.max, { ...vote, words: "Ask again, please." });
    const later = await seen();
    await approveRequest(story.max, { ...later, assertion: key.sign(await askToSign(story.max, later)) });
  });

  test("a second passkey signs nothing that was sent before it, and the first one still does", async () => {
    const first = await withPasskey(story.max);
    const vote = await seen();
    await provesWith(story.max, first);
    const second = await withPasskey(story.max, "Second");
    const options = await askToSign(story.max, vote);
    expect(options.allowCredentials?.map(({ id }) => id)).toEqual([first.id]);
    await expect(approveRequest(story.max, { ...vote, assertion: second.sign(options) })).rejects.toEqual(
      refused("passkey-young"),
    );
    await approveRequest(story.max, { ...vote, assertion: first.sign(options) });
  });
});
