import type { EventCode, EventOutcome } from "@/lib/audit/codes";

/** One event as people read it: a sentence, and the parts it is made of. Never a value of a source. */
export type EventView = {
  seq: number;
  code: EventCode;
  outcome: EventOutcome;
  occurredAt: string;
  actorName: string;
  actorRoles: readonly string[];
  sentence: string;
  table: string | null;
  requestNumber: number | null;
  reason: string | null;
  /** The facts behind the sentence, name and text. */
  facts: readonly (readonly [string, string])[];
  leafHash: string;
};

export type EventPage = {
  events: readonly EventView[];
  /** The place to go on from, towards older events. */
  older: number | null;
  newer: number | null;
  /** Where the page ends because enough was read, and not because it is full or all was looked through. */
  looked: LookedView | null;
};

/** The part of the log that a page looked through: its first and last number, and the times of the events there. */
export type LookedView = {
  direction: "older" | "newer";
  first: number;
  last: number;
  firstAt: string | null;
  lastAt: string | null;
  /** How many numbers are not looked at yet in this direction. */
  left: number;
};

/** How many events each hour saw, oldest first. */
export type HourView = { hour: string; count: number; refused: number };

export type IntegrityView =
  | { intact: true; size: number; root: string; tookMs: number }
  | { intact: false; size: number; firstBad: number; why: string };

/** A choice in a filter. */
export type ChoiceView = { id: string; name: string };

/** How the log stands, as the instance that answers knows it. Times in ISO 8601. */
export type LogHealthView = {
  fault: { firstBad: number | null; why: string; since: string } | null;
  /** The key that others check checkpoints with; null where the log is not signed. */
  verifierKey: string | null;
  /** Events that were checked since the instance began, one after the other. */
  verifiedSize: number;
  /** The last check of all events from the first on. */
  whole: { at: string; size: number } | null;
  checkpoint: { size: number; root: string; at: string } | null;
  places: readonly { name: string; size: number | null; at: string | null; trouble: string | null }[];
};
