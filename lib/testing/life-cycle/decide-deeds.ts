import "server-only";
import { expect } from "vitest";
import { approveRequest } from "@/lib/approvals/approve-request";
import { denyRequest } from "@/lib/approvals/deny-request";
import { judgeReview } from "@/lib/approvals/judge-review";
import { narrowRequest } from "@/lib/approvals/narrow-request";
import type { EventCode } from "@/lib/audit/codes";
import {
  type AskedFor,
  contextOf,
  type Deed,
  deed,
  hasRequests,
  isStopped,
  may,
  type Model,
  pick,
  type Player,
  type Real,
  tried,
} from "./model";
import { policies } from "./policies";
import { settle } from "./story-deeds";

export const verdicts = ["approves", "narrows", "denies"] as const;
export type Verdict = (typeof verdicts)[number];

const lastCode = {
  approves: "request.approved",
  narrows: "request.narrowed",
  denies: "request.denied",
} as const satisfies Record<Verdict, EventCode>;

/** `late` says by how many versions the page is behind. */
export const vote = (who: Player, at: number, verdict: Verdict, late: number): Deed =>
  deed(
    `${who} ${verdict} ${at}${late > 0 ? ", as it was before" : ""}`,
    async (model, real) => {
      const request = pick(model.requests, at);
      const which = { requestId: request.id, version: Math.max(1, request.version - late), words: null };
      const ctx = contextOf(real, who);
      const cast = {
        approves: () => approveRequest(ctx, which),
        narrows: () => narrowRequest(ctx, { ...which, viewSeconds: 60 }),
        denies: () => denyRequest(ctx, { ...which, words: "Not for this." }),
      }[verdict];
      const done = await tried(real, cast, ({ more }) => [more ? "request.endorsed" : lastCode[verdict]]);
      if (!done) return;
      const holder = await holderOf(real, request, who);
      expectFair(model, request, who, holder);
      expect(which.version, "nobody decides on what they did not see").toBe(request.version);
      if (verdict !== "denies") {
        request.votes.set(who, "stands");
        if (holder !== who) request.votedFor.set(who, holder);
        if (!done.result.more) {
          expect(isStopped(model, request.by), "nothing is granted under a stop").toBe(false);
          expect(standing(model, request), "a quorum is counted in people").toBeGreaterThanOrEqual(
            policies[request.policy].seats,
          );
        }
      }
      await settle(model, real, request);
      const over = verdict === "denies" || !done.result.more;
      expect(request.state, "what is told is what is").toBe(over ? "over" : "pending");
    },
    hasRequests,
  );

/** Whose seat a vote has filled: the voter's own, or that of whom they stood in for. */
async function holderOf({ story, contexts }: Real, { id }: AskedFor, who: Player): Promise<Player> {
  const [row] = await story.control.owner<{ holder: string }[]>`
    SELECT coalesce(for_id, approver_id) AS holder FROM decisions
    WHERE request_id = ${id} AND approver_id = ${contexts.get(who)!.actor.personId}`;
  const found = [...contexts].find(([, ctx]) => ctx.actor.personId === row!.holder);
  expect(found, "a seat is that of somebody of the story").toBeDefined();
  return found![0];
}

/** What must be true of somebody whose vote was taken, and of whose seat it was. */
function expectFair(model: Model, request: AskedFor, who: Player, holder: Player): void {
  expect(may(model, holder, "approver"), "a seat is that of an approver").toBe(true);
  expect(request.by, "nobody stands in for whoever asked").not.toBe(holder);
  if (holder !== who)
    expect(standsIn(model, who, holder), "a substitute decides while they are one").toBe(true);
  for (const [voter, state] of request.votes) {
    const seat = request.votedFor.get(voter) ?? voter;
    if (state === "stands") expect([voter, seat], "nobody fills two seats").not.toContain(holder);
    if (state === "stands") expect([voter, seat], "nobody fills two seats").not.toContain(who);
  }
  expect(may(model, who, "approver"), "only an approver decides").toBe(true);
  expect(request.by, "nobody decides on a request of their own").not.toBe(who);
  expect(request.state, "what is decided is not decided again").toBe("pending");
  expect(request.votes.get(who), "nobody fills two seats").not.toBe("stands");
  if (request.policy === "payments")
    expect(model.group.has(holder), "only the group that was asked decides").toBe(true);
  const manager = model.managers.get(request.by) ?? null;
  const managerDecides =
    ["one", "emergency", "told"].includes(request.policy) ||
    (request.policy === "wider" && !request.escalated);
  if (managerDecides && request.managed && manager !== null && may(model, manager, "approver"))
    expect(holder, "nobody decides in place of a manager who can, nor because they were told").toBe(manager);
}

/** How many of those who approved may still do so. */
function standing(model: Model, request: AskedFor): number {
  const counts = [...request.votes.keys()].filter((voter) => {
    const seat = request.votedFor.get(voter) ?? voter;
    const covered = seat === voter || standsIn(model, voter, seat);
    const approve = may(model, voter, "approver") && may(model, seat, "approver");
    return covered && approve && (request.policy !== "payments" || model.group.has(seat));
  });
  return counts.length;
}

const standsIn = ({ absences }: Model, who: Player, holder: Player) =>
  absences.some(({ of, substitute }) => of === holder && substitute === who);

/** Judges what was opened before anybody had decided. */
export const judge = (who: Player, at: number, verdict: "justified" | "not-justified"): Deed =>
  deed(
    `${who} finds ${at} ${verdict}`,
    async (model, real) => {
      const review = pick(model.reviews, at);
      const input = { reviewId: review.id, verdict, words: "It was as it was told." };
      const code = verdict === "justified" ? "review.judged_justified" : "review.judged_not_justified";
      const done = await tried(
        real,
        () => judgeReview(contextOf(real, who), input),
        () => [code],
      );
      if (!done) return;
      expect(review.of, "nobody judges what they opened").not.toBe(who);
      expect([may(model, who, "approver"), review.state]).toEqual([true, "open"]);
      review.state = "over";
    },
    ({ reviews }) => reviews.length > 0,
  );
