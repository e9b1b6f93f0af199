import type { RefusalCode } from "@/lib/refusal";
import { requestStateAt, type RequestState } from "@/lib/requests/request";

/** What a decision depends on, as the row of the request stands. */
export type DecidableRequest = {
  requesterId: string;
  eligibleIds: readonly string[];
  state: RequestState;
  createdAt: Date;
  expiresAt: Date;
  /** Why Glimpse closed it; null while it did not. */
  closedWhy: string | null;
  votes: readonly { approverId: string }[];
  /** Those who fill no other seat of it: who voted, and for whom somebody voted who stands in for them. */
  takenIds: readonly string[];
};

/** Somebody who wants to decide; `approves` is the role as it is held now, not when the request was sent. */
export type Decider = {
  id: string;
  approves: boolean;
  /** When a new-password link for them was last made or used: somebody else may have come into the account. */
  resetAt: Date | null;
};

export type WhyNot = Extract<
  RefusalCode,
  | "own-request"
  | "not-an-approver"
  | "not-permitted"
  | "already-voted"
  | "voted-for-you"
  | "already-decided"
  | "request-expired"
  | "request-closed"
  | "seat-ended"
>;

export type Verdict = { may: true } | { may: false; why: WhyNot };

const no = (why: WhyNot): Verdict => ({ may: false, why });

/** Whether this person may decide this request at `now` (database clock), and if not, the first reason (law 7). */
export function mayDecide(person: Decider, request: DecidableRequest, now: Date): Verdict {
  if (request.requesterId === person.id) return no("own-request");
  if (!request.eligibleIds.includes(person.id)) return no("not-an-approver");
  if (!person.approves) return no("not-permitted");
  if (request.votes.some((vote) => vote.approverId === person.id)) return no("already-voted");
  if (request.takenIds.includes(person.id)) return no("voted-for-you");
  const state = requestStateAt(request, now);
  if (state === "expired") return no(request.closedWhy === null ? "request-expired" : "request-closed");
  if (state !== "pending") return no("already-decided");
  if (person.resetAt !== null && person.resetAt >= request.createdAt) return no("seat-ended");
  return { may: true };
}
