import { dayAfter, type Day } from "@/lib/anomalies/day";
import type { Finding } from "@/lib/anomalies/finding";
import { stepOver, usualOf } from "@/lib/anomalies/usual";

/** What was not opened before the last so many days is new: slow steps onto new ground add up. */
const newForDays = 7;
/** Of the first days of work everything is new. */
const settlingDays = 6;
/** Whoever steps onto new ground on more than this share of their days does so by trade. */
const usualShare = 0.15;
const fewestRecords = 10;
const mostNames = 5;

/** Many records of tables, of data classes, or of classes for a purpose, that this person did not open before. */
export function detectFirsts(day: Day, history: readonly Day[]): Finding[] {
  const since = dayAfter(day.day, -newForDays);
  const before = history.filter((one) => one.day <= since);
  const known = new Set(before.flatMap(({ uses }) => Object.keys(uses)));
  // What is new today makes it a finding of today; of one that grows, the day on which it has grown enough.
  if (Object.keys(day.uses).every((key) => known.has(key)) || noveltyOf(before) > usualShare) return [];
  const fresh = new Map<string, { label: string; records: number }>();
  for (const { uses } of [...history.filter((one) => one.day > since), day]) {
    for (const [key, { label, records }] of Object.entries(uses)) {
      if (known.has(key)) continue;
      const use = fresh.get(key) ?? { label, records: 0 };
      fresh.set(key, { label, records: use.records + records });
    }
  }
  const of = (kind: string) => [...fresh].filter(([key]) => key.startsWith(`${kind}|`));
  const [tables, classes, combinations] = [of("table"), of("class"), of("use")];
  const count = Math.max(...[tables, classes, combinations].map(recordsIn));
  const limit = Math.max(fewestRecords, 1.5 * usualOf(before.map(({ counts }) => counts.records)).median);
  if (count < limit) return [];
  const names = (some: typeof tables) =>
    some
      .map(([, { label }]) => label)
      .toSorted()
      .slice(0, mostNames);
  const isSubsumed = (key: string) => classes.some(([one]) => one.split("|")[1] === key.split("|")[1]);
  return [
    {
      kind: "new",
      step: stepOver(count, limit),
      evidence: {
        count,
        limit,
        days: before.length,
        tables: names(tables),
        classes: names(classes),
        combinations: names(combinations.filter(([key]) => !isSubsumed(key))),
      },
    },
  ];
}

const recordsIn = (some: readonly [string, { records: number }][]) =>
  some.reduce((most, [, { records }]) => Math.max(most, records), 0);

/** The share of days of work on which this person opened something for the first time; 1 while too little is known. */
function noveltyOf(days: readonly Day[]): number {
  const seen = new Set<string>();
  let [novel, counted] = [0, 0];
  for (const [at, { uses }] of days.entries()) {
    const fresh = Object.keys(uses).filter((key) => !seen.has(key));
    for (const key of fresh) seen.add(key);
    if (at < settlingDays) continue;
    counted += 1;
    if (fresh.length > 0) novel += 1;
  }
  return (novel + 0.5) / (counted + 1);
}
