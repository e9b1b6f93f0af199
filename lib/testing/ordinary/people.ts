import { addHour, dayAfter, emptyDay, type Day } from "@/lib/anomalies/day";
import type { HourOfWork } from "@/lib/anomalies/activity";

/** Somebody made up, who works as people do. */
export type Ordinary = {
  /** Records on a usual day of work. */
  rate: number;
  /** How much good and bad days differ: the shape of a gamma, small for moody work. */
  shape: number;
  from: number;
  until: number;
  tables: readonly string[];
  copies: number;
  exports: number;
  asks: number;
  worksOnSaturdays: boolean;
};

type Random = () => number;

const purposes = ["customer-contact", "payment-issue", "identity-check"];

/** Somebody made up, by chance: from two records a day to thirty, early or late, on few tables or many. */
export function somebody(random: Random): Ordinary {
  const from = 6 + Math.floor(random() * 5);
  return {
    rate: 2 * Math.exp(random() * 2.7),
    shape: 2 + random() * 6,
    from,
    until: from + 8 + Math.floor(random() * 2),
    tables: Array.from({ length: 2 + Math.floor(random() * 5) }, (_, at) => `t${at}`),
    copies: random() * 0.4,
    exports: random() < 0.3 ? random() * 0.6 : 0,
    asks: random() * 6,
    worksOnSaturdays: random() < 0.15,
  };
}

/**
 * So many days of somebody's ordinary work: weekends and holidays off, sick days, a busy day in forty that is three times
 * as full, busy weeks, a slow growth, evenings that grow late, a night now and then, a new table now and then.
 */
export function workOf(person: Ordinary, from: string, days: number, random: Random): Day[] {
  const tables = [...person.tables];
  const holidays = holidaysIn(days, random);
  let season = 1;
  const worked: Day[] = [];
  for (let at = 0; at < days; at++) {
    const day = emptyDay(dayAfter(from, at));
    const weekday = new Date(`${day.day}T00:00:00Z`).getUTCDay();
    if (weekday === 1) season = random() < 0.06 ? 1.7 : 1 + (random() - 0.5) * 0.4;
    if (random() < 0.01) tables.push(`t${tables.length}`);
    const isOff = weekday === 0 || (weekday === 6 && !person.worksOnSaturdays);
    const isAway = holidays.has(at) || random() < 0.03;
    if (isAway || (isOff && random() > 0.02)) continue;
    const growth = 1 + (0.2 * at) / days;
    const mood = gamma(person.shape, random) * (random() < 0.025 ? 3 : 1) * (isOff ? 0.2 : 1);
    fillDay(day, { person, tables, rate: person.rate * mood * season * growth }, random);
    worked.push(day);
  }
  return worked;
}

type Shift = { person: Ordinary; tables: readonly string[]; rate: number };

function fillDay(day: Parameters<typeof addHour>[0], { person, tables, rate }: Shift, random: Random): void {
  const late = random() < 0.08 ? 1 + Math.floor(random() * 3) : 0;
  const until = Math.min(23, person.until + late);
  const hours = until - person.from + 1;
  for (let hour = person.from; hour <= until; hour++) {
    const records = poisson(rate / hours, random);
    addHour(day, hour, hourOf(person, records, tables, random));
  }
  // Somebody looks after something from home at night, twice a year.
  if (random() < 0.008)
    addHour(day, Math.floor(random() * 24), hourOf(person, 1 + poisson(3, random), tables, random));
  if (random() < 0.01) addHour(day, 14, { emergencies: 1, acts: 1 });
}

function hourOf(person: Ordinary, records: number, tables: readonly string[], random: Random): HourOfWork {
  // Most of the work is on the tables that one has known for long.
  const table = tables[Math.floor(random() ** 2 * tables.length)] ?? "t0";
  const purpose = purposes[Math.floor(random() ** 3 * purposes.length)] ?? "";
  const asks = poisson(person.asks / 9, random);
  let misses = 0;
  for (let ask = 0; ask < asks; ask++) if (random() < 0.3) misses++;
  const exports = poisson(person.exports / 9, random);
  const refused = poisson(0.1, random);
  const use = (key: string) => ({ [key]: { label: key, records } });
  return {
    ...{ acts: 2 + records + asks, records, asks, misses, refused, exports, rows: exports * 500 },
    ...{ copies: poisson(records * person.copies, random), tables: random() < 0.3 ? 1 : 0 },
    run: refused,
    uses:
      records > 0
        ? { ...use(`table|${table}`), ...use(`class|of-${table}`), ...use(`use|of-${table}|${purpose}`) }
        : {},
  };
}

/** Three holidays a year, two weeks each. */
function holidaysIn(days: number, random: Random): Set<number> {
  const away = new Set<number>();
  for (let year = 0; year * 365 < days; year++)
    for (let holiday = 0; holiday < 3; holiday++) {
      const start = year * 365 + Math.floor(random() * 350);
      for (let at = 0; at < 14; at++) away.add(start + at);
    }
  return away;
}

/** A Poisson count. */
export function poisson(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  let [count, chance] = [0, Math.exp(-mean)];
  let sum = chance;
  const drawn = random();
  while (drawn > sum && chance > 1e-12) {
    count += 1;
    chance *= mean / count;
    sum += chance;
  }
  return count;
}

/** Of mean 1; shape by the sum of exponentials and what is left of it. */
function gamma(shape: number, random: Random): number {
  let sum = 0;
  for (let k = 0; k < Math.floor(shape); k++) sum -= Math.log(1 - random());
  return sum / Math.floor(shape);
}
