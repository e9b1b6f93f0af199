import type { ItemState } from "@/lib/campaigns/access";

/** A part of somebody's access, as it is confirmed or removed; `key` names it in forms. */
export type PartView = { key: string; words: string; since: string };

/** The access of a person that waits for the reader. */
export type ToConfirm = {
  id: string;
  person: string;
  email: string;
  /** Whether the reader is their manager, or decides as an admin. */
  as: "manager" | "admin";
  parts: readonly PartView[];
  /** When their latest session began, ISO; null for who never came. */
  lastSignIn: string | null;
  /** How many grants they got in the last 90 days. */
  grants: number;
  campaign: { name: string; dueAt: string; isLate: boolean; removesUndecided: boolean };
};

/** What the reader has decided; `removed` is null where all was confirmed. */
export type DecidedLine = {
  id: string;
  person: string;
  decidedAt: string;
  kept: string;
  removed: string | null;
};

export type ToConfirmPage = {
  items: readonly ToConfirm[];
  /** How many wait in all: the first of them are the items. */
  waiting: number;
  decided: readonly DecidedLine[];
  now: string;
};

/** What waits for the reader, counted; `dueAt` is the soonest end. */
export type ConfirmCount = { count: number; dueAt: string; isLate: boolean };

/** That one's own access goes by itself; `waitsFor` names the manager whose decision it waits for, null where admins decide. */
export type OwnLapse = { dueAt: string; waitsFor: string | null; isSoon: boolean };

export type CampaignCounts = {
  people: number;
  open: number;
  confirmed: number;
  removed: number;
  lapsed: number;
  left: number;
};

/** A campaign in a line. */
export type CampaignLine = {
  id: string;
  name: string;
  startedBy: string;
  startedAt: string;
  dueAt: string;
  isDue: boolean;
  endedAt: string | null;
  removesUndecided: boolean;
  counts: CampaignCounts;
};

/** What a campaign knows of one person: the evidence. */
export type CampaignItem = {
  id: string;
  person: string;
  state: ItemState;
  /** Whose decision it waits for, in words; null where it waits no more. */
  waitsFor: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  isLate: boolean;
  words: string | null;
  /** What they held at the start; what was kept and removed of it where it was decided; what they were given since. */
  access: string;
  kept: string | null;
  removed: string | null;
  givenSince: string | null;
};

export type CampaignView = CampaignLine & {
  /** Whom it asks about, in words. */
  scope: string;
  endedWhy: "decided" | "due" | "closed" | "called-off" | null;
  endedBy: string | null;
  endedWords: string | null;
  items: readonly CampaignItem[];
  /** Whether there are more people than are listed. */
  more: boolean;
  now: string;
};
