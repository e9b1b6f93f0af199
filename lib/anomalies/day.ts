import {
  measures,
  type HourOfWork,
  type HoursOfWork,
  type Measure,
  type Uses,
} from "@/lib/anomalies/activity";

/** One day of one person by the calendar of their time zone. */
export type Day = {
  /** As 2026-11-24. */
  day: string;
  isWeekend: boolean;
  counts: Record<Measure, number>;
  /** All that they did, by the hour of their clock. */
  acts: readonly number[];
  /** What tells them values or takes rows along: records opened, questions about values, exports. */
  deeds: readonly number[];
  uses: Uses;
  /** The longest row of refusals. */
  run: number;
};

/** What is stored of one day in UTC. */
export type StoredDay = { day: string; hours: HoursOfWork };

const dayMs = 86_400_000;

/**
 * The days of a person by their own calendar, in order, made of hours in UTC. All of them go by the same zone: whoever
 * changes theirs moves the past along and hides no night. In zones that are half an hour off, an hour counts where it
 * begins.
 */
export function daysIn(zone: string, stored: readonly StoredDay[]): Day[] {
  const days = new Map<string, Mutable>();
  for (const { day, hours } of stored) {
    for (const [hour, work] of Object.entries(hours)) {
      const local = localHour(zone, Date.parse(`${day}T00:00:00Z`) + Number(hour) * 3_600_000);
      let one = days.get(local.day);
      if (!one) days.set(local.day, (one = emptyDay(local.day)));
      addHour(one, local.hour, work);
    }
  }
  return [...days.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

type Mutable = Omit<Day, "acts" | "deeds"> & { acts: number[]; deeds: number[] };

/** A day on which nothing happened. */
export function emptyDay(day: string): Mutable {
  const none = () => Array.from({ length: 24 }, () => 0);
  return {
    day,
    isWeekend: [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()),
    counts: Object.fromEntries(measures.map((measure) => [measure, 0])) as Record<Measure, number>,
    acts: none(),
    deeds: none(),
    uses: {},
    run: 0,
  };
}

/** Adds what happened in one hour of the person's clock. */
export function addHour(day: Mutable, hour: number, work: HourOfWork): void {
  for (const measure of measures) day.counts[measure] += work[measure] ?? 0;
  const { acts = 0, records = 0, asks = 0, exports = 0 } = work;
  day.acts[hour] = (day.acts[hour] ?? 0) + acts;
  day.deeds[hour] = (day.deeds[hour] ?? 0) + records + asks + exports;
  day.run = Math.max(day.run, work.run ?? 0);
  for (const [key, { label, records }] of Object.entries(work.uses ?? {})) {
    const use = (day.uses[key] ??= { label, records: 0 });
    use.records += records;
  }
}

/** So many days after a day; before it where the number is negative. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The day and the hour that a clock in a zone shows; in UTC where the platform does not know the zone. */
export function localHour(zone: string, at: number): { day: string; hour: number } {
  const text = clockOf(zone).format(at);
  // As 2026-11-24, 09.
  return { day: text.slice(0, 10), hour: Number(text.slice(-2)) };
}

function clockOf(zone: string): Intl.DateTimeFormat {
  const made = clocks.get(zone);
  if (made) return made;
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit" } as const;
  const clockIn = (timeZone: string) =>
    new Intl.DateTimeFormat("sv-SE", { ...parts, hourCycle: "h23", timeZone });
  let clock: Intl.DateTimeFormat;
  try {
    clock = clockIn(zone);
  } catch {
    clock = clockIn("UTC");
  }
  clocks.set(zone, clock);
  return clock;
}
