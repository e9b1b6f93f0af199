import { beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { endDelegation } from "@/lib/people/end-delegations";
import { nameSubstitute } from "@/lib/people/name-substitute";
import { useStory } from "@/lib/testing/story";
import { standsIn } from "@/lib/testing/substitutes";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const idOf = (who: Context) => who.actor.personId;
beforeEach(async () => {
  const { owner } = story.control;
  await owner`UPDATE delegations SET ended_at = clock_timestamp(), ended_why = 'admin' WHERE ended_at IS NULL`;
});

describe("whoever names a substitute", () => {
  const today = new Date().toISOString().slice(0, 10);
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const wanted = (change: object = {}) => ({
    ...{ substituteId: idOf(story.vera), from: today, until: today },
    ...change,
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ["not oneself", () => nameSubstitute(story.max, wanted({ substituteId: idOf(story.max) })), "bad-input"],
    [
      "not somebody who approves nothing",
      () => nameSubstitute(story.max, wanted({ substituteId: idOf(story.ben) })),
      "bad-input",
    ],
    ["is an approver", () => nameSubstitute(story.ben, wanted()), "not-permitted"],
    [
      "not for longer than 30 days",
      () => nameSubstitute(story.max, wanted({ until: inDays(31) })),
      "bad-input",
    ],
    ["not backwards", () => nameSubstitute(story.max, wanted({ from: inDays(3) })), "bad-input"],
    [
      "not for days that are over",
      () => nameSubstitute(story.max, wanted({ from: inDays(-3), until: inDays(-2) })),
      "bad-input",
    ],
  ])("%s", async (_, deed, code) => {
    await expect(deed()).rejects.toMatchObject({ code });
    expect(await story.control.owner`SELECT FROM delegations WHERE ended_at IS NULL`).toEqual([]);
  });

  test("has one at a time, of several at once too", async () => {
    const others = [story.vera, story.noor, story.paul].map((who) =>
      nameSubstitute(story.max, wanted({ substituteId: idOf(who), until: inDays(2) })),
    );
    const outcomes = await Promise.allSettled(others);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(nameSubstitute(story.max, wanted({ from: inDays(2), until: inDays(9) }))).rejects.toEqual(
      refused("bad-input"),
    );
    await nameSubstitute(story.max, wanted({ from: inDays(3), until: inDays(9) }));
  });

  test("is the only one beside the substitute and admins who ends it, once", async () => {
    const delegationId = await standsIn(story, story.vera, story.max);
    await expect(endDelegation(story.paul, { delegationId })).rejects.toEqual(refused("not-found"));
    await endDelegation(story.max, { delegationId });
    await expect(endDelegation(story.max, { delegationId })).rejects.toEqual(refused("changed-meanwhile"));
  });
});
