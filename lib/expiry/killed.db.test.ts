import { expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { EventCode } from "@/lib/audit/codes";
import { verifyLog } from "@/lib/audit/verify-log";
import { DatabaseFailure } from "@/lib/db/database-failure";
import { sweep } from "@/lib/expiry/sweep";
import { stopAccess, liftStop } from "@/lib/people/stop-access";
import { openEmergency } from "@/lib/requests/open-emergency";
import { expectSound } from "@/lib/testing/life-cycle/sound";
import type { Passage } from "@/lib/testing/races/gated-wire";
import { useRacetrack } from "@/lib/testing/races/race";
import { type Asked, Stage } from "@/lib/testing/races/stage";
import { useStory } from "@/lib/testing/story";

const track = useRacetrack();
const story = useStory(track.through);
const stage = new Stage(story);

/** What is to be done, and the events that all of it leaves, of these requests. */
type Work = { deed: () => Promise<unknown>; about: readonly Asked[]; whole: readonly EventCode[] };

const works: Record<string, () => Promise<Work>> = {
  "a decision": async () => {
    await stage.policy("one");
    const asked = await stage.asked();
    const which = { requestId: asked.id, version: 1, words: null };
    return { deed: () => approveRequest(story.max, which), about: [asked], whole: ["request.approved"] };
  },
  "the last of two decisions": async () => {
    await stage.policy("both");
    const asked = await stage.asked();
    await approveRequest(story.noor, { requestId: asked.id, version: 1, words: null });
    const which = { requestId: asked.id, version: 2, words: null };
    return { deed: () => approveRequest(story.max, which), about: [asked], whole: ["request.approved"] };
  },
  "an emergency": async () => {
    await stage.policy("emergency");
    const asked = await stage.asked(await stage.person("Tess", ["agent"]));
    const reason = "The ambulance is with her and asks who to call.";
    const deed = () => openEmergency(asked.by, { requestId: asked.id, reason });
    return { deed, about: [asked], whole: ["emergency.opened", "grant.activated"] };
  },
  "a stop": async () => {
    await liftAll();
    const about = [await stage.open(), await stage.ready()];
    const input = { target: { scope: "all" as const }, words: "Somebody else uses her laptop." };
    return { deed: () => stopAccess(story.ada, input), about, whole: ["grant.revoked", "grant.revoked"] };
  },
  "a sweep": async () => {
    const [lapsed, other] = [await stage.ready(), await stage.ready()];
    const asked = await stage.asked();
    await story.control.owner`
      UPDATE grants SET activate_by = clock_timestamp() WHERE id IN (${lapsed.grantId}, ${other.grantId})`;
    await story.control.owner`
      UPDATE requests SET created_at = created_at - interval '25 hours', expires_at = clock_timestamp()
      WHERE id = ${asked.id}`;
    const about = [asked, lapsed, other];
    return { deed: sweep, about, whole: ["request.expired", "grant.lapsed", "grant.lapsed"] };
  },
};

for (const [name, prepare] of Object.entries(works))
  test(
    `${name} whose server dies or whose database is lost, at whichever statement, is whole or is nothing, and can be done again`,
    {
      timeout: 120_000,
    },
    async () => {
      for (const passage of ["lost", "unanswered"] as const) {
        for (let at = 0; ; at++) {
          const { deed, about, whole } = await prepare();
          const since = await stage.logSize();
          const reached = await killedAt(at, passage, deed);
          const halves = await written(since, about);
          expect([[], whole], `${passage} at ${at}`).toContainEqual(halves);
          if (!reached) {
            expect(halves).toEqual(whole);
            break;
          }
          // Another instance, or the same person once more.
          await deed().catch((error: unknown) => {
            expect(error, "done already").toMatchObject({ code: expect.any(String), name: "Refusal" });
          });
          expect(await written(since, about), `${passage} at ${at}, and again`).toEqual(whole);
        }
      }
      await liftAll();
      await expectSound(story.control, 0);
      expect(await verifyLog(story.ivy)).toMatchObject({ intact: true });
    },
  );

/** Does it over a wire that is cut at that statement; false where it was over before. */
async function killedAt(at: number, passage: Passage, deed: () => Promise<unknown>): Promise<boolean> {
  let sent = 0;
  track.wire().hold(() => Promise.resolve(sent++ === at ? passage : "goes on"));
  const outcome = await deed().then(
    () => null,
    (error: unknown) => error,
  );
  track.wire().hold(null);
  if (sent <= at) {
    expect(outcome).toBeNull();
    return false;
  }
  expect(outcome, "nobody is told that it was done").toBeInstanceOf(DatabaseFailure);
  return true;
}

/** The events about these requests, once nobody works on them any more. */
async function written(since: number, about: readonly Asked[]): Promise<EventCode[]> {
  const { owner } = story.control;
  // Whoever lost their client may still be at it: their locks say so.
  await owner`SELECT id FROM requests WHERE id = ANY (${about.map(({ id }) => id)}) FOR UPDATE`;
  await owner`SELECT size FROM audit_head FOR UPDATE`;
  const codes = await Promise.all(about.map((asked) => stage.codes(since, asked)));
  return codes.flat();
}

async function liftAll(): Promise<void> {
  const rows = await story.control.owner<{ id: string }[]>`SELECT id FROM stops WHERE lifted_at IS NULL`;
  for (const { id } of rows) await liftStop(story.ada, { stopId: id, words: "It was a mistake." });
}
