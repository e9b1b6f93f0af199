import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { Context } from "@/lib/auth/context";
import type { Role } from "@/lib/db/schema/people";
import { changeManager } from "@/lib/people/change-manager";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson, enablePerson } from "@/lib/people/disable-person";
import { listPeople } from "@/lib/people/list-people";
import { readPerson } from "@/lib/people/read-person";
import { submitRequest } from "@/lib/requests/submit-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { signedIn } from "@/lib/testing/control";
import { approved, codesOf, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string): unknown => expect.objectContaining({ code });

async function seen(person: Context): Promise<{ personId: string; version: number }> {
  const personId = person.actor.personId;
  const [row] = await story.control.owner<
    { version: number }[]
  >`SELECT version FROM people WHERE id = ${personId}`;
  return { personId, version: row?.version ?? 0 };
}

async function rolesOf(person: Context): Promise<string[]> {
  const rows = await story.control.owner<{ role: string }[]>`
    SELECT role FROM person_roles WHERE person_id = ${person.actor.personId} ORDER BY role`;
  return rows.map(({ role }) => role);
}

async function stateOf(grantId: string): Promise<unknown> {
  const [row] = await story.control.owner`SELECT state, closed_why FROM grants WHERE id = ${grantId}`;
  return row;
}

const agent = (name: string) =>
  signedIn(story.control, { name, roles: ["agent"], managerId: story.max.actor.personId });

describe("rights are changed", () => {
  test.each(["ana", "max", "sam", "ivy", "noor"] as const)("by admins alone: not by %s", async (name) => {
    const whom = await seen(story.ben);
    const other = story[name];
    await expect(changeRoles(other, { ...whom, roles: ["admin"] })).rejects.toEqual(refused("not-permitted"));
    await expect(changeManager(other, { ...whom, manager: null })).rejects.toEqual(refused("not-permitted"));
    await expect(disablePerson(other, whom)).rejects.toEqual(refused("not-permitted"));
    await expect(enablePerson(other, whom)).rejects.toEqual(refused("not-permitted"));
    await expect(listPeople(other, {}, {})).rejects.toEqual(refused("not-permitted"));
    await expect(readPerson(other, whom.personId)).rejects.toEqual(refused("not-permitted"));
    expect(await rolesOf(story.ben)).toEqual(["agent"]);
  });

  test("never by oneself, whatever one is", async () => {
    const own = await seen(story.ada);
    await expect(changeRoles(story.ada, { ...own, roles: ["admin", "agent"] })).rejects.toEqual(
      refused("own-rights"),
    );
    await expect(changeManager(story.ada, { ...own, manager: null })).rejects.toEqual(refused("own-rights"));
    await expect(disablePerson(story.ada, own)).rejects.toEqual(refused("own-rights"));
  });

  test("not by who was an admin when the page was loaded", async () => {
    const former = await signedIn(story.control, { name: "Former", roles: ["admin"] });
    await changeRoles(story.ada, { ...(await seen(former)), roles: [] });
    await expect(disablePerson(former, await seen(story.ben))).rejects.toEqual(refused("not-permitted"));
  });

  test("once: who acts on an older sight of a person is told, and nothing is lost", async () => {
    const person = await agent("Twice");
    const before = await seen(person);
    await changeRoles(story.ada, { ...before, roles: ["agent", "approver"] });
    await expect(changeRoles(story.ada, { ...before, roles: ["steward"] })).rejects.toEqual(
      refused("changed-meanwhile"),
    );
    expect(await rolesOf(person)).toEqual(["agent", "approver"]);
    const nobody = { personId: story.table.id, version: 1 };
    await expect(disablePerson(story.ada, nobody)).rejects.toEqual(refused("not-found"));
  });

  test("on record, with what was added and removed", async () => {
    const person = await agent("Recorded");
    await changeRoles(story.ada, { ...(await seen(person)), roles: ["auditor"] });
    const [event] = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE code = 'person.roles_changed' ORDER BY seq DESC LIMIT 1`;
    expect(JSON.parse(event?.entry ?? "")).toMatchObject({
      actor: { name: "Ada" },
      subject: { name: "Recorded" },
      details: { added: ["auditor"], removed: ["agent"] },
    });
  });
});

describe("an admin is left", () => {
  const admins: Context[] = [];
  beforeEach(async () => {
    await story.control.owner`
      DELETE FROM person_roles WHERE role = 'admin' AND person_id <> ${story.ada.actor.personId}`;
    admins.length = 0;
    for (const name of ["Left", "Right"])
      admins.push(await signedIn(story.control, { name, roles: ["admin"] }));
  });

  test.each([
    ["demote", (by: Context, whom: Sight) => changeRoles(by, { ...whom, roles: [] as Role[] })],
    ["disable", (by: Context, whom: Sight) => disablePerson(by, whom)],
  ])("when two %s each other at the same moment: one succeeds", async (_, deed) => {
    const [left, right] = admins as [Context, Context];
    await story.control
      .owner`DELETE FROM person_roles WHERE role = 'admin' AND person_id = ${story.ada.actor.personId}`;
    const [ofLeft, ofRight] = [await seen(left), await seen(right)];
    const outcomes = await Promise.allSettled([deed(left, ofRight), deed(right, ofLeft)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "not-permitted" },
    });
    await story.control.owner`INSERT INTO person_roles VALUES (${story.ada.actor.personId}, 'admin')`;
  });
});

type Sight = { personId: string; version: number };

describe("managers", () => {
  const manage = async (whom: Context, by: Context | null) =>
    changeManager(story.ada, { ...(await seen(whom)), manager: by?.actor.personId ?? null });

  test("form no circle, of two or of many", async () => {
    const [low, middle, top] = [await agent("Low"), await agent("Middle"), await agent("Top")];
    await manage(low, middle);
    await manage(middle, top);
    await expect(manage(top, low)).rejects.toEqual(refused("manager-circle"));
    await expect(manage(middle, low)).rejects.toEqual(refused("manager-circle"));
    await expect(manage(low, low)).rejects.toEqual(refused("manager-circle"));
    await manage(low, null);
    await manage(top, low);
  });

  test("form no circle when both halves of it are made at the same moment", async () => {
    const [one, two] = [await agent("One"), await agent("Two")];
    const outcomes = await Promise.allSettled([manage(one, two), manage(two, one)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });

  test("are people who are here", async () => {
    const gone = await agent("Gone");
    await disablePerson(story.ada, await seen(gone));
    await expect(manage(await agent("Alone"), gone)).rejects.toEqual(refused("bad-input"));
  });
});

describe("disabling somebody", () => {
  test("ends sessions, waiting requests and grants at once, each on record", async () => {
    const ready = await approved(story);
    const open = await approved(story);
    await activateGrant(story.ana, open.grantId);
    const waiting = await submitRequest(story.ana, story.draft());
    await disablePerson(story.ada, await seen(story.ana));
    const revoked = { state: "revoked", closed_why: "holder-disabled" };
    expect([await stateOf(ready.grantId), await stateOf(open.grantId)]).toEqual([revoked, revoked]);
    expect((await codesOf(story, open.id)).at(-1)).toBe("grant.revoked");
    expect((await codesOf(story, waiting.id)).at(-1)).toBe("request.withdrawn");
    const live = await story.control.owner`
      SELECT id FROM sessions WHERE person_id = ${story.ana.actor.personId} AND ended_at IS NULL`;
    expect(live).toHaveLength(0);
    const [event] = await story.control.owner<{ entry: string }[]>`
      SELECT entry FROM audit_events WHERE code = 'person.disabled' ORDER BY seq DESC LIMIT 1`;
    expect(JSON.parse(event?.entry ?? "")).toMatchObject({
      details: { sessions: 1, grants: 2, requests: 1 },
    });
  });

  test("leaves nothing open that is approved at the same moment", async () => {
    const person = await agent("Racer");
    for (let round = 0; round < 5; round++) {
      const request = await submitRequest(person, story.draft());
      const vote = { requestId: request.id, version: 1, words: null };
      await Promise.allSettled([
        approveRequest(story.max, vote),
        disablePerson(story.ada, await seen(person)),
      ]);
      const open = await story.control.owner`
        SELECT id FROM grants WHERE holder_id = ${person.actor.personId} AND state IN ('ready', 'active')`;
      const waiting = await story.control.owner`
        SELECT id FROM requests WHERE requester_id = ${person.actor.personId} AND state = 'pending'`;
      expect([open, waiting]).toEqual([[], []]);
      await enablePerson(story.ada, await seen(person));
      await story.control.owner`UPDATE people SET state = 'active' WHERE id = ${person.actor.personId}`;
    }
  });

  test("and enabling again brings back neither sessions nor grants", async () => {
    await enablePerson(story.ada, await seen(story.ana));
    const [row] = await story.control.owner`
      SELECT (SELECT count(*)::int FROM sessions WHERE person_id = p.id AND ended_at IS NULL) AS sessions,
        (SELECT count(*)::int FROM grants WHERE holder_id = p.id AND state IN ('ready', 'active')) AS grants
      FROM people p WHERE id = ${story.ana.actor.personId}`;
    expect(row).toEqual({ sessions: 0, grants: 0 });
    await story.control.owner`UPDATE people SET state = 'active' WHERE id = ${story.ana.actor.personId}`;
  });
});

test("who loses the agent role loses open grants, and keeps them when another role goes", async () => {
  const both = await signedIn(story.control, {
    name: "Both",
    roles: ["agent", "steward"],
    managerId: story.max.actor.personId,
  });
  const request = await submitRequest(both, story.draft());
  await approveRequest(story.max, { requestId: request.id, version: 1, words: null });
  const [grant] = await story.control.owner<
    { id: string }[]
  >`SELECT id FROM grants WHERE request_id = ${request.id}`;
  await changeRoles(story.ada, { ...(await seen(both)), roles: ["agent"] });
  expect(await stateOf(grant?.id ?? "")).toMatchObject({ state: "ready" });
  await changeRoles(story.ada, { ...(await seen(both)), roles: ["auditor"] });
  expect(await stateOf(grant?.id ?? "")).toEqual({ state: "revoked", closed_why: "role-lost" });
});

describe("the list of people", () => {
  test("is complete and without repeats over all pages, forwards and back", async () => {
    for (let n = 0; n < 120; n++) await agent(`Crowd ${n % 40}`);
    const forwards: string[] = [];
    let page = await listPeople(story.ada, {}, {});
    forwards.push(...page.lines.map(({ id }) => id));
    while (page.after) {
      page = await listPeople(story.ada, {}, { after: page.after });
      forwards.push(...page.lines.map(({ id }) => id));
    }
    const [all] = await story.control.owner<{ n: number }[]>`SELECT count(*)::int AS n FROM people`;
    expect(new Set(forwards).size).toBe(all?.n);
    expect(forwards).toHaveLength(all?.n ?? 0);
    const backwards = page.lines.map(({ id }) => id);
    while (page.before) {
      page = await listPeople(story.ada, {}, { before: page.before });
      backwards.unshift(...page.lines.map(({ id }) => id));
    }
    expect(backwards).toEqual(forwards);
  });

  test("is searched literally: signs of a pattern are letters", async () => {
    expect((await listPeople(story.ada, { text: "%" }, {})).lines).toEqual([]);
    expect((await listPeople(story.ada, { text: "_" }, {})).lines).toEqual([]);
    expect(
      (await listPeople(story.ada, { text: "noor", role: "approver", state: "active" }, {})).lines,
    ).toHaveLength(1);
  });
});
