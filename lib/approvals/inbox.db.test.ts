import { describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { listInbox, readInboxPulse } from "@/lib/approvals/list-inbox";
import { readInboxRequest } from "@/lib/approvals/read-inbox-request";
import { readRequestSample } from "@/lib/requests/read-request-sample";
import type { InboxQuery } from "@/lib/approvals/view";
import { readRequest } from "@/lib/requests/read-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { signedIn } from "@/lib/testing/control";
import { jane, record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const numbers = async (who = story.max, after?: string) =>
  (await listInbox(who, after === undefined ? {} : { after })).lines.map((line) => line.number);

describe("an inbox", () => {
  test("holds what waits for this person, soonest to expire first, and not what is decided or overdue", async () => {
    const [late, soon, decided, overdue] = [
      await submitRequest(story.ana, story.draft()),
      await submitRequest(story.ben, story.draft()),
      await submitRequest(story.ana, story.draft()),
      await submitRequest(story.ana, story.draft()),
    ];
    const { owner } = story.control;
    await owner`UPDATE requests SET expires_at = expires_at - interval '3 hours' WHERE id = ${soon.id}`;
    await owner`UPDATE requests SET created_at = created_at - interval '2 days', expires_at = clock_timestamp() WHERE id = ${overdue.id}`;
    await approveRequest(story.max, { requestId: decided.id, version: 1, words: null });
    expect(await numbers()).toEqual([soon.number, late.number]);
    expect((await readInboxPulse(story.max)).count).toBe(2);
    await owner`UPDATE requests SET state = 'withdrawn' WHERE state = 'pending'`;
  });

  test("never holds one's own requests", async () => {
    const { number } = await submitRequest(story.max, story.draft());
    expect(await numbers()).not.toContain(number);
    expect(await numbers(story.noor)).toContain(number);
  });

  test("is for approvers", async () => {
    await expect(listInbox(story.ana, {})).rejects.toEqual(refused("not-permitted"));
    expect((await readInboxPulse(story.ana)).count).toBe(0);
  });

  test("is paged without gaps or repetitions, though many expire in the same moment", async () => {
    const { id } = await submitRequest(story.ben, story.draft());
    await story.control.owner`
      INSERT INTO requests (requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds,
        risk, risk_points, policy_version, rule, eligible_ids, channel, content_hash, created_at, expires_at)
      SELECT requester_id, requester_roles, source_id, table_id, records, fields, purpose, reason, view_seconds, risk,
        risk_points, policy_version, rule, eligible_ids, channel, content_hash, created_at, expires_at
      FROM requests, generate_series(1, 119) WHERE id = ${id}`;
    const seen: number[] = [];
    for (let after: string | undefined; ;) {
      const page = await listInbox(story.max, after === undefined ? {} : { after });
      seen.push(...page.lines.map((line) => line.number));
      if (page.nextAfter === null) break;
      after = page.nextAfter;
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    // Counting stops: a long inbox must not make every page slow.
    expect((await readInboxPulse(story.max)).count).toBe(100);
  });

  test("shows those of one person, one table or one grade of risk alone, and pages on among them", async () => {
    const mine = await submitRequest(story.ana, story.draft());
    const high = await submitRequest(
      story.ana,
      story.draft({
        fields: [{ columnId: story.column("pan"), level: "full" }],
        records: [1, 2].map(record),
      }),
    );
    const found = async (query: InboxQuery) =>
      (await listInbox(story.max, query)).lines.map(({ number }) => number);
    const requester = story.ana.actor.personId;
    const all = await found({ requester });
    expect(all).toEqual([mine.number, high.number]);
    expect(await found({ requester, table: story.table.id })).toEqual(all);
    expect(await found({ table: story.ana.actor.personId })).toEqual([]);
    const { lines } = await listInbox(story.max, { requester });
    const grades = new Set(lines.map((line) => line.grade));
    expect(grades.size).toBe(2);
    for (const grade of grades) {
      const those = lines.filter((line) => line.grade === grade).map(({ number }) => number);
      expect(await found({ requester, grade })).toEqual(those);
    }
    const page = await listInbox(story.max, { requester: story.ben.actor.personId });
    expect(page.lines).toHaveLength(50);
    const next = await listInbox(story.max, {
      requester: story.ben.actor.personId,
      after: page.nextAfter ?? "",
    });
    expect(next.lines.every((line) => line.requesterId === story.ben.actor.personId)).toBe(true);
    await story.control.owner`UPDATE requests SET state = 'withdrawn' WHERE requester_id = ${requester}`;
  });

  test("begins at its start for a place that is none", async () => {
    const first = await numbers();
    for (const place of ["", "1", "x-y", "1-2-3", "'; SELECT 1 --", "99999999999999999999-1"]) {
      expect(await numbers(story.max, place)).toEqual(first);
    }
  });
});

describe("a request in the inbox", () => {
  test("stands beside what its requester asked in 30 days and what others asked of the same fields", async () => {
    const { owner } = story.control;
    await owner`UPDATE requests SET created_at = created_at - interval '40 days', expires_at = expires_at - interval '40 days'`;
    const granted = await submitRequest(story.ana, story.draft({ records: [1, 2, 3].map(record) }));
    await approveRequest(story.max, { requestId: granted.id, version: 1, words: null });
    const denied = await submitRequest(story.ana, story.draft({ records: [1, 2, 3].map(record) }));
    await denyRequest(story.max, { requestId: denied.id, version: 1, words: "Use the ticket." });
    const alike = await submitRequest(story.ben, story.draft());
    const phone = { fields: [{ columnId: story.column("phone"), level: "full" as const }] };
    const other = await submitRequest(story.ben, story.draft(phone));
    const { number } = await submitRequest(story.ana, story.draft());
    const detail = await readInboxRequest(story.max, number);
    expect(detail.record).toEqual({
      ...{ approved: 1, denied: 1, revoked: 0, emergencies: 0, notJustified: 0, usualRecords: 3 },
    });
    expect(detail.history[0]).toMatchObject({
      ...{ number: denied.number, state: "denied", recordCount: 3, sameRecords: 1, reads: true },
      purpose: "Contact a customer",
      decided: { by: "Max", verdict: "deny", words: "Use the ticket." },
    });
    const similar = detail.similar.map((past) => past.number);
    expect(similar).toContain(alike.number);
    expect(similar).not.toContain(other.number);
    expect(detail.similar.every((past) => past.requester === "Ben")).toBe(true);
  });

  test("tells of an earlier request that was for others to decide that it was, and neither its words nor its page", async () => {
    const paul = story.paul.actor.personId;
    const lou = await signedIn(story.control, { name: "Lou", roles: ["agent"], managerId: paul });
    const before = await submitRequest(lou, story.draft());
    await denyRequest(story.paul, { requestId: before.id, version: 1, words: "Ask her yourself." });
    await story.control
      .owner`UPDATE people SET manager_id = ${story.max.actor.personId} WHERE id = ${lou.actor.personId}`;
    await story.control.owner`UPDATE requests SET audience = NULL WHERE id = ${before.id}`;
    const { number } = await submitRequest(lou, story.draft());
    const { history } = await readInboxRequest(story.max, number);
    expect(history).toMatchObject([
      { number: before.number, reads: false, decided: { by: "Paul", verdict: "deny", words: null } },
    ]);
    await expect(readRequest(story.max, before.number)).rejects.toEqual(refused("not-found"));
  });

  test("shows no similar request to an approver who was not asked about that", async () => {
    const hers = await submitRequest(story.max, story.draft());
    const { number } = await submitRequest(story.ana, story.draft());
    const { similar } = await readInboxRequest(story.max, number);
    expect(similar.map((past) => past.number)).not.toContain(hers.number);
    await story.control
      .owner`UPDATE people SET manager_id = ${story.paul.actor.personId} WHERE id = ${story.ben.actor.personId}`;
    const his = await submitRequest(story.ben, story.draft());
    const beside = (await readInboxRequest(story.max, number)).similar.map((past) => past.number);
    expect(beside).not.toContain(his.number);
    await story.control
      .owner`UPDATE people SET manager_id = ${story.max.actor.personId} WHERE id = ${story.ben.actor.personId}`;
  });

  test("shows its approver masked values only", async () => {
    const { number } = await submitRequest(story.ana, story.draft());
    const detail = await readInboxRequest(story.max, number);
    const sample = await readRequestSample(story.max, number);
    expect(detail).toMatchObject({ number, version: 1, whyNot: null, brief: { requester: "Ana" } });
    expect(sample).toMatchObject({ ok: true, records: [{ handle: record(1) }] });
    expect(JSON.stringify([detail, sample])).not.toContain(jane.email);
  });

  test("says why it cannot be decided any more", async () => {
    const { id, number } = await submitRequest(story.ana, story.draft());
    await approveRequest(story.max, { requestId: id, version: 1, words: null });
    expect((await readInboxRequest(story.max, number)).whyNot).toBe("You have decided this request already.");
  });

  test("is not there for approvers to whom it was not routed, nor are its records", async () => {
    const { number } = await submitRequest(story.ana, story.draft());
    await expect(readInboxRequest(story.noor, number)).rejects.toEqual(refused("not-found"));
    await expect(readInboxRequest(story.ana, number)).rejects.toEqual(refused("not-permitted"));
    for (const who of [story.noor, story.ben, story.ivy, story.ada, story.sam]) {
      expect(await readRequestSample(who, number)).toBeNull();
    }
  });
});
