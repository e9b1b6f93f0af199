import { dayAfter, daysBetween, type Day } from "@/lib/anomalies/day";
import { detect, HISTORY_DAYS, type Looked } from "@/lib/anomalies/detect";
import { findingKinds, type Finding } from "@/lib/anomalies/finding";

export type Told = Finding & { day: string };

/** Records of each day of the calendar since the first, summed up from the left. */
type Sums = { first: string; upTo: readonly number[] };

/** What is told of somebody, day after day, as the console tells it: the same not twice within its quiet days. */
export function lookBack(
  days: readonly Day[],
  peersAt: (day: string) => Looked["peers"] = () => null,
): Told[] {
  const told: Told[] = [];
  const sums = sumsOf(days);
  for (const [at, day] of days.entries()) {
    const since = dayAfter(day.day, -HISTORY_DAYS);
    const history = days.slice(Math.max(0, at - HISTORY_DAYS), at).filter((one) => one.day >= since);
    const looked = { day, history, blocks: blocksAt(sums, day.day), peers: peersAt(day.day) };
    for (const finding of detect(looked))
      if (!isTold(told, finding, day.day)) told.push({ ...finding, day: day.day });
  }
  return told;
}

function isTold(told: readonly Told[], { kind, step }: Finding, day: string): boolean {
  const { quietDays } = findingKinds[kind];
  return told.some((one) => one.kind === kind && one.step >= step && one.day >= dayAfter(day, -quietDays));
}

export function sumsOf(days: readonly Day[]): Sums {
  const first = days[0]?.day ?? "2026-01-01";
  const records: number[] = [];
  for (const { day, counts } of days) records[daysBetween(first, day)] = counts.records;
  let sum = 0;
  return { first, upTo: Array.from(records, (one) => (sum += one ?? 0)) };
}

/** Records in the four weeks up to a day, and in up to six times four weeks before. */
export function blocksAt({ first, upTo }: Sums, day: string): Looked["blocks"] {
  const today = daysBetween(first, day);
  const until = (back: number) => (back < 0 ? 0 : (upTo[Math.min(back, upTo.length - 1)] ?? 0));
  const blocks = Array.from({ length: 7 }, (_, at) => until(today - at * 28) - until(today - (at + 1) * 28));
  const known = Math.floor((today + 1) / 28);
  return { now: blocks[0] ?? 0, before: blocks.slice(1, Math.max(1, known)) };
}

/** What everybody of a group opened in the four weeks up to a day. */
export function groupOf(works: readonly (readonly Day[])[]): (day: string) => Looked["peers"] {
  const sums = works.map(sumsOf);
  const known = new Map<string, Looked["peers"]>();
  return (day) => {
    const peers = known.get(day) ?? { records: sums.map((one) => blocksAt(one, day).now) };
    known.set(day, peers);
    return peers;
  };
}
