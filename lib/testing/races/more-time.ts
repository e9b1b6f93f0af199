import "server-only";
import { expect } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { revokeGrant } from "@/lib/approvals/revoke-grant";
import { signOut } from "@/lib/auth/end-session";
import { extendRequest } from "@/lib/requests/extend-request";
import { activateGrant } from "@/lib/reveals/activate-grant";
import { returnGrant } from "@/lib/reveals/return-grant";
import { revealFields } from "@/lib/reveals/reveal-fields";
import { type Given, oneWins, type Race, shownBefore, type Stage } from "./stage";

const reason = "She had to look for her papers first.";
const words = "That is enough.";

/** More time for what is open, and what ends it, at once. */
export function moreTimeRaces(stage: Stage): Race[] {
  const { story } = stage;
  const extend = (first: Given) => () =>
    extendRequest(first.by, { requestId: first.id, reason, viewSeconds: 300 });
  const revoke = (first: Given) => () => revokeGrant(story.max, { grantId: first.grantId, words });
  return [
    {
      title: "more time asked for twice: it is asked for once",
      set: async () => {
        const first = await stage.open();
        return {
          deeds: [extend(first), extend(first)],
          judge: (outcomes) => oneWins(outcomes, "already-extended"),
        };
      },
    },
    {
      title: "an approval of more time and a revocation of what it is for: nothing is left that opens",
      set: async () => {
        const first = await stage.open();
        const more = await extend(first)();
        const approve = () => approveRequest(story.max, { requestId: more.id, version: 1, words: null });
        return {
          deeds: [approve, revoke(first)],
          judge: async ([vote, end]) => {
            expect(end!.told).toBe("done");
            expect(["done", "request-closed", "changed-meanwhile"]).toContain(vote!.told);
            await expectNothingOpen(stage, first);
          },
        };
      },
    },
    {
      title:
        "more time that is granted at once, and the return of what it is for: nothing is left that opens",
      set: async () => {
        await stage.policy("auto");
        const asked = await stage.asked();
        const first = { ...asked, grantId: await stage.grantOf(asked) };
        await activateGrant(first.by, first.grantId);
        return {
          deeds: [extend(first), () => returnGrant(first.by, first.grantId)],
          judge: async ([more, end]) => {
            expect(end!.told).toBe("done");
            expect(["done", "not-extendable"]).toContain(more!.told);
            await expectNothingOpen(stage, first);
          },
        };
      },
    },
    {
      title: "a reveal that is bound to its session, and signing out: nothing is shown once that was told",
      set: async () => {
        await stage.policy("one");
        const tess = await stage.person("Tess", ["agent"]);
        const asked = await stage.asked(tess, { withSession: true });
        await approveRequest(story.max, { requestId: asked.id, version: 1, words: null });
        const grantId = await stage.grantOf(asked);
        await activateGrant(tess, grantId);
        return {
          deeds: [() => revealFields(tess, { grantId }), () => signOut(tess)],
          judge: ([look, end]) => shownBefore(look!, end!, "not-permitted", "grant-ended", "not-signed-in"),
        };
      },
    },
  ];
}

/** Neither the first grant nor any that was to follow it. */
async function expectNothingOpen({ story }: Stage, { id }: Given): Promise<void> {
  const open = await story.control.owner`
    SELECT g.state FROM grants g JOIN requests r ON r.id = g.request_id
    WHERE (r.id = ${id} OR r.parent_id = ${id}) AND g.state IN ('ready', 'active')`;
  expect(open).toEqual([]);
}
