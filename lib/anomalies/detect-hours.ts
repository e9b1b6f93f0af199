import { dayAfter, daysBetween, type Day } from "@/lib/anomalies/day";
import type { Finding } from "@/lib/anomalies/finding";
import { stepOver, usualOf } from "@/lib/anomalies/usual";

/** An hour counts as unusual where somebody works at it, or near it, on fewer than so many days of that kind. */
const rare = 0.03;
/** Hours before and after that make one usual: staying longer is no night shift, and clocks change in summer. */
const near = 2;
const fewestDeeds = 6;

/** Deeds at hours of the week at which this person hardly ever works, by their own clock. */
export function detectHours(day: Day, history: readonly Day[]): Finding[] {
  const [first] = history;
  if (!first) return [];
  const days = daysOfKind(first.day, day);
  const alike = history.filter(({ isWeekend }) => isWeekend === day.isWeekend);
  const unusual = day.deeds.flatMap((deeds, hour) =>
    deeds > 0 && shareAt(hour, alike, days) <= rare ? [hour] : [],
  );
  const count = unusual.reduce((sum, hour) => sum + (day.deeds[hour] ?? 0), 0);
  const limit = Math.max(fewestDeeds, usualOf(history.map(({ counts }) => counts.records)).median / 2);
  if (count < limit) return [];
  const [from = 0, until = 0] = [unusual[0], unusual.at(-1)];
  const worked = alike.filter(({ acts }) => nearHours(unusual, acts)).length;
  return [
    {
      kind: "hours",
      step: stepOver(count, limit),
      evidence: { count, from, until, days, worked, weekend: day.isWeekend ? 1 : 0 },
    },
  ];
}

/** Days of the calendar since the first one, of the kind of this day: those without work count, they say the most. */
function daysOfKind(first: string, day: Day): number {
  let days = 0;
  for (let back = 1; back <= daysBetween(first, day.day); back++) {
    const weekday = new Date(`${dayAfter(day.day, -back)}T00:00:00Z`).getUTCDay();
    if ((weekday === 0 || weekday === 6) === day.isWeekend) days++;
  }
  return days;
}

/** On which share of the days somebody works near an hour; with few days it stays high, so that nothing is told. */
function shareAt(hour: number, alike: readonly Day[], days: number): number {
  const worked = alike.filter(({ acts }) => nearHours([hour], acts)).length;
  return (worked + 0.5) / (days + 1);
}

function nearHours(hours: readonly number[], acts: readonly number[]): boolean {
  return hours.some((hour) => {
    for (let off = -near; off <= near; off++) if ((acts[(hour + off + 24) % 24] ?? 0) > 0) return true;
    return false;
  });
}
