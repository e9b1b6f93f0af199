import { expect, test } from "vitest";
import { record } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { partKey } from "@/lib/campaigns/access";
import { decideAccess } from "@/lib/campaigns/decide-access";
import { startCampaign, startSchema } from "@/lib/campaigns/start-campaign";
import { changeGroup } from "@/lib/people/groups";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson, enablePerson } from "@/lib/people/disable-person";
import { setOwners } from "@/lib/people/owners";
import { takeReport } from "@/lib/reports/run-report";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { inGroup, signedIn } from "@/lib/testing/control";
import { approved, useStory } from "@/lib/testing/story";

const story = useStory(undefined, { ownEvents: true });
const refused = (code: string) => expect.objectContaining({ code });
const idOf = ({ actor }: Context) => actor.personId;
const owner = () => story.control.owner;
const today = () => new Date().toISOString().slice(0, 10);

/** The rows of a table of the report of today, each as an object by the ids of its columns. */
async function rowsOf(table: string, by = story.ivy): Promise<Record<string, unknown>[]> {
  const params = { from: today(), to: today() };
  const wanted = { kind: "access-review", params };
  const { download, make } = await takeReport(by, wanted, { format: "ndjson" });
  const { sections } = await download.make(make);
  const section = sections.find((one) => one.kind === "table" && one.id === table);
  if (section?.kind !== "table") throw new Error(`There is no table ${table}.`);
  const rows: Record<string, unknown>[] = [];
  for await (const batch of section.rows())
    for (const row of batch)
      rows.push(Object.fromEntries(section.columns.map(({ id }, at) => [id, row[at] ?? null])));
  await download.end({ state: "whole" });
  return rows;
}

async function seenNow(who: Context): Promise<{ personId: string; version: number }> {
  const [row] = await owner()<{ version: number }[]>`SELECT version FROM people WHERE id = ${idOf(who)}`;
  return { personId: idOf(who), version: row!.version };
}

async function openedBy(who: Context): Promise<string> {
  const { grantId } = await approved({ ...story, ana: who });
  await activateGrant(who, grantId);
  await revealFields(who, { grantId });
  return grantId;
}

const agent = (name: string) =>
  signedIn(story.control, { name, roles: ["agent"], managerId: idOf(story.max) });

test("the access review is for auditors, and its run is on record", async () => {
  await expect(rowsOf("people", story.ada)).rejects.toEqual(refused("not-permitted"));
  expect((await rowsOf("people")).map(({ person }) => person)).toEqual(
    expect.arrayContaining(["Ana", "Max"]),
  );
  const [event] = await owner()<{ entry: string }[]>`
    SELECT entry FROM audit_events WHERE code = 'report.downloaded' ORDER BY seq DESC LIMIT 1`;
  expect(event?.entry).toContain("access-review");
});

test("everybody stands in it with roles, groups, manager and last sign-in, whoever left too", async () => {
  await inGroup(story.control, "night", story.ana);
  const gone = await agent("Gone");
  await disablePerson(story.ada, await seenNow(gone));
  const people = await rowsOf("people");
  expect(people.find(({ person }) => person === "Ana")).toMatchObject({
    ...{ roles: "Agent", groups: "Group night", manager: "Max", state: "Active" },
    last_sign_in: expect.stringMatching(/^20/),
  });
  expect(people.find(({ person }) => person === "Gone")).toMatchObject({ state: "Disabled" });
});

test("each right says since when it is held and who gave it, by the log: the one who gave it last", async () => {
  const second = await signedIn(story.control, { name: "Second", roles: ["admin"] });
  const person = await agent("Given");
  await changeRoles(story.ada, { ...(await seenNow(person)), roles: ["agent", "steward"] });
  await changeRoles(story.ada, { ...(await seenNow(person)), roles: ["agent"] });
  await changeRoles(second, { ...(await seenNow(person)), roles: ["agent", "steward"] });
  const [group] = await owner()<{ id: string; version: number; members: string[] }[]>`
    SELECT id, version, ARRAY(SELECT person_id::text FROM group_members WHERE group_id = g.id) AS members
    FROM groups g WHERE slug = 'payments'`;
  const personIds = [...group!.members, idOf(person)];
  await changeGroup(story.ada, { groupId: group!.id, version: group!.version, personIds });
  await setOwners(second, { kind: "table", subject: story.table.id, personIds: [idOf(person)], seenIds: [] });
  await setOwners(second, { kind: "class", subject: "email", personIds: [idOf(person)], seenIds: [] });
  const rights = (await rowsOf("rights")).filter((row) => row["person"] === "Given");
  expect(rights.map(({ right, given_by: by }) => [right, by])).toEqual([
    ["Agent", null],
    ["Steward", "Second"],
    ["Group payments", "Ada"],
    ["Owner of Marigold: public.customers", "Second"],
    ["Owner of the class E-mail address", "Second"],
  ]);
  await owner()`DELETE FROM person_roles WHERE person_id = ${idOf(second)}`;
  // Else they decide what the next tests ask for.
  await owner()`DELETE FROM owners`;
});

test("who can approve what names the people, groups and substitutes of each approver, and the steps of the policy", async () => {
  expect((await rowsOf("approvers")).find(({ approver }) => approver === "Max")).toMatchObject({
    manager_of: expect.stringContaining("Ana"),
  });
  expect((await rowsOf("approvers")).find(({ approver }) => approver === "Paul")).toMatchObject({
    groups: "payments",
  });
  expect((await rowsOf("policy-steps")).map(({ who }) => who)).toEqual(
    expect.arrayContaining([expect.stringContaining("the manager")]),
  );
});

test("a disabled person’s sessions and grants end within a second, by the log, and nothing opens afterwards", async () => {
  const person = await agent("Leaver");
  const grantId = await openedBy(person);
  await disablePerson(story.ada, await seenNow(person));
  await expect(revealFields(person, { grantId })).rejects.toEqual(refused("not-permitted"));
  await record(person, { code: "reveal.refused", grantId, details: { refusal: "not-permitted" } });
  const [removal] = await rowsOf("time-to-effect");
  expect(removal).toMatchObject({
    ...{ person: "Leaver", taken: "All: disabled", by: "Ada", sessions: 1, grants: 1, reveals_after: 0 },
  });
  for (const name of ["last_session_ms", "last_grant_ms", "effect_ms"]) {
    expect(removal![name]).toBeGreaterThanOrEqual(0);
    expect(removal![name]).toBeLessThan(1000);
  }
  expect(removal!["last_refused_reveal_ms"]).toBeGreaterThan(0);
});

test("a reveal after a removal would be seen, and one after the access was given back is none", async () => {
  const person = await agent("Returner");
  await changeRoles(story.ada, { ...(await seenNow(person)), roles: ["steward"] });
  await changeRoles(story.ada, { ...(await seenNow(person)), roles: ["steward", "agent"] });
  await openedBy(person);
  const removalOf = async () =>
    (await rowsOf("time-to-effect")).find((row) => row["person"] === "Returner" && row["taken"] === "Agent");
  expect(await removalOf()).toMatchObject({ sessions: 0, grants: 0, effect_ms: 0, reveals_after: 0 });
  await disablePerson(story.ada, await seenNow(person));
  // What the product would never write.
  await record(person, { code: "reveal.opened", details: { planted: true } });
  await enablePerson(story.ada, await seenNow(person));
  const [disabled] = await rowsOf("time-to-effect");
  expect(disabled).toMatchObject({ person: "Returner", reveals_after: 1 });
});

test("joiners, changes and leavers stand in the order of the log, each with who did it", async () => {
  const person = await agent("Mover");
  await changeRoles(story.ada, { ...(await seenNow(person)), roles: ["approver"] });
  await disablePerson(story.ada, await seenNow(person));
  const moves = (await rowsOf("movements")).filter((row) => row["person"] === "Mover");
  expect(moves).toMatchObject([
    { what: "Disabled", by: "Ada" },
    { what: "Roles changed", added: "Approver", removed: "Agent", by: "Ada" },
  ]);
});

test("grants count by class and level", async () => {
  const before = (await rowsOf("grants")).find((row) => row["level"] === "full");
  await approved(story);
  const after = (await rowsOf("grants")).find((row) => row["level"] === "full");
  expect(Number(after?.["grants"]) - Number(before?.["grants"] ?? 0)).toBe(1);
});

test("a campaign’s evidence says who confirmed and removed what, and what was given again since", async () => {
  const person = await agent("Kept");
  const until = new Date(Date.now() + 864_000_000).toISOString().slice(0, 10);
  const { id } = await startCampaign(story.ivy, startSchema.parse({ name: "Spring", until }));
  const [item] = await owner()<{ id: string; held: { kind: "role"; id: string }[] }[]>`
    SELECT id, access_of(person_id) AS held FROM access_items WHERE campaign_id = ${id} AND person_id = ${idOf(person)}`;
  const words = "He works elsewhere now.";
  await decideAccess(story.max, { itemId: item!.id, seen: item!.held.map(partKey), keep: [], words });
  await changeRoles(story.ada, { ...(await seenNow(person)), roles: ["agent"] });
  expect((await rowsOf("campaigns"))[0]).toMatchObject({ campaign: "Spring", started_by: "Ivy", removed: 1 });
  expect((await rowsOf("confirmations")).find((row) => row["person"] === "Kept")).toMatchObject({
    ...{
      state: "Removed",
      decided_by: "Max",
      kept: "Nothing",
      removed: "Agent",
      given_since: "Agent",
      words,
    },
  });
  expect((await rowsOf("time-to-effect"))[0]).toMatchObject({ person: "Kept", by: "Max", taken: "Agent" });
});

test("conflicts of duty are none, and one that is written past the product is found", async () => {
  const found = async () =>
    (await rowsOf("conflicts-of-duty")).filter((row) => row["found"] !== 0).map((row) => row["conflict"]);
  expect((await rowsOf("conflicts-of-duty")).length).toBeGreaterThan(7);
  expect(await found()).toEqual([]);
  const { id } = await approved(story);
  await owner()`ALTER TABLE decisions DROP CONSTRAINT four_eyes`;
  await owner()`ALTER TABLE access_items DROP CONSTRAINT nobody_confirms_themselves`;
  await owner()`ALTER TABLE decisions DISABLE TRIGGER USER`;
  await owner()`UPDATE decisions SET approver_id = requester_id WHERE request_id = ${id}`;
  await owner()`ALTER TABLE access_items DISABLE TRIGGER USER`;
  await owner()`UPDATE access_items SET decided_by = person_id WHERE decided_by IS NOT NULL`;
  await record(story.ana, { code: "request.approved", requestId: id });
  await record(story.ada, {
    code: "person.roles_changed",
    subject: { id: idOf(story.ada), name: "Ada" },
    details: { added: ["auditor"], removed: [] },
  });
  expect(await found()).toEqual([
    "Approved a request of their own, by themselves or through a substitute",
    "Approved a request of their own, by the audit log",
    "Confirmed their own access in a campaign",
    "Changed their own roles or manager, or disabled or enabled themselves",
  ]);
});

test("who holds both sides of something is listed as unwise, not as a conflict", async () => {
  await signedIn(story.control, { name: "Both", roles: ["auditor", "admin"] });
  expect((await rowsOf("unwise")).find((row) => row["person"] === "Both")).toMatchObject({
    what: "Admin and auditor",
  });
});
