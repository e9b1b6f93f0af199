import { createHash } from "node:crypto";
import type { RefusalCode } from "@/lib/refusal";
import { stateAt, type GrantClocks } from "@/lib/grants/grant";
import { requestStateAt, type RequestState } from "@/lib/requests/request";

export const WORDS_MAX = 2000;
/** Comments and questions about one request; each question can have an answer beside them. */
export const MOST_IN_A_THREAD = 100;
export const wordsBudget = { most: 60, windowSeconds: 3600, refusal: "comments-spent" } as const;

/** What people still have to talk about: a request that waits, a grant that lives, a judgement that is due. */
export type Talked = {
  request: { state: RequestState; expiresAt: Date };
  grant: GrantClocks | null;
  review: { reviewedAt: Date | null } | null;
};

/** Whether there is something left to talk about at `now` (database clock). */
export function isOpenToTalk({ request, grant, review }: Talked, now: Date): boolean {
  if (requestStateAt(request, now) === "pending") return true;
  if (review !== null && review.reviewedAt === null) return true;
  return grant !== null && ["ready", "active"].includes(stateAt(grant, now));
}

/** Somebody who may read a request and wants to write about it, by what they are at this moment. */
export type Writer = {
  isRequester: boolean;
  asks: boolean;
  decides: boolean;
  /** Whether they have a seat in it now, or had one when they voted. */
  seated: boolean;
  voted: boolean;
  /** Whether somebody else may have come into their account since it was sent. */
  seatEnded: boolean;
};

export type WhyNotWrite = Extract<
  RefusalCode,
  "not-permitted" | "not-in-thread" | "seat-ended" | "thread-closed"
>;

/** Why somebody cannot write about a request; null when they can. */
export function whyNotWrite(who: Writer, isOpen: boolean): WhyNotWrite | null {
  if (who.isRequester && !who.asks) return "not-permitted";
  if (!who.isRequester && !(who.decides && (who.seated || who.voted))) return "not-in-thread";
  if (!who.isRequester && who.seatEnded) return "seat-ended";
  return isOpen ? null : "thread-closed";
}

/**
 * What the log holds of words: it shows that they are those that were written, and without the salt, which is not in
 * the log, nobody can try values against it (law 6).
 */
export function sealWords(words: string, salt: Uint8Array): string {
  return createHash("sha256").update("glimpse words 1").update(salt).update(words, "utf8").digest("hex");
}
