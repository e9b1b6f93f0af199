import { afterEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { decideAccess, decideAccessSchema } from "@/lib/campaigns/decide-access";
import { listToConfirm } from "@/lib/campaigns/list-to-confirm";
import { readCampaign } from "@/lib/campaigns/read-campaign";
import { tendCampaigns } from "@/lib/campaigns/tend-campaigns";
import { changeManager } from "@/lib/people/change-manager";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson, enablePerson } from "@/lib/people/disable-person";
import { nameSubstitute } from "@/lib/people/name-substitute";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { campaignWords, idOf, inDays, useCampaigns } from "@/lib/testing/campaigns";
import { inGroup } from "@/lib/testing/control";
import { approved, useStory } from "@/lib/testing/story";

const story = useStory();
const { owner, start, itemOf, seenNow, rolesOf, eventsOf, pass, agent, endAll } = useCampaigns(story);
const refused = (code: string) => expect.objectContaining({ code });

afterEach(endAll);

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
    await ofOne.confirm(story.max);
  });

  test("by who was the manager when the campaign began: nobody gets the seat by being named meanwhile, an admin neither", async () => {
    const person = await agent("Moved");
    const { id } = await start(story.ivy);
    await changeManager(story.ada, { ...(await seenNow(person)), manager: idOf(story.noor) });
    const item = await itemOf(id, person);
    await expect(item.confirm(story.noor)).rejects.toEqual(refused("not-confirmer"));
    await changeManager(story.ada, { ...(await seenNow(person)), manager: null });
    await expect(item.confirm(story.ada)).rejects.toEqual(refused("not-confirmer"));
    await item.confirm(story.max);
  });

  test("by an admin where the manager was disabled, or there is none", async () => {
    const boss = await agent("Boss", null, ["approver"]);
    const person = await agent("Orphan", boss);
    const { id } = await start(story.ivy);
    await disablePerson(story.ada, await seenNow(boss));
    const item = await itemOf(id, person);
    await expect(item.confirm(boss)).rejects.toEqual(refused("not-permitted"));
    await item.confirm(story.ada);
  });

  test("of whoever was disabled for a while as of everybody: they keep nothing by having been away", async () => {
    const away = await agent("Away");
    const { id } = await start(story.ivy, { roles: ["agent"] });
    await disablePerson(story.ada, await seenNow(away));
    await tendCampaigns();
    await enablePerson(story.ada, await seenNow(away));
    await (await itemOf(id, away)).confirm(story.max);
    await endAll();
    const removing = await start(story.ivy, { roles: ["agent"], removeUndecided: "on" });
    const others = await owner()<{ person_id: string }[]>`
      UPDATE access_items SET state = 'left', decided_at = clock_timestamp()
      WHERE campaign_id = ${removing.id} AND person_id <> ${idOf(away)} RETURNING person_id`;
    expect(others.length).toBeGreaterThan(0);
    await disablePerson(story.ada, await seenNow(away));
    await tendCampaigns();
    expect(await rolesOf(away)).toEqual(["agent"]);
    expect((await readCampaign(story.ivy, removing.id)).endedAt).toBeNull();
    await pass(removing.id, 30);
    await tendCampaigns();
    await enablePerson(story.ada, await seenNow(away));
    expect(await rolesOf(away)).toEqual([]);
  });

  test("not of who has left at its end", async () => {
    const gone = await agent("Gone", null, ["approver"]);
    await owner()`INSERT INTO person_roles VALUES (${idOf(gone)}, 'steward')`;
    const { id } = await start(story.ivy, { roles: ["steward"] });
    await (await itemOf(id, story.sam)).confirm(story.ada);
    await disablePerson(story.ada, await seenNow(gone));
    await tendCampaigns();
    const { items, endedWhy } = await readCampaign(story.ivy, id);
    expect(endedWhy).toBe("decided");
    expect(items.find(({ person: name }) => name === "Gone")).toMatchObject({ state: "left" });
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
    expect(await decideAccess(story.max, { ...item, keep: [], words: campaignWords })).toEqual({
      name: "Ana",
      removed: 3,
    });
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
    const more = { itemId, seen, keep: [...seen, "role:admin"], words: campaignWords };
    await expect(decideAccess(story.max, more)).rejects.toEqual(refused("access-changed"));
    const claimed = { itemId, seen: [...seen, "role:admin"], keep: ["role:admin"], words: campaignWords };
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
