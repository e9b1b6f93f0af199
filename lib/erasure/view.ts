/** A record that a waiting erasure is about, as people name it. */
export type ErasedRecordLine = { table: string; label: string };

/** An erasure as its page shows it; `records` are named while it waits alone. Times in ISO 8601. */
export type ErasureLine = {
  id: string;
  number: number;
  reference: string;
  reason: string;
  count: number;
  state: "waiting" | "done" | "withdrawn";
  startedBy: string;
  startedAt: string;
  settledBy: string | null;
  settledAt: string | null;
  records: readonly ErasedRecordLine[];
  /** Who had opened, copied or compared values of its records, and how many times, while it waits. */
  looked: readonly { name: string; times: number }[];
  /** How many events of the log name one of its records, while it waits. */
  events: number;
  /** What ends with it, while it waits. */
  openRequests: number;
  liveGrants: number;
  /** Whether whoever reads this may confirm it: it waits, and somebody else asked for it. */
  mayConfirm: boolean;
};

export type ErasuresView = {
  waiting: readonly ErasureLine[];
  settled: readonly ErasureLine[];
  tables: readonly { id: string; name: string; keyHint: string }[];
  now: string;
};
