import { findingKinds, isFindingKind, type Evidence } from "@/lib/anomalies/finding";

const number = (value: unknown) => (typeof value === "number" ? value : 0);
const names = (value: unknown) => (Array.isArray(value) ? (value as string[]) : []);

const whole = (value: unknown) => Math.round(number(value)).toLocaleString("en-US");

/** A count with its word: 1 record, 41 records. */
function counted(value: unknown, one: string, many = `${one}s`): string {
  return `${whole(value)} ${Math.round(number(value)) === 1 ? one : many}`;
}

function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? "") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

type Says = (evidence: Evidence, day: string) => string;

/** So many on the day, and how many it usually is. */
const aDay =
  (one: string): Says =>
  ({ count, low, high, days }, day) =>
    `${counted(count, one)} on ${day}; usually ${whole(low)} to ${whole(high)} a day, over ${counted(days, "day")} of work in 8 weeks.`;

/** What is usual of a rare thing, or that there is no past to tell. */
function mostly(usual: unknown, days: unknown, each: string): string {
  if (number(days) === 0) return "nothing is known of the days before";
  return `usually ${number(usual).toFixed(1)}${each}, over ${counted(days, "day")} of work in 8 weeks`;
}

const clock = (hour: unknown) => `${String(number(hour)).padStart(2, "0")}:00`;

const says: Record<keyof typeof findingKinds, Says> = {
  records: aDay("record"),
  copies: aDay("copied value"),
  exports: aDay("export"),
  rows: aDay("exported row"),
  tables: aDay("table"),
  week: ({ count, low, high, weeks }, day) =>
    `${counted(count, "record")} in the 7 days up to ${day}; usually ${whole(low)} to ${whole(high)} in 7 days, over the ${counted(weeks, "week")} before.`,
  drift: ({ count, usual, blocks }, day) =>
    `${counted(count, "record")} in the 4 weeks up to ${day}; in a low month of the last half year it was ${whole(usual)} (${whole(blocks)} months are known).`,
  peers: ({ count, usual, most, people }, day) =>
    `${counted(count, "record")} in the 4 weeks up to ${day}; ${counted(people, "person", "people")} with the same roles opened ${whole(usual)} in the middle and ${whole(most)} at most.`,
  hours: ({ count, from, until, days, worked, weekend }, day) =>
    `${counted(count, "deed")} between ${clock(from)} and ${clock(number(until) + 1)} on ${day}; at such hours there was work on ${whole(worked)} of ${weekend ? counted(days, "weekend day") : counted(days, "weekday")} before.`,
  new: ({ count, days, tables, classes, combinations }, day) => {
    const parts = [
      names(tables).length > 0 && `of ${listed(names(tables))}`,
      names(classes).length > 0 && `of the class ${listed(names(classes))}`,
      names(combinations).length > 0 && `of ${listed(names(combinations))}`,
    ].filter((one) => one !== false);
    return `${counted(count, "record")} ${listed(parts)} in the 7 days up to ${day}: never opened in the 8 weeks before (${counted(days, "day")} of work).`;
  },
  guessing: ({ count, asks, usual, days }, day) =>
    `${whole(count)} of ${counted(asks, "lookup and check", "lookups and checks")} on ${day} found nothing; ${mostly(usual, days, " a day")}.`,
  probing: ({ count, asks, usual, days }, day) =>
    `${whole(count)} of ${counted(asks, "lookup and check", "lookups and checks")} in the 7 days up to ${day} found nothing; ${mostly(usual, days, " in 7 days")}.`,
  refusals: ({ count, refused }, day) =>
    `${counted(count, "refusal")} one after the other on ${day}, ${whole(refused)} in all.`,
  emergencies: ({ count, usual, days }, day) =>
    `${counted(count, "emergency", "emergencies")} in the 7 days up to ${day}; ${mostly(usual, days, " in 7 days")}.`,
};

/** A finding in words, with the numbers behind it; `day` as people write it. */
export function findingWords(kind: string, evidence: Evidence, day: string): string {
  return isFindingKind(kind) ? says[kind](evidence, day) : "This version does not know this kind of finding.";
}

/** A kind of finding in words; its name where this version does not know it. */
export function titleOf(kind: string): string {
  return isFindingKind(kind) ? findingKinds[kind].title : kind;
}

const calendar = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** A day as people write it: Tuesday 24 November 2026. */
export function dayWords(day: string): string {
  const parts = calendar.formatToParts(new Date(`${day}T00:00:00Z`));
  // Versions of ICU differ in their commas.
  return parts.flatMap(({ type, value }) => (type === "literal" ? [] : [value])).join(" ");
}
