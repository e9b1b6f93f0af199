import { beforeEach, describe, expect, test } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { listInbox } from "@/lib/approvals/list-inbox";
import type { Context } from "@/lib/auth/context";
import { reroute } from "@/lib/expiry/reroute";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson } from "@/lib/people/disable-person";
import { endDelegation } from "@/lib/people/end-delegations";
import type { Submitted } from "@/lib/requests/send-request";
import { submitRequest } from "@/lib/requests/submit-request";
import { signedIn, untilSomebodyWaits } from "@/lib/testing/control";
import { useStory } from "@/lib/testing/story";
import { standsIn } from "@/lib/testing/substitutes";

const story = useStory();
const refused = (code: string) => expect.objectContaining({ code });
const seen = ({ id }: Submitted, version = 1) => ({ requestId: id, version, words: null });
const ask = (who: Context = story.ana) => submitRequest(who, story.draft());
const aCard = () =>
  submitRequest(story.ana, story.draft({ fields: [{ columnId: story.column("pan"), level: "full" }] }));
const numbersOf = async (who: Context) => (await listInbox(who, {})).lines.map((line) => line.number);
const idOf = (who: Context) => who.actor.personId;
const versionOf = async (who: Context) => {
  const [row] = await story.control.owner<{ version: number }[]>`
    SELECT version FROM people WHERE id = ${idOf(who)}`;
  return row!.version;
};
const grantsOf = ({ id }: Submitted) =>
  story.control.owner<{ id: string }[]>`SELECT id FROM grants WHERE request_id = ${id}`;
beforeEach(async () => {
  const { owner } = story.control;
  await owner`UPDATE delegations SET ended_at = clock_timestamp(), ended_why = 'admin' WHERE ended_at IS NULL`;
});

describe("a delegation ends at once", () => {
  const ends: [string, (delegationId: string) => Promise<unknown>][] = [
    ["when it is taken back", (delegationId) => endDelegation(story.max, { delegationId })],
    ["when the substitute gives it back", (delegationId) => endDelegation(story.vera, { delegationId })],
    ["when an admin ends it", (delegationId) => endDelegation(story.ada, { delegationId })],
    [
      "when its time is over",
      async (id) => {
        const { owner } = story.control;
        await owner`UPDATE delegations SET made_at = made_at - interval '2 days', starts_at = starts_at - interval '2 days',
          ends_at = clock_timestamp() WHERE id = ${id}`;
      },
    ],
  ];
  test.each(ends)("%s: the substitute has no seat, and their vote counts no more", async (_, end) => {
    const id = await standsIn(story, story.vera, story.max);
    const [waiting, halfway] = [await ask(), await aCard()];
    await approveRequest(story.vera, seen(halfway));
    expect(await numbersOf(story.paul)).toContain(halfway.number);
    await end(id);
    await expect(approveRequest(story.vera, seen(waiting))).rejects.toEqual(refused("not-an-approver"));
    expect(await numbersOf(story.vera)).not.toContain(waiting.number);
    await expect(approveRequest(story.paul, seen(halfway, 2))).rejects.toEqual(refused("not-an-approver"));
    await reroute();
    expect(await numbersOf(story.max)).toContain(halfway.number);
    await approveRequest(story.max, seen(halfway, 2));
    await approveRequest(story.paul, seen(halfway, 3));
    expect(await grantsOf(halfway)).toHaveLength(1);
  });

  test.each(["delegator", "substitute"] as const)(
    "when the %s loses the role or is disabled, and does not come back with it",
    async (who) => {
      for (const how of ["role", "disabled"] as const) {
        const away = await signedIn(story.control, { name: "Away", roles: ["approver"] });
        const nina = await signedIn(story.control, { name: "Nina", roles: ["approver"] });
        const asker = await signedIn(story.control, {
          name: "Asker",
          roles: ["agent"],
          managerId: idOf(away),
        });
        const id = await standsIn(story, nina, away);
        const whose = who === "delegator" ? away : nina;
        const input = { personId: idOf(whose), version: await versionOf(whose) };
        if (how === "role") {
          await changeRoles(story.ada, { ...input, roles: [] });
          await changeRoles(story.ada, { ...input, version: input.version + 1, roles: ["approver"] });
        } else {
          await disablePerson(story.ada, input);
          await story.control.owner`UPDATE people SET state = 'active' WHERE id = ${input.personId}`;
        }
        const request = await ask(asker);
        await expect(approveRequest(nina, seen(request))).rejects.toEqual(refused("not-an-approver"));
        const [row] = await story.control.owner`SELECT ended_why FROM delegations WHERE id = ${id}`;
        expect(row?.["ended_why"]).toBe(how === "role" ? "role-lost" : "disabled");
      }
    },
  );

  test("and a vote that is being cast is over before: of both at once, each order holds", async () => {
    for (let round = 0; round < 6; round++) {
      const id = await standsIn(story, story.vera, story.max);
      const request = await ask();
      const order = round % 2 === 0 ? ["vote", "end"] : ["end", "vote"];
      const done = new Map<string, PromiseSettledResult<unknown>>();
      const deeds: Record<string, () => Promise<unknown>> = {
        vote: () => approveRequest(story.vera, seen(request)),
        end: () => endDelegation(story.max, { delegationId: id }),
      };
      await Promise.all(
        order.map(async (what) => done.set(what, (await Promise.allSettled([deeds[what]!()]))[0])),
      );
      const voted = done.get("vote")!;
      expect(done.get("end")!.status).toBe("fulfilled");
      expect(await grantsOf(request)).toHaveLength(voted.status === "fulfilled" ? 1 : 0);
      if (voted.status === "rejected") expect(voted.reason).toMatchObject({ code: "not-an-approver" });
    }
  });

  test("in the deciding transaction: an end that waits for the vote comes after it", async () => {
    const id = await standsIn(story, story.vera, story.max);
    const request = await ask();
    const { owner } = story.control;
    let vote: Promise<unknown> = Promise.resolve();
    await owner.begin(async (tx) => {
      await tx`SELECT FROM delegations WHERE id = ${id} FOR UPDATE`;
      vote = approveRequest(story.vera, seen(request)).catch((error: unknown) => error);
      await untilSomebodyWaits(story.control);
      await tx`UPDATE delegations SET ended_at = clock_timestamp(), ended_why = 'admin' WHERE id = ${id}`;
    });
    expect(await vote).toMatchObject({ code: "not-an-approver" });
    expect(await grantsOf(request)).toEqual([]);
  });

  test("a link for a new password of whoever is away ends the seat of the substitute in what was sent before", async () => {
    const away = await signedIn(story.control, { name: "Away", roles: ["approver"] });
    const asker = await signedIn(story.control, { name: "Asker", roles: ["agent"], managerId: idOf(away) });
    await standsIn(story, story.vera, away);
    const request = await ask(asker);
    await story.control.owner`
      INSERT INTO one_time_links (token_hash, purpose, person_id, reset_by_id, created_at, expires_at)
      VALUES ('\\x01', 'invite', ${idOf(away)}, ${idOf(story.ada)}, clock_timestamp(), clock_timestamp() + interval '1 day')`;
    expect(await numbersOf(story.vera)).not.toContain(request.number);
    await expect(approveRequest(story.vera, seen(request))).rejects.toEqual(refused("not-an-approver"));
  });
});
