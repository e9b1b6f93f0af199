import { afterEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { callOffCampaign, closeCampaign } from "@/lib/campaigns/end-campaign";
import { listToConfirm } from "@/lib/campaigns/list-to-confirm";
import { readCampaign } from "@/lib/campaigns/read-campaign";
import { tendCampaigns } from "@/lib/campaigns/tend-campaigns";
import { idOf, inDays, useCampaigns } from "@/lib/testing/campaigns";
import { approved, useStory } from "@/lib/testing/story";

const story = useStory();
const { owner, start, itemOf, rolesOf, eventsOf, pass, agent, endAll } = useCampaigns(story);
const refused = (code: string) => expect.objectContaining({ code });

afterEach(endAll);

/** Takes somebody out of what a campaign asks about, as if it had never asked about them. */
const outside = (id: string, who: Context) =>
  owner()`DELETE FROM access_items WHERE campaign_id = ${id} AND person_id = ${idOf(who)}`;

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
    await expect(closeCampaign(story.ada, { campaignId: id })).rejects.toEqual(refused("own-access-waits"));
    await outside(id, story.ada);
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
    await outside(id, story.ada);
    await callOffCampaign(story.ada, wanted);
    await expect(callOffCampaign(story.ivy, wanted)).rejects.toEqual(refused("campaign-over"));
    await expect(item.confirm(story.max)).rejects.toEqual(refused("campaign-over"));
    await tendCampaigns();
    expect(await rolesOf(story.ben)).toEqual(["agent"]);
    expect(await readCampaign(story.ivy, id)).toMatchObject({ endedBy: "Ada", endedWords: wanted.words });
    expect((await eventsOf("campaign.ended"))[0]).toMatchObject({ details: { why: "called-off" } });
  });

  test("is called off by nobody whose own access still waits in it, and by them once it is decided", async () => {
    const { id } = await start(story.ada);
    const wanted = { campaignId: id, words: "There is nothing to be seen here." };
    for (const who of [story.ada, story.ivy])
      await expect(callOffCampaign(who, wanted)).rejects.toEqual(refused("own-access-waits"));
    await (await itemOf(id, story.ivy)).confirm(story.ada);
    await callOffCampaign(story.ivy, wanted);
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
