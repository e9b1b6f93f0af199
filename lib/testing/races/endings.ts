import "server-only";
import { expect } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { reopenColumns } from "@/lib/catalog/reopen-columns";
import { confirmColumns } from "@/lib/catalog/confirm-columns";
import { sweep } from "@/lib/expiry/sweep";
import { changeRoles } from "@/lib/people/change-roles";
import { disablePerson } from "@/lib/people/disable-person";
import { liftStop, stopAccess } from "@/lib/people/stop-access";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { returnGrant } from "@/lib/reveals/return-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { type Given, isBefore, oneWins, type Race, shownBefore, type Stage } from "./stage";

const words = "Somebody else uses her laptop.";

/** A reveal, or the opening of a grant, while somebody ends it. */
export function endingRaces(stage: Stage): Race[] {
  const { story } = stage;
  const reveal = (given: Given) => () => revealFields(given.by, { grantId: given.grantId });
  const revoke = (given: Given) => () => revokeGrant(story.max, { grantId: given.grantId, words });
  return [
    {
      title: "a reveal and a revocation: nothing is shown once it was told that it is over",
      set: async () => {
        const given = await stage.open();
        return {
          deeds: [reveal(given), revoke(given)],
          judge: async ([look, end]) => {
            shownBefore(look!, end!, "grant-revoked");
            await expect(reveal(given)()).rejects.toMatchObject({ code: "grant-revoked" });
          },
        };
      },
    },
    ...(["all", "person", "source"] as const).map((scope) => stopped(stage, scope)),
    {
      title: "a reveal and the disabling of its holder: nothing is shown once that was told",
      set: async () => {
        const given = await stage.open(await stage.person("Tess", ["agent"]));
        const input = await stage.seen(given.by);
        return {
          deeds: [reveal(given), () => disablePerson(story.ada, input)],
          judge: ([look, end]) => shownBefore(look!, end!, "grant-revoked", "not-permitted"),
        };
      },
    },
    {
      title: "a reveal and the loss of its holder's role: nothing is shown once that was told",
      set: async () => {
        const given = await stage.open(await stage.person("Tess", ["agent"]));
        const input = { ...(await stage.seen(given.by)), roles: [] };
        return {
          deeds: [reveal(given), () => changeRoles(story.ada, input)],
          judge: ([look, end]) => shownBefore(look!, end!, "grant-revoked", "not-permitted"),
        };
      },
    },
    {
      title:
        "a reveal, a column that a steward reopens, and a revocation: nothing is shown once either was told",
      set: () => reopened(stage),
    },
    {
      title: "a grant is opened, given back and revoked: it is over, and ends once",
      set: async () => {
        const given = await stage.ready();
        return {
          deeds: [
            () => activateGrant(given.by, given.grantId),
            () => returnGrant(given.by, given.grantId),
            revoke(given),
          ],
          judge: async ([open, back, end]) => {
            oneWins([back!, end!], "grant-revoked", "grant-returned", "changed-meanwhile");
            expect(["done", "grant-revoked", "grant-returned"]).toContain(open!.told);
            await expect(reveal(given)()).rejects.toMatchObject({ code: expect.stringMatching(/grant-re/) });
          },
        };
      },
    },
    {
      title: "a grant is opened in two tabs: one window, one event",
      set: async () => {
        const given = await stage.ready();
        const open = () => activateGrant(given.by, given.grantId);
        return {
          deeds: [open, open],
          judge: async (outcomes) => {
            expect(outcomes.map(({ told }) => told)).toEqual(["done", "done"]);
            const codes = await stage.codes(0, given);
            expect(codes.filter((code) => code === "grant.activated")).toHaveLength(1);
          },
        };
      },
    },
    {
      title: "the last view of a grant in two tabs: it is shown once",
      set: async () => {
        await stage.policy([{ outcome: { kind: "auto" }, caps: { views: 1 } }]);
        const asked = await stage.asked();
        const given = { ...asked, grantId: await stage.grantOf(asked) };
        await activateGrant(given.by, given.grantId);
        return {
          deeds: [reveal(given), reveal(given)],
          judge: (outcomes) => oneWins(outcomes, "views-spent"),
        };
      },
    },
    {
      title: "two sweepers and somebody who gives back: each end is written down once",
      set: async () => {
        const [lapsed, given] = [await stage.ready(), await stage.open()];
        await story.control
          .owner`UPDATE grants SET activate_by = clock_timestamp() WHERE id = ${lapsed.grantId}`;
        return {
          deeds: [sweep, sweep, () => returnGrant(given.by, given.grantId)],
          judge: async (outcomes) => {
            expect(outcomes.map(({ told }) => told)).toEqual(["done", "done", "done"]);
            await sweep();
            expect((await stage.codes(0, lapsed)).filter((code) => code === "grant.lapsed")).toHaveLength(1);
          },
        };
      },
    },
    {
      title: "a stop, the disabling of the holder and a sweep of several grants: each grant ends once",
      set: () => manyEnd(stage),
    },
    {
      title:
        "an approval and a stop: what was granted before it ends with it, and nothing is granted after it",
      set: async () => {
        await stage.policy("one");
        const asked = await stage.asked();
        const stop = () => stopAccess(story.ada, { target: { scope: "all" }, words });
        return {
          deeds: [() => approveRequest(story.max, { requestId: asked.id, version: 1, words: null }), stop],
          judge: async ([vote, end]) => {
            expect(end!.told).toBe("done");
            await liftAll(stage);
            expect(["done", "access-stopped"]).toContain(vote!.told);
            const codes = await stage.codes(0, asked);
            expect(codes.includes("grant.revoked")).toBe(vote!.told === "done");
            if (vote!.told === "done")
              expect(isBefore(codes, "request.approved", "grant.revoked")).toBe(true);
          },
        };
      },
    },
  ];
}

function stopped(stage: Stage, scope: "all" | "person" | "source"): Race {
  const { story } = stage;
  return {
    title: `a reveal and a stop of ${scope === "all" ? "everything" : `its ${scope}`}: nothing is shown once it is set`,
    set: async () => {
      const given = await stage.open();
      const target = {
        all: { scope: "all" as const },
        person: { scope: "person" as const, personId: given.by.actor.personId },
        source: { scope: "source" as const, sourceId: story.table.source.id },
      }[scope];
      return {
        deeds: [
          () => revealFields(given.by, { grantId: given.grantId }),
          () => stopAccess(story.ada, { target, words }),
        ],
        judge: async ([look, end]) => {
          await liftAll(stage);
          shownBefore(look!, end!, "access-stopped", "grant-revoked");
        },
      };
    },
  };
}

async function liftAll({ story }: Stage): Promise<void> {
  const rows = await story.control.owner<{ id: string }[]>`SELECT id FROM stops WHERE lifted_at IS NULL`;
  for (const { id } of rows) await liftStop(story.ada, { stopId: id, words: "It was a mistake." });
}

async function reopened(stage: Stage): ReturnType<Race["set"]> {
  const { story } = stage;
  const given = await stage.open();
  const id = story.column("email");
  const column = async () => {
    const [row] = await story.control.owner<{ version: number }[]>`
      SELECT version FROM catalog_columns WHERE id = ${id}`;
    return { id, version: row!.version };
  };
  const sourceId = story.table.source.id;
  const which = { columns: [await column()] };
  return {
    deeds: [
      () => revealFields(given.by, { grantId: given.grantId }),
      () => reopenColumns(story.sam, { sourceId, which }),
      () => revokeGrant(story.max, { grantId: given.grantId, words }),
    ],
    judge: async ([look, reopen, revoke]) => {
      const mask = { method: "partial" as const, shape: "email" as const };
      await confirmColumns(story.sam, {
        sourceId,
        choices: [{ ...(await column()), classId: "email", mask }],
      });
      shownBefore(look!, reopen!, "grant-revoked", "column-changed");
      if (revoke!.told === "done") shownBefore(look!, revoke!, "grant-revoked", "column-changed");
      else expect(revoke!.told).toBe("grant-revoked");
    },
  };
}

async function manyEnd(stage: Stage): ReturnType<Race["set"]> {
  const { story } = stage;
  const tess = await stage.person("Tess", ["agent"]);
  const [ready, open, lapsed] = [await stage.ready(tess), await stage.open(tess), await stage.ready(tess)];
  await story.control.owner`UPDATE grants SET activate_by = clock_timestamp() WHERE id = ${lapsed.grantId}`;
  const input = await stage.seen(tess);
  const target = { scope: "all" as const };
  return {
    deeds: [() => stopAccess(story.ada, { target, words }), () => disablePerson(story.ada, input), sweep],
    judge: async (outcomes) => {
      await liftAll(stage);
      expect(outcomes.map(({ told }) => told)).toEqual(["done", "done", "done"]);
      for (const given of [ready, open])
        expect((await stage.codes(0, given)).filter((code) => code === "grant.revoked")).toHaveLength(1);
    },
  };
}
