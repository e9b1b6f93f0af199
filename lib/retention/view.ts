/** A period that entries are kept for; no days are for ever. Times in ISO 8601. */
export type PeriodView = {
  id: string;
  days: number | null;
  why: string;
  setBy: string;
  setAt: string;
  confirmedBy: string | null;
  confirmedAt: string | null;
};

/** What a period would prune now; at most a million are counted. */
export type PruningPreview = {
  pruned: number;
  firstSeq: number;
  lastSeq: number;
  oldest: string;
  newest: string;
} | null;

export type HoldView = {
  id: string;
  name: string;
  why: string;
  /** What is held, in words. */
  part: string;
  placedBy: string;
  placedAt: string;
  liftAskedBy: string | null;
  liftWhy: string | null;
  liftedBy: string | null;
  liftedAt: string | null;
  /** Why this person cannot take the next step; null when they can. */
  cannot: string | null;
};

export type RetentionView = {
  inForce: PeriodView | null;
  waiting: (PeriodView & { preview: PruningPreview; cannot: string | null }) | null;
  /** What waits to be pruned by the period in force. */
  preview: PruningPreview;
  pruned: number;
  holds: readonly HoldView[];
  lifted: readonly HoldView[];
  people: readonly { id: string; name: string }[];
  sources: readonly { id: string; name: string }[];
  maySet: boolean;
  mayHold: boolean;
  now: string;
};
