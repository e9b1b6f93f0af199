import { stateAt, type GrantClocks, type GrantState } from "@/lib/grants/grant";
import { durationWords } from "@/lib/requests/route";
import type { RequestState } from "@/lib/requests/request";

const notWaiting = {
  approved: "It was approved already. Give the grant back instead.",
  denied: "It was denied already.",
  withdrawn: "It was withdrawn already.",
  expired: "It is over: nobody decided it.",
} as const satisfies Record<Exclude<RequestState, "pending">, string>;

/** Why a request cannot be withdrawn, in words; null when it can. */
export function whyNoWithdrawal({ mine, state }: { mine: boolean; state: RequestState }): string | null {
  if (!mine) return "Only the person who asked can withdraw it.";
  return state === "pending" ? null : notWaiting[state];
}

/** Why whoever asked cannot remind those who decide, in words; null when they can. */
export function whyNoNudge({
  mine,
  state,
  minutes,
}: {
  mine: boolean;
  state: RequestState;
  /** Until they may. */
  minutes: number;
}): string | null {
  if (!mine) return "Only the person who asked reminds those who decide.";
  if (state !== "pending") return notWaiting[state];
  if (minutes === 0) return null;
  return `They heard of it a short time ago. You can remind them in ${durationWords(minutes)}.`;
}

const overWords = {
  ended: "Its time is over.",
  returned: "It was given back.",
  revoked: "It was revoked.",
  lapsed: "It was not opened in time.",
} as const satisfies Record<Exclude<GrantState, "ready" | "active">, string>;

const notPermitted = {
  open: "Only the person who asked can open it.",
  revoke: "Only an approver or an admin can revoke it.",
} as const;

/** Why a grant cannot be opened or revoked at `now` by somebody, in words; null when it can. */
export function whyNoGrantDeed(
  grant: GrantClocks | null,
  now: Date,
  deed: "open" | "revoke",
  permitted: boolean,
): string | null {
  if (grant === null) return "There is no grant.";
  if (!permitted) return notPermitted[deed];
  const state = stateAt(grant, now);
  return state === "ready" || state === "active" ? null : overWords[state];
}

const closings: Record<string, string> = {
  revoked: "An approver or an admin revoked it.",
  returned: "It was given back early.",
  "column-changed": "Glimpse ended it: a column that it names has changed.",
  "key-changed":
    "Glimpse ended it: the key of the table has changed, so its records are named otherwise now.",
  "keys-rotated": "Glimpse ended it: the keys by which its records are named have been changed.",
  "source-changed": "Glimpse ended it: the source leads to another database now.",
  "source-removed": "Glimpse ended it: the source was removed.",
  "holder-disabled": "Glimpse ended it: its holder was disabled.",
  "role-lost": "Glimpse ended it: its holder lost the role.",
  stopped: "An admin stopped access.",
  "session-ended": "It ended with the session that had opened it.",
  "first-returned": "Glimpse ended it: what it gives more time for was given back.",
  "first-revoked": "Glimpse ended it: what it gives more time for was revoked.",
  "password-link": "Glimpse ended it: a link for a new password of its holder was made.",
};

/** Why a request or a grant ended before its time, in words. */
export function closedWords(why: string): string {
  return closings[why] ?? "It has ended.";
}
