import fc from "fast-check";
import { expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { activePolicy } from "@/lib/testing/active-policy";
import { signedIn } from "@/lib/testing/control";
import { deeds } from "@/lib/testing/life-cycle/deeds";
import { cast, newModel, type Player, policies } from "@/lib/testing/life-cycle/model";
import { record, useStory } from "@/lib/testing/story";

/** So many in every run of the tests; GLIMPSE_MODEL_RUNS=2000 plays the whole. */
const runs = Number(process.env["GLIMPSE_MODEL_RUNS"] ?? 40);
const story = useStory();

test(
  `whatever people do, in whichever order: no reveal outside a live grant, no self-decision, no double seat, no lost event (${runs} runs)`,
  { timeout: runs * 3_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands(deeds([record(1)]), { maxCommands: 60, size: "max" }),
        async (commands) => {
          await activePolicy(story, [{ outcome: policies.one.outcome }]);
          const start = { model: newModel(), real: { story, contexts: await players() } };
          await fc.asyncModelRun(() => start, commands);
          await expectSound();
        },
      ),
      { numRuns: runs },
    );
    await expectLively();
  },
);

/** New people for each run, so that none is tired of the one before. */
async function players(): Promise<Map<Player, Context>> {
  const { control } = story;
  const noor = await signedIn(control, { name: "Noor", roles: cast.noor });
  const managerId = noor.actor.personId;
  const max = await signedIn(control, { name: "Max", roles: cast.max, managerId });
  const under = { managerId: max.actor.personId };
  const ana = await signedIn(control, { name: "Ana", roles: cast.ana, ...under });
  const ben = await signedIn(control, { name: "Ben", roles: cast.ben, ...under });
  const paul = await signedIn(control, { name: "Paul", roles: cast.paul });
  return new Map<Player, Context>(Object.entries({ noor, max, ana, ben, paul }) as [Player, Context][]);
}

/** What must hold of the whole database after every run. */
async function expectSound(): Promise<void> {
  const { owner } = story.control;
  const [log] = await owner`
    SELECT count(*)::int AS events, count(DISTINCT seq)::int AS numbers, (SELECT size::int FROM audit_head) AS size,
      count(*) FILTER (WHERE code = 'reveal.opened' AND NOT EXISTS (
        SELECT FROM audit_events a WHERE a.code = 'grant.activated' AND a.grant_id = e.grant_id AND a.seq < e.seq))::int
        AS unopened
    FROM audit_events e`;
  const size: unknown = log!["size"];
  expect(log).toEqual({ events: size, numbers: size, size, unopened: 0 });
  expect(await owner`SELECT FROM decisions WHERE approver_id = requester_id`).toEqual([]);
  const unfounded = await owner`
    SELECT FROM grants g JOIN requests r ON r.id = g.request_id WHERE r.state <> 'approved' OR g.holder_id <> r.requester_id`;
  expect(unfounded).toEqual([]);
}

/** A model that nothing happens in finds nothing. */
async function expectLively(): Promise<void> {
  const rows = await story.control.owner<{ code: string; count: number }[]>`
    SELECT code, count(*)::int FROM audit_events GROUP BY code`;
  const counts = new Map(rows.map(({ code, count }) => [code, count]));
  for (const code of ["reveal.opened", "grant.ended", "request.approved", "grant.revoked", "request.denied"])
    expect(counts.get(code) ?? 0, code).toBeGreaterThan(0);
}
