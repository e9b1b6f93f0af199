import fc from "fast-check";
import { expect, test } from "vitest";
import { verifyLog } from "@/lib/audit/verify-log";
import type { Context } from "@/lib/auth/context";
import { sweep } from "@/lib/expiry/sweep";
import { activePolicy } from "@/lib/testing/active-policy";
import { signedIn } from "@/lib/testing/control";
import { deeds } from "@/lib/testing/life-cycle/deeds";
import { followLog } from "@/lib/testing/life-cycle/log";
import { cast, newModel, type Player, type Real } from "@/lib/testing/life-cycle/model";
import { policies } from "@/lib/testing/life-cycle/policies";
import { expectSound } from "@/lib/testing/life-cycle/sound";
import { record, useStory } from "@/lib/testing/story";

/** So many in every run of the tests; GLIMPSE_MODEL_RUNS=2000 plays the whole, GLIMPSE_MODEL_SEED the same again. */
const runs = Number(process.env["GLIMPSE_MODEL_RUNS"] ?? 40);
const seed = process.env["GLIMPSE_MODEL_SEED"];
const story = useStory();
let playedBefore: string[] = [];

test(
  `whatever people do, in whichever order: no reveal outside a live grant, no self-decision, no double seat, no lost event (${runs} runs)`,
  { timeout: runs * 3_000 },
  async () => {
    const quinn = await signedIn(story.control, { name: "Quinn", roles: ["policy_admin"] });
    await fc.assert(
      fc.asyncProperty(
        fc.commands(deeds([record(1)]), { maxCommands: 60, size: "max" }),
        async (commands) => {
          const since = await cleared();
          const contexts = await players();
          const real: Real = { story, quinn, contexts, log: await followLog(story.control) };
          await fc.asyncModelRun(() => ({ model: newModel(), real }), commands);
          await expectSound(story.control, since);
        },
      ),
      { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
    );
    expect(await verifyLog(story.ivy)).toMatchObject({ intact: true });
    await expectLively();
  },
);

/** Puts away what the run before has left: every run begins with nothing stopped, waiting or open. */
async function cleared(): Promise<number> {
  const { owner } = story.control;
  await activePolicy(story, [policies.one.rule], { reviewShare: 0.3 });
  await sweep();
  await owner.unsafe(`
    UPDATE stops SET lifted_at = clock_timestamp(), lifted_by = set_by, lifted_words = 'The run is over.' WHERE lifted_at IS NULL;
    UPDATE requests SET state = 'withdrawn', decided_at = clock_timestamp() WHERE state = 'pending';
    UPDATE grants SET state = 'returned', closed_at = clock_timestamp() WHERE state IN ('ready', 'active');`);
  await owner`DELETE FROM group_members WHERE person_id <> ${story.paul.actor.personId}
    AND group_id = (SELECT id FROM groups WHERE slug = 'payments')`;
  const [last] = await owner<
    { number: number }[]
  >`SELECT coalesce(max(number), 0)::int AS number FROM requests`;
  return last!.number;
}

/** New people for each run, so that none is tired of the one before; those of that one are gone. */
async function players(): Promise<Map<Player, Context>> {
  const { control } = story;
  await control.owner`
    UPDATE people SET state = 'disabled', disabled_at = clock_timestamp() WHERE id = ANY (${playedBefore}) AND state <> 'disabled'`;
  const noor = await signedIn(control, { name: "Noor", roles: cast.noor });
  const managerId = noor.actor.personId;
  const max = await signedIn(control, { name: "Max", roles: cast.max, managerId });
  const under = { managerId: max.actor.personId };
  const ana = await signedIn(control, { name: "Ana", roles: cast.ana, ...under });
  const ben = await signedIn(control, { name: "Ben", roles: cast.ben, ...under });
  const paul = await signedIn(control, { name: "Paul", roles: cast.paul });
  const all = { noor, max, ana, ben, paul };
  playedBefore = Object.values(all).map(({ actor }) => actor.personId);
  return new Map<Player, Context>(Object.entries(all) as [Player, Context][]);
}

/** What happens in nearly every run. */
const common = ["request.approved", "grant.activated", "reveal.opened"];
/** What many runs together cannot miss. */
const rare = [
  ...["request.endorsed", "request.narrowed", "request.denied", "request.denied_by_policy"],
  ...["request.granted_by_policy", "request.withdrawn", "request.expired", "request.rerouted"],
  ...["emergency.opened", "review.judged_justified", "review.judged_not_justified"],
  ...["grant.ended", "grant.lapsed", "grant.returned", "grant.revoked", "stop.set", "stop.lifted"],
  ...["delegation.made", "delegation.ended", "request.escalated"],
  ...["person.disabled", "person.enabled", "person.roles_changed", "group.changed", "policy.activated"],
];

/** A model that nothing happens in finds nothing. */
async function expectLively(): Promise<void> {
  const rows = await story.control.owner<{ code: string }[]>`SELECT DISTINCT code FROM audit_events`;
  const happened = rows.map(({ code }) => code);
  expect(happened).toEqual(expect.arrayContaining(runs < 500 ? common : [...common, ...rare]));
}
