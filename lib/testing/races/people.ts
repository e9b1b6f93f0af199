import "server-only";
import { expect } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import type { Context } from "@/lib/auth/context";
import { changeManager } from "@/lib/people/change-manager";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson } from "@/lib/people/disable-person";
import { changeGroup } from "@/lib/people/groups";
import { makeNewLink } from "@/lib/people/invite-person";
import { stopAccess, liftStop } from "@/lib/people/stop-access";
import { submitRequest } from "@/lib/requests/submit-request";
import { type Asked, isBefore, type Race, type Stage } from "./stage";

const approve =
  (who: Context, { id }: Asked, version = 1) =>
  () =>
    approveRequest(who, { requestId: id, version, words: null });
const byPerson = (who: Context) => [
  {
    outcome: {
      kind: "review",
      steps: [{ anyOf: [{ who: { kind: "people", ids: [who.actor.personId] }, count: 1 }] }],
    },
  },
];

/** A vote while its voter, or who voted before, loses what it needs: it counts only where it was on record first. */
export function peopleRaces(stage: Stage): Race[] {
  const { story } = stage;
  return [
    {
      title: "a vote and the demotion of its voter: it counts only if it is on record first",
      set: () =>
        voterLoses(stage, "person.roles_changed", async (voter) => {
          const input = { ...(await stage.seen(voter)), roles: [] };
          return () => changeRoles(story.ada, input);
        }),
    },
    {
      title: "a vote and the disabling of its voter: it counts only if it is on record first",
      set: () =>
        voterLoses(stage, "person.disabled", async (voter) => {
          const input = await stage.seen(voter);
          return () => disablePerson(story.ada, input);
        }),
    },
    {
      title: "a vote and a new-password link for its voter: it counts only if it is on record first",
      set: () =>
        voterLoses(stage, "person.link_made", async (voter) => {
          const { personId } = voter.actor;
          return () => makeNewLink(story.ada, { personId });
        }),
    },
    {
      title: "the second vote and the demotion of who gave the first: two people stand behind what opens",
      set: async () => {
        await stage.policy("both");
        const first = await stage.person("Finn", ["approver"]);
        const asked = await stage.asked();
        await approve(first, asked)();
        const input = { ...(await stage.seen(first)), roles: [] };
        const since = await stage.logSize();
        return {
          deeds: [approve(story.noor, asked, 2), () => changeRoles(story.ada, input)],
          judge: async (outcomes) => {
            expect(outcomes.map(({ told }) => told)).toEqual(["done", "done"]);
            const codes = await stage.codes(since);
            const inTime = isBefore(codes, "request.approved", "person.roles_changed");
            expect(codes.includes("request.approved")).toBe(inTime);
            expect(codes.includes("request.endorsed")).toBe(!inTime);
          },
        };
      },
    },
    {
      title: "a vote and its voter leaving the group that was asked: it counts only if it is on record first",
      set: () => leaving(stage),
    },
    {
      title:
        "a vote, and both its voter and the one before leaving the group: neither waits for the other forever",
      set: () => bothLeave(stage),
    },
    {
      title: "a vote of a manager and of the one who takes their place: one of them decides",
      set: async () => {
        await stage.policy("one");
        const asked = await stage.asked(await stage.person("Tess", ["agent"]));
        const input = { ...(await stage.seen(asked.by)), manager: story.noor.actor.personId };
        const change = () => changeManager(story.ada, input);
        const since = await stage.logSize();
        return {
          deeds: [approve(story.max, asked), change, approve(story.noor, asked)],
          judge: async ([old, moved, other]) => {
            expect(moved!.told).toBe("done");
            const told = [old!.told, other!.told];
            const codes = await stage.codes(since);
            const inTime = isBefore(codes, "request.approved", "person.manager_changed");
            if (told.includes("done")) expect(old!.told === "done", codes.join(" ")).toBe(inTime);
            // Each may have come too early or too late; never both, and nobody twice.
            expect(told.filter((one) => one === "done").length, told.join(", ")).toBeLessThanOrEqual(1);
            for (const one of told)
              expect(["done", "not-an-approver", "already-decided", "changed-meanwhile"]).toContain(one);
          },
        };
      },
    },
    {
      title: "an approval and the disabling of the requester: nothing is left open",
      set: async () => {
        await stage.policy("one");
        const asked = await stage.asked(await stage.person("Tess", ["agent"]));
        const input = await stage.seen(asked.by);
        return {
          deeds: [approve(story.max, asked), () => disablePerson(story.ada, input)],
          judge: async ([vote, end]) => {
            expect(end!.told).toBe("done");
            expect(["done", "already-decided", "changed-meanwhile"]).toContain(vote!.told);
            const last = (await stage.codes(0, asked)).at(-1);
            expect(last).toBe(vote!.told === "done" ? "grant.revoked" : "request.withdrawn");
          },
        };
      },
    },
    {
      title:
        "a request that is granted at once and a stop: what was granted before it ends, and nothing after it",
      set: async () => {
        await stage.policy("auto");
        const tess = await stage.person("Tess", ["agent"]);
        const target = { scope: "person" as const, personId: tess.actor.personId };
        return {
          deeds: [
            () => submitRequest(tess, story.draft()),
            () => stopAccess(story.ada, { target, words: "Somebody else uses her laptop." }),
          ],
          judge: async ([sent, stop]) => {
            const [row] = await story.control.owner<
              { id: string }[]
            >`SELECT id FROM stops WHERE lifted_at IS NULL`;
            await liftStop(story.ada, { stopId: row!.id, words: "It was a mistake." });
            expect(stop!.told).toBe("done");
            expect(["done", "access-stopped"]).toContain(sent!.told);
            const live = await story.control.owner`
              SELECT FROM grants WHERE holder_id = ${target.personId} AND state <> 'revoked'`;
            expect(live).toEqual([]);
          },
        };
      },
    },
  ];
}

/** `code` is the event by which the voter loses their seat. */
async function voterLoses(
  stage: Stage,
  code: "person.roles_changed" | "person.disabled" | "person.link_made",
  prepared: (voter: Context) => Promise<() => Promise<unknown>>,
): ReturnType<Race["set"]> {
  const voter = await stage.person("Vito", ["approver"]);
  await stage.policy(byPerson(voter));
  const asked = await stage.asked();
  const lose = await prepared(voter);
  const since = await stage.logSize();
  return {
    deeds: [approve(voter, asked), lose],
    judge: async ([vote, loss]) => {
      expect(loss!.told).toBe("done");
      expect(["done", "not-permitted", "not-an-approver", "seat-ended"]).toContain(vote!.told);
      const codes = await stage.codes(since);
      expect(codes.includes("request.approved")).toBe(vote!.told === "done");
      if (vote!.told === "done")
        expect(isBefore(codes, "request.approved", code), codes.join(" ")).toBe(true);
    },
  };
}

async function leaving(stage: Stage): ReturnType<Race["set"]> {
  const { story } = stage;
  await stage.policy("payments");
  const [group] = await story.control.owner<{ id: string; version: number }[]>`
    SELECT id, version FROM groups WHERE slug = 'payments'`;
  const asked = await stage.asked();
  const paul = story.paul.actor.personId;
  const others = { groupId: group!.id, personIds: [story.vera.actor.personId] };
  const since = await stage.logSize();
  return {
    deeds: [approve(story.paul, asked), () => changeGroup(story.ada, { ...others, version: group!.version })],
    judge: async ([vote, left]) => {
      expect(left!.told).toBe("done");
      await changeGroup(story.ada, { groupId: group!.id, version: group!.version + 1, personIds: [paul] });
      expect(["done", "not-an-approver"]).toContain(vote!.told);
      const codes = await stage.codes(since);
      if (vote!.told === "done") expect(isBefore(codes, "request.approved", "group.changed")).toBe(true);
      else expect(codes).not.toContain("request.approved");
    },
  };
}

async function bothLeave(stage: Stage): ReturnType<Race["set"]> {
  const { story } = stage;
  await stage.policy([
    {
      outcome: {
        kind: "review",
        steps: [{ anyOf: [{ who: { kind: "group", group: "payments" }, count: 2 }] }],
      },
    },
  ]);
  const [first, second] = [await stage.person("Finn", ["approver"]), await stage.person("Fay", ["approver"])];
  const [group] = await story.control.owner<{ id: string; version: number }[]>`
    SELECT id, version FROM groups WHERE slug = 'payments'`;
  const paul = story.paul.actor.personId;
  const both = [first, second].map(({ actor }) => actor.personId);
  const groupId = group!.id;
  await changeGroup(story.ada, { groupId, version: group!.version, personIds: [paul, ...both] });
  const asked = await stage.asked();
  await approve(first, asked)();
  const leave = () => changeGroup(story.ada, { groupId, version: group!.version + 1, personIds: [paul] });
  return {
    deeds: [approve(second, asked, 2), leave],
    judge: ([vote, left]) => {
      expect(left!.told).toBe("done");
      expect(["done", "not-an-approver"]).toContain(vote!.told);
    },
  };
}
