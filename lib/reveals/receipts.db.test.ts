import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { narrowRequest } from "@/lib/approvals/narrow-request";
import { openReceipt, receiptHash, type StoredReceipt } from "@/lib/requests/receipt";
import { decidedHash } from "@/lib/requests/content";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { activePolicy } from "@/lib/testing/active-policy";
import { freshKey, useLogSettings } from "@/lib/testing/log-key";
import { approved, record, refOf, useStory } from "@/lib/testing/story";

const story = useStory();
const set = useLogSettings();
const log = freshKey();
const refused = (code: string) => expect.objectContaining({ code });
const manager = { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] };
const both = {
  kind: "review",
  steps: [
    { anyOf: [{ who: { kind: "manager" }, count: 1 }] },
    { anyOf: [{ who: { kind: "group", group: "payments" }, count: 1 }] },
  ],
};
/** Who may do everything to the database: the adversary. */
let superuser: postgres.Sql;

beforeAll(() => {
  superuser = postgres(story.control.database.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(() => superuser.end());

beforeEach(async () => {
  set({ GLIMPSE_LOG_KEY: log.text });
  await activePolicy(story, [{ name: "manager", outcome: manager }]);
});

/** What the superuser writes in spite of every trigger. */
const forge = (deed: (tx: postgres.TransactionSql) => Promise<unknown>) =>
  superuser.begin(async (tx) => {
    await tx`SET LOCAL session_replication_role = replica`;
    await deed(tx);
  });

async function receiptsOf(requestId: string): Promise<StoredReceipt[]> {
  return story.control.owner<StoredReceipt[]>`
    SELECT body, signature FROM receipts WHERE request_id = ${requestId} ORDER BY made_at`;
}

const opened = async (grantId: string) => {
  await activateGrant(story.ana, grantId);
  return (await revealFields(story.ana, { grantId })).values.length;
};

describe("a decision leaves a receipt", () => {
  test("an approval says exactly what was decided, signed with the key of the log, and the log names it", async () => {
    const { id, number, grantId } = await approved(story);
    const [stored] = await receiptsOf(id);
    const receipt = openReceipt(stored!, [log.key]);
    expect(receipt).toMatchObject({
      decided: {
        request: { id, number },
        verdict: "approve",
        by: { id: story.max.actor.personId, name: "Max" },
        holderId: story.ana.actor.personId,
        records: [await refOf(story, 1)],
        fields: [{ column: "email", level: "full" }],
        rule: "manager",
      },
      grant: { id: grantId },
      passkey: null,
    });
    const [event] = await story.control.owner<
      { receipt: string }[]
    >`SELECT entry::jsonb -> 'details' ->> 'receipt' AS receipt
      FROM audit_events WHERE request_id = ${id} AND code = 'request.approved'`;
    expect(event?.receipt).toBe(receiptHash(stored!));
    expect(await opened(grantId)).toBe(1);
  });

  test("of several votes each has its own, and the last names those before it", async () => {
    await activePolicy(story, [{ name: "both", outcome: both }]);
    const fields = ["email", "phone"].map((name) => ({
      columnId: story.column(name),
      level: "full" as const,
    }));
    const { id } = await submitRequest(story.ana, story.draft({ fields }));
    const columnIds = [story.column("email")];
    await narrowRequest(story.max, { requestId: id, version: 1, words: null, columnIds });
    await approveRequest(story.paul, { requestId: id, version: 2, words: null });
    const [first, last] = (await receiptsOf(id)).map((stored) => openReceipt(stored, [log.key])!);
    expect(first).toMatchObject({
      decided: { verdict: "narrow", fields: [{ column: "email" }] },
      grant: null,
    });
    expect(last).toMatchObject({
      earlier: [receiptHash((await receiptsOf(id))[0]!)],
      decided: { by: { name: "Paul" } },
    });
    expect(last?.grant).not.toBeNull();
  });

  test("a denial, and what the policy grants or denies at once, leave one too, and the log names it", async () => {
    const denied = await submitRequest(story.ana, story.draft());
    await denyRequest(story.max, { requestId: denied.id, version: 1, words: "Not today." });
    await activePolicy(story, [{ name: "at once", outcome: { kind: "auto" } }]);
    const granted = await submitRequest(story.ana, story.draft());
    await activePolicy(story, [{ name: "never", outcome: { kind: "deny", words: "Not for this." } }]);
    const refusedAtOnce = await submitRequest(story.ana, story.draft());
    const [deny] = await receiptsOf(denied.id);
    const [auto] = await receiptsOf(granted.id);
    const [never, ...more] = await receiptsOf(refusedAtOnce.id);
    expect(openReceipt(deny!, [log.key])).toMatchObject({ decided: { verdict: "deny" }, grant: null });
    expect(openReceipt(auto!, [log.key])).toMatchObject({ decided: { verdict: "policy", by: null } });
    expect(more).toEqual([]);
    expect(openReceipt(never!, [log.key])).toMatchObject({
      decided: {
        request: { id: refusedAtOnce.id, number: refusedAtOnce.number },
        ...{ verdict: "policy-deny", by: null, rule: "never", records: [await refOf(story, 1)] },
      },
      grant: null,
    });
    for (const [code, stored] of [
      ["request.denied", deny],
      ["request.granted_by_policy", auto],
      ["request.denied_by_policy", never],
    ] as const) {
      const [event] = await story.control.owner<{ receipt: string }[]>`
        SELECT entry::jsonb -> 'details' ->> 'receipt' AS receipt FROM audit_events WHERE code = ${code} ORDER BY seq DESC LIMIT 1`;
      expect(event?.receipt, code).toBe(receiptHash(stored!));
    }
  });

  test("without a key it is not signed, and what was decided then does not open once there is one", async () => {
    set({ GLIMPSE_LOG_KEY: "" });
    const { id, grantId } = await approved(story);
    expect((await receiptsOf(id))[0]?.signature).toBeNull();
    expect(await opened(grantId)).toBe(1);
    set({ GLIMPSE_LOG_KEY: log.text });
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("receipt-wrong"));
  });
});

describe("whoever writes to the database as its superuser opens nothing", () => {
  test("an approval and a grant that they wrote have no receipt that counts, whatever they sign", async () => {
    const { id } = await submitRequest(story.ana, story.draft());
    const [asked] = await superuser`SELECT * FROM requests WHERE id = ${id}`;
    const bounds = { notBefore: null, maxViews: null, withSession: false };
    const { refs } = asked as { refs: SubjectRef[] };
    const scope = { records: asked!["records"], fields: asked!["fields"], viewSeconds: 300 };
    const hash = decidedHash({
      ...{ requestId: id, contentHash: asked!["content_hash"], policyVersion: asked!["policy_version"] },
      ...bounds,
      ...{ refs, ...scope },
    });
    const [grant] = await superuser<{ id: string }[]>`
      INSERT INTO grants (request_id, holder_id, source_id, table_id, records, refs, fields, view_seconds, activate_by,
        decided_hash, policy_version, created_at)
      SELECT id, requester_id, source_id, table_id, records, refs, fields, 300, clock_timestamp() + interval '1 hour', ${hash},
        policy_version, clock_timestamp() FROM requests WHERE id = ${id} RETURNING id`;
    await superuser`INSERT INTO decisions (request_id, requester_id, approver_id, verdict, decided_at, arrived_at)
      VALUES (${id}, ${story.ana.actor.personId}, ${story.max.actor.personId}, 'approve', clock_timestamp(), clock_timestamp())`;
    await superuser`UPDATE requests SET state = 'approved', decided_at = clock_timestamp() WHERE id = ${id}`;
    await activateGrant(story.ana, grant!.id);
    const reveal = () => revealFields(story.ana, { grantId: grant!.id });
    await expect(reveal()).rejects.toEqual(refused("receipt-missing"));

    const other = await approved(story);
    const [theirs] = await receiptsOf(other.id);
    const body = theirs!.body
      .replaceAll(other.id, id)
      .replaceAll(other.grantId, grant!.id)
      .replace(/"hash":"[0-9a-f]{64}"/, `"hash":"${hash.toString("hex")}"`);
    await superuser`INSERT INTO receipts (request_id, grant_id, body, signature)
      VALUES (${id}, ${grant!.id}, ${body}, ${theirs!.signature})`;
    await expect(reveal()).rejects.toEqual(refused("receipt-wrong"));
    await forge((tx) => tx`UPDATE receipts SET body = ${theirs!.body} WHERE grant_id = ${grant!.id}`);
    await expect(reveal()).rejects.toEqual(refused("receipt-wrong"));
  });

  test.each([
    ["gives it to somebody else", "holder_id"],
    ["widens it and its hash", "records"],
  ])("a grant does not open once somebody %s", async (_, what) => {
    const { id, grantId } = await approved(story);
    await activateGrant(story.ana, grantId);
    const [grant] = await superuser`SELECT * FROM grants WHERE id = ${grantId}`;
    const [asked] = await superuser`SELECT content_hash FROM requests WHERE id = ${id}`;
    // As one of before there were references, which name no record that was not asked for.
    const refs = what === "records" ? null : (grant!["refs"] as SubjectRef[]);
    const records = what === "records" ? [record(1), record(2)] : (grant!["records"] as string[]);
    const hash = decidedHash({
      ...{ requestId: id, contentHash: asked!["content_hash"], policyVersion: grant!["policy_version"] },
      ...{ notBefore: null, maxViews: null, withSession: false },
      ...{ records, refs, fields: grant!["fields"], viewSeconds: grant!["view_seconds"] },
    });
    const holder = what === "holder_id" ? story.ben : story.ana;
    await forge(
      (tx) => tx`UPDATE grants SET records = ${records}, refs = ${refs}, decided_hash = ${hash},
        holder_id = ${holder.actor.personId} WHERE id = ${grantId}`,
    );
    await expect(revealFields(holder, { grantId })).rejects.toEqual(refused("receipt-wrong"));
  });

  test("a grant of last week is not woken by new clocks", async () => {
    const { grantId } = await approved(story);
    await activateGrant(story.ana, grantId);
    const [stored] = await superuser<
      StoredReceipt[]
    >`SELECT body, signature FROM receipts WHERE grant_id = ${grantId}`;
    const { receiptRefusal } = await import("./check-receipt");
    const receipt = openReceipt(stored!, [log.key])!;
    const { decided, grant } = receipt;
    const as = (now: number) =>
      receiptRefusal(stored!, log.key, {
        ...{
          id: grantId,
          requestId: decided.request.id,
          holderId: decided.holderId,
          sourceId: decided.sourceId,
        },
        ...{ tableId: decided.tableId, decidedHash: Buffer.from(grant!.hash, "hex"), now: new Date(now) },
      });
    const over = Date.parse(grant!.activateBy) + 300_000;
    expect(as(over - 1)).toBeNull();
    expect(as(over)).toBe("receipt-wrong");
  });

  test("a vote that they wrote is not built upon, and neither is one that they widened", async () => {
    await activePolicy(story, [{ name: "both", outcome: both }]);
    const one = await submitRequest(story.ana, story.draft());
    await superuser`INSERT INTO decisions (request_id, requester_id, approver_id, verdict, step, decided_at, arrived_at)
      VALUES (${one.id}, ${story.ana.actor.personId}, ${story.max.actor.personId}, 'approve', 0, clock_timestamp(), clock_timestamp())`;
    await superuser`UPDATE requests SET version = 2, waiting_step = 1, audience = ARRAY['group:payments'] WHERE id = ${one.id}`;
    const vote = (requestId: string) => approveRequest(story.paul, { requestId, version: 2, words: null });
    await expect(vote(one.id)).rejects.toEqual(refused("vote-without-receipt"));
    await denyRequest(story.paul, { requestId: one.id, version: 2, words: "Max did not approve this." });

    const other = await submitRequest(story.ana, story.draft({ records: [record(1), record(2)] }));
    const records = [record(1)];
    await narrowRequest(story.max, { requestId: other.id, version: 1, words: null, records });
    await forge(
      (tx) =>
        tx`UPDATE decisions SET narrowed = ${tx.json({ records: [record(1), record(2)] })} WHERE request_id = ${other.id}`,
    );
    await expect(vote(other.id)).rejects.toEqual(refused("vote-without-receipt"));
  });

  test("a receipt of a key that was replaced opens nothing any more", async () => {
    const { grantId } = await approved(story);
    await activateGrant(story.ana, grantId);
    set({ GLIMPSE_LOG_KEY: freshKey().text });
    await expect(revealFields(story.ana, { grantId })).rejects.toEqual(refused("receipt-wrong"));
  });
});
