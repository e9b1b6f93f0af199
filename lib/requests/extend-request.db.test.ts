import postgres from "postgres";
import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { readInboxRequest } from "@/lib/approvals/read-inbox-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { extendRequest, extensionSchema } from "@/lib/requests/extend-request";
import { readRequest } from "@/lib/requests/read-request";
import { submitRequest } from "@/lib/requests/submit-request";
import type { Submitted } from "@/lib/requests/send-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { returnGrant } from "@/lib/reveals/return-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { untilSomebodyWaits } from "@/lib/testing/control";
import { activePolicy } from "@/lib/testing/active-policy";
import { approved, codesOf, record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const reason = "She had to look for her papers first.";
const manager = { kind: "review", steps: [{ anyOf: [{ who: { kind: "manager" }, count: 1 }] }] };
const opened = async (change: Parameters<typeof approved>[1] = {}) => {
  const first = await approved(story, change);
  await activateGrant(story.ana, first.grantId);
  return first;
};
const extend = (first: { id: string }, change: object = {}) =>
  extendRequest(story.ana, { requestId: first.id, reason, viewSeconds: 300, ...change });
const approve = ({ id }: { id: string }) =>
  approveRequest(story.max, { requestId: id, version: 1, words: null });
const grantOf = async ({ id }: { id: string }) =>
  (await story.control.owner<StoredGrant[]>`SELECT * FROM grants WHERE request_id = ${id}`)[0];
type StoredGrant = Record<string, unknown> & { id: string; activated_at: Date | null; ends_at: Date };
/** The time of what is open goes on until it is over; what follows it begins. */
const timeIsOver = ({ id }: { id: string }) =>
  story.control.owner.begin(async (tx) => {
    await tx`ALTER TABLE grants DISABLE TRIGGER grant_opens_once`;
    const left = tx`(SELECT ends_at - clock_timestamp() FROM grants WHERE request_id = ${id})`;
    await tx`UPDATE grants g SET activated_at = activated_at - d.by, ends_at = ends_at - d.by,
      not_before = not_before - d.by FROM (SELECT ${left} AS by) d
      WHERE request_id = ${id} OR request_id IN (SELECT e.id FROM requests e WHERE e.parent_id = ${id})`;
    await tx`ALTER TABLE grants ENABLE TRIGGER grant_opens_once`;
  });
const view = async ({ number }: Submitted) => (await readRequest(story.ana, number)).view;

beforeEach(() => activePolicy(story, [{ outcome: manager }]));

describe("more time", () => {
  test.each<[string, (tx: postgres.TransactionSql) => PromiseLike<unknown>]>([
    ["a stop", (tx) => tx`SELECT pg_advisory_xact_lock(4711003)`],
    ["a change of the catalogue", (tx) => tx`SELECT FROM sources FOR UPDATE`],
  ])("waits for %s before it holds what that ends: neither waits for the other forever", async (_, hold) => {
    const first = await opened();
    const admin = postgres(story.control.database.ownerUrl, { max: 1 });
    let waiting: Promise<unknown> = Promise.resolve();
    await admin.begin(async (tx) => {
      await hold(tx);
      waiting = extend(first).then(
        () => "done",
        (error: unknown) => error,
      );
      await untilSomebodyWaits(story.control);
      await tx`SELECT FROM grants WHERE request_id = ${first.id} FOR UPDATE`;
    });
    expect(await waiting).toBe("done");
    await admin.end();
  });

  test("is asked for with a new reason, by the same rules, and stands with the first as a chain", async () => {
    const first = await opened();
    const more = await extend(first);
    expect(await view(more)).toMatchObject({
      state: "pending",
      brief: { reason, extends: { number: first.number, state: "approved", grant: "active" } },
    });
    expect(await view(first)).toMatchObject({ extension: { number: more.number, state: "pending" } });
    const detail = await readInboxRequest(story.max, more.number);
    expect(detail.brief.extends).toMatchObject({ number: first.number, grant: "active" });
    expect(await codesOf(story, more.id)).toEqual(["request.submitted"]);
  });

  test.each<[string, (grantId: string) => Promise<unknown>]>([
    ["gives the first back", (grantId) => returnGrant(story.ana, grantId)],
    ["revokes the first", (grantId) => revokeGrant(story.max, { grantId, words: "That is enough." })],
  ])("whoever %s waits for who ends both, before they hold either", async (_, end) => {
    const first = await opened();
    const more = await extend(first);
    const admin = postgres(story.control.database.ownerUrl, { max: 1 });
    let waiting: Promise<unknown> = Promise.resolve();
    await admin.begin(async (tx) => {
      await tx`SELECT FROM requests WHERE id = ${more.id} FOR UPDATE`;
      waiting = end(first.grantId).then(
        () => "done",
        (error: unknown) => error,
      );
      await untilSomebodyWaits(story.control);
      await tx`SELECT FROM grants WHERE id = ${first.grantId} FOR UPDATE`;
    });
    expect(await waiting).toBe("done");
    await admin.end();
  });

  test("that is approved before the end goes on without a gap and without an overlap", async () => {
    const first = await opened();
    const more = await extend(first);
    await approve(more);
    const [before, after] = [await grantOf(first), await grantOf(more)];
    expect(after).toMatchObject({ state: "active" });
    expect(after!.activated_at).toEqual(before!.ends_at);
    expect(after!.ends_at.getTime() - before!.ends_at.getTime()).toBe(300_000);
    const next = { grantId: after!.id };
    await expect(revealFields(story.ana, next)).rejects.toEqual(refused("grant-not-yet"));
    expect((await revealFields(story.ana, { grantId: first.grantId })).values).toHaveLength(1);
    expect(await codesOf(story, more.id)).toEqual([
      "request.submitted",
      "request.approved",
      "grant.activated",
    ]);
    expect((await view(more)).grant!.startsInMs).toBeGreaterThan(200_000);
  });

  test("leaves no moment at which neither shows, and none at which the first outlives its time", async () => {
    const first = await opened({ viewSeconds: 4 });
    const more = await extend(first, { viewSeconds: 20 });
    await approve(more);
    const second = (await grantOf(more))!.id;
    const shows = (grantId: string) =>
      revealFields(story.ana, { grantId }).then(
        () => true,
        () => false,
      );
    let passed = false;
    while (!passed) {
      const [before, after] = [await shows(first.grantId), await shows(second)];
      // Asked in this order, the second has begun by the time that the first is over.
      expect(before || after).toBe(true);
      passed = !before;
    }
    expect(await shows(second)).toBe(true);
  });

  test("that is approved after the end is opened by hand, as any grant", async () => {
    const first = await opened();
    const more = await extend(first);
    await timeIsOver(first);
    await approve(more);
    const grant = await grantOf(more);
    expect(grant).toMatchObject({ state: "ready", not_before: null });
    const grantId = grant!.id;
    await activateGrant(story.ana, grantId);
    expect((await revealFields(story.ana, { grantId })).values).toHaveLength(1);
  });

  test("goes once: of several at the same moment one is sent, and an extension gets none", async () => {
    const first = await opened();
    const all = await Promise.allSettled([extend(first), extend(first), extend(first)]);
    const sent = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(sent).toHaveLength(1);
    for (const one of all)
      if (one.status === "rejected") expect(one.reason).toEqual(refused("already-extended"));
    await timeIsOver(first);
    await approve(sent[0]!);
    await activateGrant(story.ana, (await grantOf(sent[0]!))!.id);
    await expect(extend(sent[0]!)).rejects.toEqual(refused("already-extended"));
    expect((await view(sent[0]!)).mayExtend).toBeNull();
  });

  test("is for what is open or ended lately: not for what waits, was given back, or is somebody else's", async () => {
    const waiting = await submitRequest(story.ana, story.draft());
    await expect(extend(waiting)).rejects.toEqual(refused("not-found"));
    const ready = await approved(story);
    await expect(extend(ready)).rejects.toEqual(refused("not-extendable"));
    await returnGrant(story.ana, ready.grantId);
    await expect(extend(ready)).rejects.toEqual(refused("not-extendable"));
    const first = await opened();
    const theirs = { requestId: first.id, reason, viewSeconds: 300 };
    await expect(extendRequest(story.ben, theirs)).rejects.toEqual(refused("not-found"));
    await timeIsOver(first);
    await story.control
      .owner`UPDATE grants SET state = 'ended', closed_at = ends_at WHERE id = ${first.grantId}`;
    expect((await view(first)).mayExtend).not.toBeNull();
    expect(await extend(first)).toMatchObject({ number: expect.any(Number) });
  });

  test("opens the same or less, never more", async () => {
    const fields = ["email", "phone"].map((name) => ({
      columnId: story.column(name),
      level: "full" as const,
    }));
    const first = await opened({ fields, records: [record(1), record(2)] });
    await expect(extend(first, { records: [record(3)] })).rejects.toEqual(refused("widened"));
    await expect(extend(first, { columnIds: [story.column("pan")] })).rejects.toEqual(refused("widened"));
    const more = await extend(first, { records: [record(1)], columnIds: [story.column("email")] });
    await approve(more);
    expect(await grantOf(more)).toMatchObject({ records: [record(1)], fields: [{ column: "email" }] });
    const parse = (input: object) =>
      extensionSchema.safeParse({ requestId: first.id, reason, viewSeconds: 300, ...input });
    expect(parse({ reason: "short" }).success).toBe(false);
    expect(parse({ viewSeconds: 1801 }).success).toBe(false);
  });

  test("keeps the limit of views and the bond to the session of the first", async () => {
    const first = await opened({ maxViews: 2, withSession: true });
    const more = await extend(first);
    await approve(more);
    expect(await grantOf(more)).toMatchObject({
      ...{ max_views: 2, with_session: true, session_id: story.ana.sessionId, state: "active" },
    });
  });

  test("ends with the first when that is revoked or given back, waiting or approved", async () => {
    const [revoked, returned] = [await opened(), await opened()];
    const [approvedMore, waiting] = [await extend(revoked), await extend(returned)];
    await approve(approvedMore);
    await revokeGrant(story.max, { grantId: revoked.grantId, words: "That is enough." });
    await returnGrant(story.ana, returned.grantId);
    expect(await grantOf(approvedMore)).toMatchObject({ state: "revoked", closed_why: "first-revoked" });
    expect(await view(waiting)).toMatchObject({
      state: "expired",
      closedWords: "Glimpse ended it: what it gives more time for was given back.",
    });
    await expect(approve(waiting)).rejects.toEqual(refused("request-closed"));
    expect((await codesOf(story, waiting.id)).at(-1)).toBe("request.closed");
  });

  test("and a revoke of the first at the same moment leave nothing that opens", async () => {
    for (let round = 0; round < 6; round++) {
      const first = await opened();
      const more = await extend(first);
      await Promise.allSettled([
        approve(more),
        revokeGrant(story.max, { grantId: first.grantId, words: "That is enough." }),
      ]);
      const left = await grantOf(more);
      expect(left === undefined || left["state"] === "revoked").toBe(true);
    }
  });

  test("cannot be written around Glimpse for another person or other records", async () => {
    const first = await opened();
    const more = await extend(first);
    const copy = (change: object) =>
      story.control.owner.begin(async (tx) => {
        const [row] = await tx`SELECT * FROM requests WHERE id = ${more.id}`;
        const { id: _, number: __, ...others } = row!;
        await tx`ALTER TABLE requests DROP CONSTRAINT requests_parent_id_key`;
        await tx`INSERT INTO requests ${tx({ ...others, ...change })}`;
      });
    const said = { message: expect.stringContaining("an extension is of a first request") };
    await expect(copy({ requester_id: story.ben.actor.personId })).rejects.toMatchObject(said);
    await expect(copy({ records: [record(3)] })).rejects.toMatchObject(said);
    await expect(copy({ parent_id: more.id })).rejects.toMatchObject(said);
  });
});

describe("a policy that grants at once", () => {
  test("gives more time at once for what it had granted itself", async () => {
    await activePolicy(story, [{ outcome: { kind: "auto" } }]);
    const sent = await submitRequest(story.ana, story.draft());
    await activateGrant(story.ana, (await grantOf(sent))!.id);
    const more = await extend(sent);
    expect(await grantOf(more)).toMatchObject({ state: "active" });
    expect(await codesOf(story, more.id)).toEqual([
      ...["request.submitted", "request.granted_by_policy", "grant.activated"],
    ]);
  });

  test("asks the manager for what people had decided first, unless its rule says that it need not", async () => {
    const [first, second] = [await opened(), await opened()];
    await activePolicy(story, [{ outcome: { kind: "auto" } }]);
    expect(await view(await extend(first))).toMatchObject({ state: "pending", eligible: [{ name: "Max" }] });
    await activePolicy(story, [{ outcome: { kind: "auto" }, autoExtension: true }]);
    expect(await view(await extend(second))).toMatchObject({ state: "approved", grant: { state: "ready" } });
  });
});
