import { expect, test } from "vitest";
import { startCampaign, startSchema } from "@/lib/campaigns/start-campaign";
import { tendCampaigns } from "@/lib/campaigns/tend-campaigns";
import { inOrder, useMail, useMailServer } from "@/lib/testing/mail-turns";
import { readLapse } from "@/lib/campaigns/find-lapsing";
import { readHome } from "@/lib/home/read-home";
import { idOf, inDays, useCampaigns } from "@/lib/testing/campaigns";
import { useStory } from "@/lib/testing/story";

const post = useMailServer();
const story = useStory();
const { told, line, received } = useMail(story, post);
const { start, itemOf, pass, agent, endAll, owner } = useCampaigns(story);
const hourMs = 3_600_000;

test("of access to confirm is told whoever may confirm it at this moment, at the start and when time runs out; never its owner", async () => {
  await told();
  const until = new Date(Date.now() + 10 * 24 * hourMs).toISOString().slice(0, 10);
  const { id } = await startCampaign(
    story.ivy,
    startSchema.parse({ name: "Autumn", until, roles: ["steward"], removeUndecided: "on" }),
  );
  expect(await told()).toEqual([await line(story.ada, "Access waits for your confirmation")]);
  // Whoever becomes the manager meanwhile has no seat, and is not told.
  await story.control.owner`UPDATE people SET manager_id = ${story.noor.actor.personId}
      WHERE id = ${story.sam.actor.personId}`;
  await story.control.owner`UPDATE access_campaigns SET started_at = started_at - interval '10 days',
      due_at = due_at - interval '10 days' WHERE id = ${id}`;
  await tendCampaigns();
  expect(await told()).toEqual(
    inOrder([
      await line(story.ada, "Access still waits for your confirmation"),
      await line(story.sam, "What you may do in Glimpse is about to end"),
    ]),
  );
  await story.control
    .owner`UPDATE access_campaigns SET ended_at = clock_timestamp(), ended_why = 'decided' WHERE id = ${id}`;
  expect(await told()).toEqual([]);
  await story.control.owner`UPDATE people SET manager_id = NULL WHERE id = ${story.sam.actor.personId}`;
});

test("whose access goes at the end of a campaign is warned a week and a day before, by mail and at home, until somebody decides", async () => {
  const [lea, tom] = [await agent("Lea"), await agent("Tom")];
  await owner()`INSERT INTO person_roles VALUES (${idOf(lea)}, 'policy_admin'), (${idOf(tom)}, 'policy_admin')`;
  const wanted = { roles: ["policy_admin"], until: inDays(20) };
  const { id } = await start(story.ivy, { ...wanted, removeUndecided: "on" });
  const warned = async () =>
    (await received()).filter(({ headers }) => headers.get("subject")?.includes("is about to end"));
  expect(await warned()).toEqual([]);
  expect(await readLapse(lea.db, idOf(lea))).toMatchObject({ waitsFor: "Max", isSoon: false });
  await pass(id, 14);
  await tendCampaigns();
  const [first, ...others] = await warned();
  // Pia has no manager: admins decide.
  expect(others).toHaveLength(2);
  expect(first?.text).toMatch(/Unless (Max|an admin) does, it is removed/);
  expect((await readHome(lea)).lapse).toMatchObject({ waitsFor: "Max", isSoon: true });
  expect((await readHome(story.max)).toConfirm).toMatchObject({ count: 2 });
  expect((await readHome(story.ben)).lapse).toBeNull();

  await (await itemOf(id, lea)).confirm(story.max);
  expect((await readHome(lea)).lapse).toBeNull();
  await pass(id, 6);
  await tendCampaigns();
  expect(await warned()).toHaveLength(2);
  await endAll();
});

test("of a campaign that removes nothing by itself nobody is warned, though another one does", async () => {
  const { id } = await start(story.ivy, { roles: ["steward"], until: inDays(10) });
  const other = await start(story.ivy, { roles: ["policy_admin"], until: inDays(60), removeUndecided: "on" });
  await received();
  await pass(id, 4);
  await tendCampaigns();
  const said = (await received()).map(({ headers }) => headers.get("subject"));
  expect(new Set(said)).toEqual(new Set(["Glimpse: Access still waits for your confirmation"]));
  expect((await readHome(story.sam)).lapse).toBeNull();
  expect(other.people).toBeGreaterThan(0);
  await endAll();
});
