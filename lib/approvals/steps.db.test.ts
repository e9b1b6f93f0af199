import { describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { listInbox } from "@/lib/approvals/list-inbox";
import { narrowRequest } from "@/lib/approvals/narrow-request";
import { readInboxRequest } from "@/lib/approvals/read-inbox-request";
import type { Context } from "@/lib/auth/context";
import { reroute } from "@/lib/expiry/reroute";
import { readRequest } from "@/lib/requests/read-request";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { inGroup, signedIn } from "@/lib/testing/control";
import { codesOf, record, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const seen = (request: Submitted, version = 1) => ({ requestId: request.id, version, words: null });
const pan = () => ({ fields: [{ columnId: story.column("pan"), level: "full" as const }] });
const aCard = () => submitRequest(story.ana, story.draft(pan()));
const inboxOf = async (who: Context) => (await listInbox(who, {})).lines.map((line) => line.number);
const grantsOf = async ({ id }: Submitted) =>
  (await story.control.owner`SELECT * FROM grants WHERE request_id = ${id}`) as unknown as Record<
    string,
    unknown
  >[];
const setGroup = async (slug: string, who: Context, member: boolean) => {
  if (member) return inGroup(story.control, slug, who);
  await story.control.owner`DELETE FROM group_members WHERE person_id = ${who.actor.personId}`;
};

describe("two people, one step after the other", () => {
  test("the manager's vote opens nothing and moves it to Payments; the second leaves the grant", async () => {
    const request = await aCard();
    expect(request.words).toBe("Max decides. It takes 2 steps; the next follows.");
    expect(await inboxOf(story.max)).toContain(request.number);
    expect(await inboxOf(story.paul)).not.toContain(request.number);
    expect(await approveRequest(story.max, seen(request))).toMatchObject({ more: true });
    expect(await grantsOf(request)).toEqual([]);
    expect(await inboxOf(story.max)).not.toContain(request.number);
    expect(await inboxOf(story.paul)).toContain(request.number);
    expect((await readRequest(story.ana, request.number)).view).toMatchObject({
      state: "pending",
      decision: null,
      steps: [
        { state: "filled", ways: [], votedBy: ["Max"], steppedIn: false },
        { state: "waits", ways: [{ count: 1, who: "the group payments", people: ["Paul"] }], votedBy: [] },
      ],
      eligible: [{ name: "Paul" }],
      votes: [{ by: "Max", verdict: "approve" }],
    });
    expect(await approveRequest(story.paul, seen(request, 2))).toMatchObject({ more: false });
    expect(await grantsOf(request)).toHaveLength(1);
    expect(await codesOf(story, request.id)).toEqual([
      "request.submitted",
      "request.endorsed",
      "request.approved",
    ]);
  });

  test("the second step waits for the first, and nobody votes twice", async () => {
    const request = await aCard();
    await expect(approveRequest(story.paul, seen(request))).rejects.toEqual(refused("not-an-approver"));
    await approveRequest(story.max, seen(request));
    await expect(approveRequest(story.max, seen(request, 2))).rejects.toEqual(refused("already-voted"));
    expect((await readInboxRequest(story.max, request.number)).whyNot).not.toBeNull();
  });

  test("stays with Payments however many other approvers there are", async () => {
    const { owner } = story.control;
    const request = await aCard();
    await approveRequest(story.max, seen(request));
    await owner`INSERT INTO people (email, name, state)
      SELECT 'aaron' || n || '@example.test', 'Aaron ' || n, 'active' FROM generate_series(1, 600) n`;
    await owner`INSERT INTO person_roles (person_id, role)
      SELECT id, 'approver' FROM people WHERE name LIKE 'Aaron %'`;
    await expect(approveRequest(story.noor, seen(request, 2))).rejects.toEqual(refused("not-an-approver"));
    expect(await approveRequest(story.paul, seen(request, 2))).toMatchObject({ more: false });
    await owner`UPDATE people SET state = 'disabled', disabled_at = now() WHERE name LIKE 'Aaron %'`;
  });

  test("any of them denies it", async () => {
    const request = await aCard();
    await approveRequest(story.max, seen(request));
    await denyRequest(story.paul, { ...seen(request, 2), words: "Use the last four digits." });
    expect(await grantsOf(request)).toEqual([]);
    expect((await readRequest(story.ana, request.number)).view.state).toBe("denied");
  });

  test("what the first narrowed away, the second cannot give back", async () => {
    const request = await submitRequest(
      story.ana,
      story.draft({ ...pan(), records: [record(1), record(2)] }),
    );
    await narrowRequest(story.max, { ...seen(request), records: [record(2)], viewSeconds: 120 });
    const wider = { ...seen(request, 2), records: [record(1)] };
    await expect(narrowRequest(story.paul, wider)).rejects.toEqual(refused("widened"));
    await approveRequest(story.paul, seen(request, 2));
    expect(await grantsOf(request)).toMatchObject([{ records: [record(2)], view_seconds: 120 }]);
  });

  test("of what the first left a part, the second cannot give back the whole", async () => {
    const request = await submitRequest(story.ana, story.draft(pan()));
    const columnId = story.column("pan");
    await narrowRequest(story.max, { ...seen(request), partialIds: [columnId] });
    const again = { ...seen(request, 2), columnIds: [columnId], partialIds: [] };
    await expect(narrowRequest(story.paul, again)).rejects.toEqual(refused("not-narrower"));
    await approveRequest(story.paul, seen(request, 2));
    expect(await grantsOf(request)).toMatchObject([{ fields: [{ column: "pan", level: "partial" }] }]);
  });

  test("of votes of one step at once, one counts and the others are told", async () => {
    const rosa = await signedIn(story.control, { name: "Rosa", roles: ["approver"] });
    await setGroup("payments", rosa, true);
    for (let round = 0; round < 6; round++) {
      const request = await aCard();
      await approveRequest(story.max, seen(request));
      const votes = [story.paul, rosa, story.paul, rosa].map((who) => approveRequest(who, seen(request, 2)));
      const outcomes = await Promise.allSettled(votes);
      expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
      expect(await grantsOf(request)).toHaveLength(1);
    }
    await setGroup("payments", rosa, false);
  });
});

describe("permission is what it is at the moment of deciding", () => {
  test("the vote of somebody who was demoted since counts no more: it goes back to the step that lost it", async () => {
    const lead = await signedIn(story.control, { name: "Lead", roles: ["approver"] });
    const other = await signedIn(story.control, { name: "Other", roles: ["approver"] });
    const asker = await signedIn(story.control, {
      name: "Asker",
      roles: ["agent"],
      managerId: lead.actor.personId,
    });
    const request = await submitRequest(asker, story.draft(pan()));
    await approveRequest(lead, seen(request));
    const { owner } = story.control;
    await owner`DELETE FROM person_roles WHERE person_id = ${lead.actor.personId}`;
    await owner`UPDATE people SET manager_id = ${other.actor.personId} WHERE id = ${asker.actor.personId}`;
    await expect(approveRequest(story.paul, seen(request, 2))).rejects.toEqual(refused("not-an-approver"));
    expect(await grantsOf(request)).toEqual([]);
    expect(await inboxOf(other)).not.toContain(request.number);
    await reroute();
    expect(await inboxOf(other)).toContain(request.number);
    expect((await codesOf(story, request.id)).at(-1)).toBe("request.rerouted");
    expect(await reroute()).toBe(0);
    await approveRequest(other, seen(request, 2));
    await approveRequest(story.paul, seen(request, 3));
    expect(await grantsOf(request)).toHaveLength(1);
  });

  test("who left the group has no seat, and who joined it has one", async () => {
    const rosa = await signedIn(story.control, { name: "Rosa", roles: ["approver"] });
    const request = await aCard();
    await approveRequest(story.max, seen(request));
    await setGroup("payments", story.paul, false);
    await setGroup("payments", rosa, true);
    await expect(approveRequest(story.paul, seen(request, 2))).rejects.toEqual(refused("not-an-approver"));
    expect(await inboxOf(rosa)).toContain(request.number);
    expect((await readInboxRequest(rosa, request.number)).whyNot).toBeNull();
    await approveRequest(rosa, seen(request, 2));
    await setGroup("payments", rosa, false);
    await setGroup("payments", story.paul, true);
  });

  test("a member of the group who does not approve, or is disabled, has no seat", async () => {
    const idle = await signedIn(story.control, { name: "Idle", roles: ["agent"] });
    await setGroup("payments", idle, true);
    const request = await aCard();
    await approveRequest(story.max, seen(request));
    await expect(approveRequest(idle, seen(request, 2))).rejects.toEqual(refused("not-permitted"));
    await setGroup("payments", idle, false);
  });

  test("nobody decides their own, though they are in the group and manage themselves by a ring", async () => {
    const own = await signedIn(story.control, {
      name: "Own",
      roles: ["agent", "approver"],
      managerId: story.max.actor.personId,
    });
    await setGroup("payments", own, true);
    const request = await submitRequest(own, story.draft(pan()));
    await approveRequest(story.max, seen(request));
    await expect(approveRequest(own, seen(request, 2))).rejects.toEqual(refused("own-request"));
    expect(await inboxOf(own)).not.toContain(request.number);
    await setGroup("payments", own, false);
  });
});

describe("a step that nobody can fill", () => {
  test("falls to the fallback when it is sent, and says so on record", async () => {
    await setGroup("payments", story.paul, false);
    const request = await aCard();
    const { owner } = story.control;
    const [sent] = await owner`
      SELECT entry::jsonb->'details' AS details FROM audit_events WHERE request_id = ${request.id}`;
    expect(sent?.["details"]).toMatchObject({ stepsFellBack: 1 });
    await approveRequest(story.max, seen(request));
    await expect(approveRequest(story.paul, seen(request, 2))).rejects.toEqual(refused("not-an-approver"));
    await approveRequest(story.noor, seen(request, 2));
    expect(await grantsOf(request)).toHaveLength(1);
    await setGroup("payments", story.paul, true);
  });

  test("falls to the fallback when its people are gone since, never open and never stuck", async () => {
    const request = await aCard();
    await setGroup("payments", story.paul, false);
    await approveRequest(story.max, seen(request));
    expect(await inboxOf(story.noor)).toContain(request.number);
    await approveRequest(story.noor, seen(request, 2));
    expect(await grantsOf(request)).toHaveLength(1);
    await setGroup("payments", story.paul, true);
  });
});
