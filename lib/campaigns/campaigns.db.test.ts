import { afterEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { partKey } from "@/lib/campaigns/access";
import { decideAccess, decideAccessSchema } from "@/lib/campaigns/decide-access";
import { callOffCampaign, closeCampaign } from "@/lib/campaigns/end-campaign";
import { listToConfirm } from "@/lib/campaigns/list-to-confirm";
import { readCampaign } from "@/lib/campaigns/read-campaign";
import { startCampaign, startSchema } from "@/lib/campaigns/start-campaign";
import { tendCampaigns } from "@/lib/campaigns/tend-campaigns";
import { changeManager } from "@/lib/people/change-manager";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson } from "@/lib/people/disable-person";
import { nameSubstitute } from "@/lib/people/name-substitute";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { inGroup, signedIn } from "@/lib/testing/control";
import { approved, useStory } from "@/lib/testing/story";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const words = "She has moved to another team.";
const idOf = ({ actor }: Context) => actor.personId;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const owner = () => story.control.owner;

const start = (by: Context, change: object = {}) =>
  startCampaign(by, startSchema.parse({ name: "Autumn", until: inDays(10), ...change }));

/** What somebody may do to an item, and the parts of the access that it is about now. */
async function itemOf(campaignId: string, whom: Context) {
  const [row] = await owner()<{ id: string; held: { kind: "role"; id: string }[] }[]>`
    SELECT id, access_of(person_id) AS held FROM access_items
    WHERE campaign_id = ${campaignId} AND person_id = ${idOf(whom)}`;
  const seen = row!.held.map(partKey);
  return {
    itemId: row!.id,
    seen,
    confirm: (by: Context) => decideAccess(by, { itemId: row!.id, seen, keep: seen, words: null }),
    remove: (by: Context, ...gone: string[]) =>
      decideAccess(by, { itemId: row!.id, seen, keep: seen.filter((key) => !gone.includes(key)), words }),
  };
}

async function seenNow(who: Context): Promise<{ personId: string; version: number }> {
  const [row] = await owner()<{ version: number }[]>`SELECT version FROM people WHERE id = ${idOf(who)}`;
  return { personId: idOf(who), version: row!.version };
}

const rolesOf = async (who: Context) =>
  (
    await owner()<{ role: string }[]>`SELECT role FROM person_roles WHERE person_id = ${idOf(who)} ORDER BY 1`
  ).map(({ role }) => role);

const eventsOf = async (code: string) =>
  (
    await owner()<{ entry: string }[]>`SELECT entry FROM audit_events WHERE code = ${code} ORDER BY seq DESC`
  ).map(
    ({ entry }) =>
      JSON.parse(entry) as { actor: { name: string }; subject?: { name: string }; details: object },
  );

/** Moves the whole time of a campaign into the past, as its owner alone can. */
const pass = (campaignId: string, days: number) =>
  owner()`UPDATE access_campaigns SET started_at = started_at - make_interval(days => ${days}),
    due_at = due_at - make_interval(days => ${days}) WHERE id = ${campaignId}`;

const agent = (
  name: string,
  manager: Context | null = story.max,
  roles: ("agent" | "approver" | "admin")[] = ["agent"],
) => signedIn(story.control, { name, roles, ...(manager ? { managerId: idOf(manager) } : {}) });

afterEach(async () => {
  await owner()`UPDATE access_campaigns SET ended_at = clock_timestamp(), ended_why = 'decided' WHERE ended_at IS NULL`;
});

describe("a campaign", () => {
  test.each(["ana", "max", "sam", "pia"] as const)(
    "is not started by %s, and an auditor or an admin starts one",
    async (name) => {
      await expect(start(story[name])).rejects.toEqual(refused("not-permitted"));
      for (const by of [story.ivy, story.ada]) expect((await start(by)).people).toBeGreaterThan(5);
      expect((await eventsOf("campaign.started"))[0]).toMatchObject({ details: { name: "Autumn" } });
    },
  );

  test("asks about those with some roles, or of some sources, and says so when that is nobody", async () => {
    const { id, people } = await start(story.ivy, { roles: ["steward"] });
    expect(people).toBe(1);
    expect(await readCampaign(story.ivy, id)).toMatchObject({
      scope: "Everybody who is steward",
      counts: { open: 1 },
    });
    await approved(story);
    const ofSource = await start(story.ivy, { sourceIds: [story.table.source.id] });
    expect((await readCampaign(story.ivy, ofSource.id)).items.map(({ person }) => person)).toContain("Ana");
    await expect(start(story.ivy, { sourceIds: [story.table.id] })).rejects.toEqual(
      refused("campaign-empty"),
    );
    await expect(start(story.ivy, { until: inDays(-1) })).rejects.toEqual(refused("bad-input"));
  });

  test("ends by itself once everybody is decided, and says who confirmed what", async () => {
    const person = await agent("Only");
    await owner()`INSERT INTO person_roles VALUES (${idOf(person)}, 'steward')`;
    const { id } = await start(story.ivy, { roles: ["steward"] });
    await (await itemOf(id, person)).confirm(story.max);
    await tendCampaigns();
    expect((await readCampaign(story.ivy, id)).endedAt).toBeNull();
    await (await itemOf(id, story.sam)).confirm(story.ada);
    await tendCampaigns();
    expect(await readCampaign(story.ivy, id)).toMatchObject({
      endedWhy: "decided",
      items: expect.arrayContaining([
        expect.objectContaining({
          person: "Only",
          decidedBy: "Max",
          kept: "Agent, Steward",
          removed: "Nothing",
        }),
        expect.objectContaining({ person: "Sam", decidedBy: "Ada, as an admin" }),
      ]),
    });
    expect((await eventsOf("campaign.ended"))[0]).toMatchObject({
      actor: { name: "Glimpse" },
      details: { confirmed: 2 },
    });
    await owner()`DELETE FROM person_roles WHERE person_id = ${idOf(person)} AND role = 'steward'`;
  });

  test("is closed by hand when it is overdue, not before, and what nobody decided stays so on record", async () => {
    const { id } = await start(story.ivy);
    await expect(closeCampaign(story.ivy, { campaignId: id })).rejects.toEqual(refused("campaign-not-due"));
    await pass(id, 30);
    const late = await itemOf(id, story.ana);
    await late.confirm(story.max);
    expect((await eventsOf("campaign.access_confirmed"))[0]).toMatchObject({ details: { late: true } });
    await expect(closeCampaign(story.max, { campaignId: id })).rejects.toEqual(refused("not-permitted"));
    await closeCampaign(story.ada, { campaignId: id });
    await expect((await itemOf(id, story.ben)).confirm(story.max)).rejects.toEqual(refused("campaign-over"));
    expect((await eventsOf("campaign.ended"))[0]).toMatchObject({ details: { why: "closed", confirmed: 1 } });
    expect((await listToConfirm(story.max)).items).toEqual([]);
  });

  test("that removes by itself gives a week to answer, whatever SQL the application sends", async () => {
    const soon = start(story.ivy, { until: inDays(6), removeUndecided: "on" });
    await expect(soon).rejects.toEqual(refused("bad-input"));
    const { id } = await start(story.ivy, { until: inDays(6) });
    await expect(
      owner()`UPDATE access_campaigns SET remove_undecided = true WHERE id = ${id}`,
    ).rejects.toMatchObject({
      constraint_name: "a_week_to_answer",
    });
  });

  test("is called off with words by any auditor or admin: nobody is asked any more, and nothing is removed", async () => {
    const { id } = await start(story.ivy, { removeUndecided: "on" });
    const item = await itemOf(id, story.ben);
    const wanted = { campaignId: id, words: "It was meant for agents alone." };
    await expect(callOffCampaign(story.max, wanted)).rejects.toEqual(refused("not-permitted"));
    await callOffCampaign(story.ada, wanted);
    await expect(callOffCampaign(story.ivy, wanted)).rejects.toEqual(refused("campaign-over"));
    await expect(item.confirm(story.max)).rejects.toEqual(refused("campaign-over"));
    await tendCampaigns();
    expect(await rolesOf(story.ben)).toEqual(["agent"]);
    expect(await readCampaign(story.ivy, id)).toMatchObject({ endedBy: "Ada", endedWords: wanted.words });
    expect((await eventsOf("campaign.ended"))[0]).toMatchObject({ details: { why: "called-off" } });
  });

  test("reminds once for each of its reminders, whoever else tends it", async () => {
    const { id } = await start(story.ivy, { until: inDays(20) });
    const told = async () => (await eventsOf("campaign.reminded")).length;
    const before = await told();
    await tendCampaigns();
    expect(await told()).toBe(before);
    for (const days of [15, 5, 1]) {
      await pass(id, days);
      await Promise.all([tendCampaigns(), tendCampaigns(), tendCampaigns()]);
    }
    expect(await told()).toBe(before + 3);
    expect((await eventsOf("campaign.reminded"))[0]).toMatchObject({ details: { overdue: true } });
  });
});

describe("access is confirmed", () => {
  test("by the manager alone: not by others, not by an admin beside them, and not by oneself", async () => {
    const { id } = await start(story.ivy);
    const ofAna = await itemOf(id, story.ana);
    for (const name of ["ben", "noor", "ivy", "ada", "paul"] as const)
      await expect(ofAna.confirm(story[name])).rejects.toEqual(refused("not-confirmer"));
    await expect(ofAna.confirm(story.ana)).rejects.toEqual(refused("own-access"));
    await expect((await itemOf(id, story.ada)).confirm(story.ada)).rejects.toEqual(refused("own-access"));
    expect((await listToConfirm(story.max)).items.map(({ person }) => person)).toEqual(
      expect.arrayContaining(["Ana", "Ben"]),
    );
    await ofAna.confirm(story.max);
    await expect(ofAna.remove(story.max, "role:agent")).rejects.toEqual(refused("access-decided"));
  });

  test("not by oneself as the substitute of one's manager", async () => {
    const deputy = await agent("Deputy", story.max, ["agent", "approver"]);
    await nameSubstitute(story.max, { substituteId: idOf(deputy), from: inDays(0), until: inDays(2) });
    const { id } = await start(story.ivy);
    await expect((await itemOf(id, deputy)).confirm(deputy)).rejects.toEqual(refused("own-access"));
    await expect((await itemOf(id, story.ana)).confirm(deputy)).rejects.toEqual(refused("not-confirmer"));
    expect((await listToConfirm(deputy)).items).toEqual([]);
  });

  test("not by two who are made each other's managers in the middle", async () => {
    const [one, two] = [await agent("One"), await agent("Two")];
    await changeManager(story.ada, { ...(await seenNow(two)), manager: idOf(one) });
    const { id } = await start(story.ivy);
    await (await itemOf(id, two)).confirm(one);
    await changeManager(story.ada, { ...(await seenNow(two)), manager: null });
    await changeManager(story.ada, { ...(await seenNow(one)), manager: idOf(two) });
    const ofOne = await itemOf(id, one);
    await expect(ofOne.confirm(two)).rejects.toEqual(refused("not-confirmer"));
    await ofOne.confirm(story.ada);
  });

  test("by the manager of this moment, who is another one since the campaign began", async () => {
    const person = await agent("Moved");
    const { id } = await start(story.ivy);
    await changeManager(story.ada, { ...(await seenNow(person)), manager: idOf(story.noor) });
    const item = await itemOf(id, person);
    await expect(item.confirm(story.max)).rejects.toEqual(refused("not-confirmer"));
    await item.confirm(story.noor);
  });

  test("by an admin where the manager was disabled, or there is none", async () => {
    const boss = await agent("Boss", null, ["approver"]);
    const person = await agent("Orphan", boss);
    const { id } = await start(story.ivy);
    await disablePerson(story.ada, await seenNow(boss));
    const item = await itemOf(id, person);
    await expect(item.confirm(boss)).rejects.toEqual(refused("not-permitted"));
    await item.confirm(story.ada);
    await tendCampaigns();
    expect(
      (await readCampaign(story.ivy, id)).items.find(({ person: name }) => name === "Boss"),
    ).toMatchObject({
      state: "left",
    });
  });

  test("as it was seen: what was given in between is not confirmed with it", async () => {
    const person = await agent("Grown");
    const { id } = await start(story.ivy);
    const before = await itemOf(id, person);
    await changeRoles(story.ada, { ...(await seenNow(person)), roles: ["agent", "steward"] });
    await expect(before.confirm(story.max)).rejects.toEqual(refused("access-changed"));
    await (await itemOf(id, person)).remove(story.max, "role:steward");
    expect(await rolesOf(person)).toEqual(["agent"]);
    await changeRoles(story.ada, { ...(await seenNow(person)), roles: ["agent", "steward"] });
    const seen = (await readCampaign(story.ivy, id)).items.find(({ person: name }) => name === "Grown");
    expect(seen).toMatchObject({ state: "removed", removed: "Steward", givenSince: "Steward" });
  });

  test("once: of two admins at the same moment one decides and the other is told", async () => {
    const second = await agent("Second admin", null, ["admin"]);
    const person = await agent("Contested", null);
    const { id } = await start(story.ivy);
    const item = await itemOf(id, person);
    const both = await Promise.allSettled([item.confirm(story.ada), item.remove(second, "role:agent")]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "access-decided" },
    });
    await owner()`DELETE FROM person_roles WHERE person_id = ${idOf(second)}`;
  });

  test("never twice or by the person themselves, whatever SQL the application sends", async () => {
    const { id } = await start(story.ivy);
    const { itemId } = await itemOf(id, story.ben);
    await (await itemOf(id, story.ana)).confirm(story.max);
    const set = (item: string, by: Context) => owner()`
      UPDATE access_items SET state = 'confirmed', decided_by = ${idOf(by)}, decided_as = 'manager',
        decided_at = clock_timestamp(), kept = '[]', removed = '[]' WHERE id = ${item}`;
    await expect(set(itemId, story.ben)).rejects.toMatchObject({
      constraint_name: "nobody_confirms_themselves",
    });
    await expect(set((await itemOf(id, story.ana)).itemId, story.max)).rejects.toMatchObject({
      code: "23000",
    });
  });
});

describe("access is removed", () => {
  test("at once, with grants and requests, and on record as when an admin does it", async () => {
    const grant = await approved(story);
    await activateGrant(story.ana, grant.grantId);
    await revealFields(story.ana, { grantId: grant.grantId });
    await inGroup(story.control, "support", story.ana);
    await owner()`INSERT INTO owners VALUES ('table', ${story.table.id}, ${idOf(story.ana)})`;
    const { id } = await start(story.ivy);
    const item = await itemOf(id, story.ana);
    expect(item.seen).toHaveLength(3);
    expect(await decideAccess(story.max, { ...item, keep: [], words })).toEqual({ name: "Ana", removed: 3 });
    await expect(revealFields(story.ana, { grantId: grant.grantId })).rejects.toEqual(
      refused("not-permitted"),
    );
    expect(await rolesOf(story.ana)).toEqual([]);
    expect((await eventsOf("person.roles_changed"))[0]).toMatchObject({
      actor: { name: "Max" },
      subject: { name: "Ana" },
      details: { removed: ["agent"] },
    });
    expect((await eventsOf("group.changed"))[0]).toMatchObject({ details: { removed: ["Ana"] } });
    expect((await eventsOf("owners.changed"))[0]).toMatchObject({ details: { removed: ["Ana"] } });
    expect((await eventsOf("grant.revoked"))[0]).toMatchObject({ subject: { name: "Ana" } });
    await changeRoles(story.ada, { ...(await seenNow(story.ana)), roles: ["agent"] });
  });

  test("with words, and never more is kept than was held", async () => {
    const { id } = await start(story.ivy);
    const { itemId, seen } = await itemOf(id, story.ben);
    const wanted = { itemId, seen, keep: [], words: null };
    await expect(decideAccess(story.max, wanted)).rejects.toEqual(refused("bad-input"));
    expect(decideAccessSchema.safeParse({ ...wanted, words: "short" }).success).toBe(false);
    const more = { itemId, seen, keep: [...seen, "role:admin"], words };
    await expect(decideAccess(story.max, more)).rejects.toEqual(refused("access-changed"));
    const claimed = { itemId, seen: [...seen, "role:admin"], keep: ["role:admin"], words };
    await expect(decideAccess(story.max, claimed)).rejects.toEqual(refused("access-changed"));
    expect(await rolesOf(story.ben)).toEqual(["agent"]);
  });

  test("not from the last admin, by a manager neither", async () => {
    await owner()`UPDATE people SET manager_id = ${idOf(story.noor)} WHERE id = ${idOf(story.ada)}`;
    const { id } = await start(story.ivy);
    const item = await itemOf(id, story.ada);
    await expect(item.remove(story.noor, "role:admin")).rejects.toEqual(refused("last-admin"));
    expect(await rolesOf(story.ada)).toEqual(["admin"]);
    await item.confirm(story.noor);
    await owner()`UPDATE people SET manager_id = NULL WHERE id = ${idOf(story.ada)}`;
  });

  test("by the end of a campaign that said so, for whom nobody decided, and nobody confirms after it", async () => {
    const person = await agent("Forgotten");
    const { id } = await start(story.ivy, { roles: ["agent", "admin"], removeUndecided: "on" });
    for (const whom of [story.ana, story.ben, story.max])
      await (await itemOf(id, whom)).confirm(whom === story.max ? story.noor : story.max);
    const item = await itemOf(id, person);
    await pass(id, 30);
    await expect(item.confirm(story.max)).rejects.toEqual(refused("campaign-over"));
    expect((await listToConfirm(story.max)).items).toEqual([]);
    await Promise.all([tendCampaigns(), tendCampaigns()]);
    expect([await rolesOf(person), await rolesOf(story.ana), await rolesOf(story.ada)]).toEqual([
      [],
      ["agent"],
      ["admin"],
    ]);
    const { items, endedWhy } = await readCampaign(story.ivy, id);
    expect(endedWhy).toBe("due");
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ person: "Forgotten", state: "lapsed", removed: "Agent" }),
        expect.objectContaining({ person: "Ada", state: "lapsed", kept: "Admin", removed: "Nothing" }),
      ]),
    );
    expect((await eventsOf("campaign.access_lapsed")).map(({ subject }) => subject?.name)).toEqual(
      expect.arrayContaining(["Forgotten", "Ada"]),
    );
  });
});
