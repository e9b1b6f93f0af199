import type { AuditEntry } from "@/lib/audit/entry";

/** What is counted of a person, each a number of one hour. */
export const measures = [
  "acts",
  "records",
  "copies",
  "exports",
  "rows",
  "tables",
  "asks",
  "misses",
  "refused",
  "emergencies",
] as const;
export type Measure = (typeof measures)[number];

/** Records by what was opened: a table, a data class, or a class for a purpose. Names, never values (law 6). */
export type Uses = Record<string, { label: string; records: number }>;

/** One hour of one person. A measure that is not there is 0; `run` is the longest row of refusals that reached it. */
export type HourOfWork = Partial<Record<Measure, number>> & { run?: number; uses?: Uses };

/** The hours of one day in UTC in which something happened, by their number from 0 to 23. */
export type HoursOfWork = Record<string, HourOfWork>;

const hourUs = 3_600_000_000;

/** What breaks a row of refusals: something that worked. */
const works =
  /^(reveal\.opened|request\.(submitted|granted_by_policy)|lookup\.answered|field_check\.answered)$/;

/** A day as far as it is counted: its hours, and how many refusals the log so far ends with. */
export type DaySoFar = { hours: HoursOfWork; run: number };

/** Counts the events of one person on one day in UTC, in the order of the log, from the first on. */
export function countDay(entries: readonly AuditEntry[]): HoursOfWork {
  return countOn({ hours: {}, run: 0 }, entries, new Set()).hours;
}

/**
 * Goes on with a day: adds these events, in the order of the log, to what is counted of it. A record counts once a day,
 * however often it is opened; so does a table: `seen` has those of `thingsIn(entries)` that were counted before, and gets
 * the others. Depends on the events alone: wherever a day is cut into parts, the same comes out.
 */
export function countOn(before: DaySoFar, entries: readonly AuditEntry[], seen: Set<string>): DaySoFar {
  const hours = structuredClone(before.hours);
  let { run } = before;
  for (const entry of entries) {
    const hour = (hours[String(Math.floor(entry.occurredUs / hourUs) % 24)] ??= {});
    const isRefused = entry.outcome === "refused" || entry.code.startsWith("request.denied");
    if (isRefused) {
      run += 1;
      add(hour, "refused", 1);
      hour.run = Math.max(hour.run ?? 0, run);
    } else if (works.test(entry.code) && !isMiss(entry)) run = 0;
    if (entry.outcome === "success" && !/^(auth\.|mail\.|case\.|request\.denied)/.test(entry.code)) {
      add(hour, "acts", 1);
      countWhat(entry, hour, seen);
    }
  }
  return { hours, run };
}

/** The records and tables of these events, each of which counts once a day. */
export function thingsIn(entries: readonly AuditEntry[]): Set<string> {
  const things = new Set<string>();
  countOn({ hours: {}, run: 0 }, entries, things);
  return things;
}

function countWhat(entry: AuditEntry, hour: HourOfWork, seen: Set<string>): void {
  const { code, resource } = entry;
  switch (code) {
    case "reveal.opened":
      return countReveal(entry, hour, seen);
    case "reveal.copied":
      return add(hour, "copies", 1);
    case "browse.table_opened":
      return addOnce(hour, "tables", `table ${resource?.tableId}`, seen);
    case "browse.exported":
      return add(hour, "exports", 1);
    case "browse.export_ended":
      return add(hour, "rows", Number(entry.details?.["rows"] ?? 0));
    case "lookup.answered":
    case "field_check.answered":
      add(hour, "asks", 1);
      return add(hour, "misses", isMiss(entry) ? 1 : 0);
    case "emergency.opened":
      return add(hour, "emergencies", 1);
    default:
      return undefined;
  }
}

function isMiss({ code, details }: AuditEntry): boolean {
  if (code === "lookup.answered") return details?.["found"] !== "one";
  return code === "field_check.answered" && details?.["matches"] !== true;
}

function countReveal({ resource, purpose }: AuditEntry, hour: HourOfWork, seen: Set<string>): void {
  const { tableId = "", table = "a table", records = [], classes = [] } = resource ?? {};
  addOnce(hour, "tables", `table ${tableId}`, seen);
  const fresh = records.filter((record) => isFirst(`${tableId} ${record}`, seen)).length;
  if (fresh === 0) return;
  add(hour, "records", fresh);
  const uses = (hour.uses ??= {});
  const use = (key: string, label: string) => {
    (uses[key] ??= { label, records: 0 }).records += fresh;
  };
  use(`table|${tableId}`, table);
  for (const id of new Set(classes)) {
    use(`class|${id}`, id);
    if (purpose !== undefined) use(`use|${id}|${purpose}`, `${id} for ${purpose.replaceAll("-", " ")}`);
  }
}

function addOnce(hour: HourOfWork, measure: Measure, key: string, seen: Set<string>): void {
  if (isFirst(key, seen)) add(hour, measure, 1);
}

function isFirst(key: string, seen: Set<string>): boolean {
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

function add(hour: HourOfWork, measure: Measure, count: number): void {
  if (Number.isFinite(count) && count > 0) hour[measure] = (hour[measure] ?? 0) + count;
}
