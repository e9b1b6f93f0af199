import type { Measure } from "@/lib/anomalies/activity";
import type { Day } from "@/lib/anomalies/day";
import type { Finding, FindingKind } from "@/lib/anomalies/finding";
import { limitOf, stepOver, usualOf } from "@/lib/anomalies/usual";

/** What is counted by the day, and how little of it is never told. */
const floors = { records: 20, copies: 15, exports: 6, rows: 5000, tables: 12 } as const satisfies Partial<
  Record<Measure & FindingKind, number>
>;

/** Counts of the day that are far above those of the days of work before it. */
export function detectVolume(day: Day, history: readonly Day[]): Finding[] {
  return (Object.keys(floors) as (keyof typeof floors)[]).flatMap((kind): Finding[] => {
    const count = day.counts[kind];
    if (count <= floors[kind]) return [];
    const usual = usualOf(history.map((one) => one.counts[kind]));
    const limit = limitOf(usual, floors[kind]);
    if (count <= limit) return [];
    const { low, high } = usual;
    return [
      { kind, step: stepOver(count, limit), evidence: { count, low, high, limit, days: history.length } },
    ];
  });
}
