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
      expectFair(model, request, who);
      expect(which.version, "nobody decides on what they did not see").toBe(request.version);
      if (verdict !== "denies") {
        request.votes.set(who, "stands");
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

/** What must be true of somebody whose vote was taken. */
function expectFair(model: Model, request: AskedFor, who: Player): void {
  expect(may(model, who, "approver"), "only an approver decides").toBe(true);
  expect(request.by, "nobody decides on a request of their own").not.toBe(who);
  expect(request.state, "what is decided is not decided again").toBe("pending");
  expect(request.votes.get(who), "nobody fills two seats").not.toBe("stands");
  if (request.policy === "payments")
    expect(model.group.has(who), "only the group that was asked decides").toBe(true);
  const manager = model.managers.get(request.by) ?? null;
  const managerDecides = request.policy === "one" || request.policy === "emergency";
  if (managerDecides && request.managed && manager !== null && may(model, manager, "approver"))
    expect(who, "nobody decides in place of a manager who can").toBe(manager);
}

/** How many of those who approved may still do so. */
function standing(model: Model, request: AskedFor): number {
  const counts = [...request.votes.keys()].filter(
    (voter) => may(model, voter, "approver") && (request.policy !== "payments" || model.group.has(voter)),
  );
  return counts.length;
}

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
