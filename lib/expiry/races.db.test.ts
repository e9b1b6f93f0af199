import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verifyLog } from "@/lib/audit/verify-log";
import { expectSound } from "@/lib/testing/life-cycle/sound";
import { decisionRaces } from "@/lib/testing/races/decisions";
import { endingRaces } from "@/lib/testing/races/endings";
import { moreTimeRaces } from "@/lib/testing/races/more-time";
import { peopleRaces } from "@/lib/testing/races/people";
import { useRacetrack } from "@/lib/testing/races/race";
import { ruleRaces } from "@/lib/testing/races/rules";
import { Stage } from "@/lib/testing/races/stage";
import { useStory } from "@/lib/testing/story";

const track = useRacetrack();
const story = useStory(track.through);
const stage = new Stage(story);
const races = [
  ...decisionRaces(stage),
  ...endingRaces(stage),
  ...moreTimeRaces(stage),
  ...peopleRaces(stage),
  ...ruleRaces(stage),
];

/** So many in every run of the tests, over all races; GLIMPSE_RACES=1000 runs the whole. */
const wanted = Number(process.env["GLIMPSE_RACES"] ?? 5 * races.length);
const each = Math.ceil(wanted / races.length);

describe(`of deeds at the same moment, their statements in whichever order (${each} orders of each)`, () => {
  test.each(races)("$title", { timeout: each * 20_000 }, async ({ set }) => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const since = await lastNumber();
        const { deeds, judge } = await set();
        await judge(await track.run(story.control, scheduler, deeds));
        await expectSound(story.control, since);
      }),
      { numRuns: each },
    );
    expect(await verifyLog(story.ivy)).toMatchObject({ intact: true });
  });
});

async function lastNumber(): Promise<number> {
  const [row] = await story.control.owner<{ number: number }[]>`
    SELECT coalesce(max(number), 0)::int AS number FROM requests`;
  return row!.number;
}
