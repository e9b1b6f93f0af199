import { expect, test } from "vitest";
import { startCampaign, startSchema } from "@/lib/campaigns/start-campaign";
import { tendCampaigns } from "@/lib/campaigns/tend-campaigns";
import { useMail, useMailServer } from "@/lib/testing/mail-turns";
import { useStory } from "@/lib/testing/story";

const post = useMailServer();
const story = useStory();
const { told, line } = useMail(story, post);
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
  expect(await told()).toEqual([await line(story.ada, "Access still waits for your confirmation")]);
  await story.control
    .owner`UPDATE access_campaigns SET ended_at = clock_timestamp(), ended_why = 'decided' WHERE id = ${id}`;
  expect(await told()).toEqual([]);
  await story.control.owner`UPDATE people SET manager_id = NULL WHERE id = ${story.sam.actor.personId}`;
});
