import type { Measure } from "@/lib/anomalies/activity";
import { dayAfter, type Day } from "@/lib/anomalies/day";
import type { Finding } from "@/lib/anomalies/finding";
import { poissonTail, stepOver, usualOf } from "@/lib/anomalies/usual";

const dayMisses = 8;
const weekMisses = 20;
const missShare = 0.7;
const longRun = 8;
const manyEmergencies = 3;
/** A count that chance brings about more seldom than this is told. */
const chance = 0.001;

type Looked = { day: Day; history: readonly Day[] };

/**
 * What needs no past to be noticed, though somebody's own past can make it usual: questions about values that found
 * nothing, refusals one after the other, emergencies.
 */
export function detectTries(looked: Looked, known: { enough: boolean }): Finding[] {
  return [guessing(looked, known), refusals(looked, known), emergencies(looked, known)].filter(
    (one) => one !== null,
  );
}

/** Lookups and checks that found nothing, on the day or else spread over a week: somebody tries values out. */
function guessing(looked: Looked, { enough }: { enough: boolean }): Finding | null {
  const { day, history } = looked;
  if (day.counts.misses === 0) return null;
  const spans = [
    { kind: "guessing", days: 1, limit: dayMisses },
    { kind: "probing", days: 7, limit: weekMisses },
  ] as const;
  for (const { kind, days, limit } of spans) {
    const [count, asks] = [inDays(looked, days, "misses"), inDays(looked, days, "asks")];
    const usual = meanBefore(looked, days, "misses") * days;
    const isChance = enough && poissonTail(count, usual + 0.5) > chance;
    if (count < limit || count < missShare * asks || isChance) continue;
    return {
      kind,
      step: stepOver(count, limit),
      evidence: { count, asks, usual, limit, days: history.length },
    };
  }
  return null;
}

function refusals({ day, history }: Looked, { enough }: { enough: boolean }): Finding | null {
  const usual = enough ? usualOf(history.map(({ run }) => run)).high : 0;
  const limit = Math.max(longRun, 2 * usual);
  if (day.run < limit) return null;
  const evidence = { count: day.run, refused: day.counts.refused, usual, limit };
  return { kind: "refusals", step: stepOver(day.run, limit), evidence };
}

function emergencies(looked: Looked, { enough }: { enough: boolean }): Finding | null {
  const count = inDays(looked, 7, "emergencies");
  if (looked.day.counts.emergencies === 0 || count < manyEmergencies) return null;
  // A week has five days of work.
  const usual = meanBefore(looked, 7, "emergencies") * 5;
  if (enough && poissonTail(count, usual + 0.2) > 0.01) return null;
  return {
    kind: "emergencies",
    step: stepOver(count, manyEmergencies),
    evidence: { count, usual, limit: manyEmergencies, days: looked.history.length },
  };
}

function inDays({ day, history }: Looked, days: number, measure: Measure): number {
  const after = dayAfter(day.day, -days);
  const some = [...history.filter((one) => one.day > after), day];
  return some.reduce((sum, { counts }) => sum + counts[measure], 0);
}

/** The mean of the days of work before a span, which is held against them. */
function meanBefore({ day, history }: Looked, days: number, measure: Measure): number {
  const before = history.filter((one) => one.day <= dayAfter(day.day, -days));
  return before.reduce((sum, { counts }) => sum + counts[measure], 0) / Math.max(1, before.length);
}
