import { daysBetween, type Day } from "@/lib/anomalies/day";
import { detectFirsts } from "@/lib/anomalies/detect-firsts";
import { detectHours } from "@/lib/anomalies/detect-hours";
import { detectSlow, type Blocks, type Peers } from "@/lib/anomalies/detect-slow";
import { detectTries } from "@/lib/anomalies/detect-tries";
import { detectVolume } from "@/lib/anomalies/detect-volume";
import type { Finding } from "@/lib/anomalies/finding";

/** A person is held against so many days of their own. */
export const HISTORY_DAYS = 56;
/** With less than this there is no usual: so many days since the first, and days of work among them. */
const LEAST_SPAN = 14;
const LEAST_WORK = 8;

export type Looked = {
  day: Day;
  /** Earlier days on which something happened, in order, none older than eight weeks. */
  history: readonly Day[];
  blocks: Blocks;
  peers: Peers | null;
};

/** How much is known of somebody: days since the first, and days of work among them. */
export type Known = { span: number; work: number; enough: boolean };

/** How much is known of somebody before a day. */
export function knownBefore(day: string, history: readonly Day[]): Known {
  const [first] = history;
  const span = first ? daysBetween(first.day, day) : 0;
  const work = history.length;
  return { span, work, enough: span >= LEAST_SPAN && work >= LEAST_WORK };
}

/**
 * What is unusual of one day of one person, against their own past and, over four weeks, against people with the same
 * roles. Whoever has too little past is not measured by it: of them only guessing, refusals and emergencies are told,
 * which need none. Depends on its input alone.
 */
export function detect(looked: Looked): Finding[] {
  const { day, history } = looked;
  const known = knownBefore(day.day, history);
  const always = detectTries(looked, known);
  if (!known.enough) return always;
  return [
    ...detectVolume(day, history),
    ...detectSlow(looked),
    ...detectHours(day, history),
    ...detectFirsts(day, history),
    ...always,
  ];
}
