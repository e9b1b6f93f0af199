import "server-only";
import { and, asc, gt, inArray, lte, sql } from "drizzle-orm";
import { countOn, thingsIn, type HoursOfWork } from "@/lib/anomalies/activity";
import {
  forgetSeen,
  keepDay,
  moveActivityMark,
  readActivityMark,
  readDaySoFar,
  readSeen,
} from "@/lib/anomalies/activity-rows";
import { dayAfter } from "@/lib/anomalies/day";
import { readLogEnd } from "@/lib/anomalies/read-clock";
import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import type { Context } from "@/lib/auth/context";
import { auditEvents } from "@/lib/db/schema/audit";
import { people } from "@/lib/db/schema/people";

const BATCH = 2000;

/** A person and a day in UTC on which something was counted. */
export type Touched = { personId: string; day: string; hours: readonly string[] };

/** What a batch has touched; `more` says that the log goes on, `keep` moves the mark once it was looked at. */
export type Counted = { touched: Touched[]; more: boolean; keep: () => Promise<void> };

/**
 * Adds the next events of the log after the mark to the days that they touch, and reads no others: a batch costs the same
 * however long a day has become. Each day knows up to which event it was counted, so that nothing counts twice. It moves no
 * mark: whoever is killed before `keep` leaves it, and the next one touches the same days.
 */
export async function countActivity(ctx: Context, batch = BATCH): Promise<Counted> {
  const mark = await readActivityMark();
  const end = await readLogEnd(ctx);
  const events = await readBatch(ctx, mark, end, batch);
  const more = events.length === batch;
  const last = more ? (events.at(-1)?.seq ?? end) : end;
  const touched: Touched[] = [];
  for (const day of await knownPeople(ctx, daysOf(events))) {
    const hours = await addToDay(day, last);
    touched.push({ personId: day.personId, day: day.day, hours: Object.keys(hours) });
  }
  const today = events.at(-1)?.day;
  const keep = async () => {
    await moveActivityMark(mark, last);
    // The clock of a log may step back a little, over midnight as well.
    if (today !== undefined) await forgetSeen(dayAfter(today, -1));
  };
  return { touched, more, keep };
}

type Brief = { seq: number; day: string; personId: string | null; entry: string };
type OneDay = { personId: string; day: string; entries: AuditEntry[] };

/** Adds what is new of a day to what is kept of it, and gives its hours. Again where somebody else did it meanwhile. */
async function addToDay({ personId, day, entries }: OneDay, last: number): Promise<HoursOfWork> {
  for (;;) {
    const before = await readDaySoFar(personId, day);
    const fresh = entries.filter(({ seq }) => seq > (before?.lastSeq ?? -1));
    const [first] = fresh;
    if (first === undefined) return before?.hours ?? {};
    const seen = await readSeen(personId, day, thingsIn(fresh));
    const { hours, run } = countOn(before ?? { hours: {}, run: 0 }, fresh, seen);
    const records = Object.values(hours).reduce((sum, hour) => sum + (hour.records ?? 0), 0);
    const counted = { personId, day, firstSeq: first.seq, lastSeq: last, records, hours, run, seen };
    if (await keepDay({ ...counted, before: before?.lastSeq ?? null })) return hours;
  }
}

/** The next events, and whom they concern; of a denial the one who asked. */
async function readBatch(ctx: Context, mark: number, end: number, batch: number): Promise<Brief[]> {
  return ctx.db
    .select({
      seq: auditEvents.seq,
      day: sql<string>`((${auditEvents.occurredAt} AT TIME ZONE 'UTC')::date)::text`,
      personId: sql<string | null>`CASE WHEN ${auditEvents.code} = 'request.denied'
        THEN (${auditEvents.entry}::jsonb #>> '{subject,id}')::uuid ELSE ${auditEvents.actorId} END`,
      entry: auditEvents.entry,
    })
    .from(auditEvents)
    .where(and(gt(auditEvents.seq, mark), lte(auditEvents.seq, end)))
    .orderBy(asc(auditEvents.seq))
    .limit(batch);
}

function daysOf(events: readonly Brief[]): OneDay[] {
  const days = new Map<string, OneDay>();
  for (const { day, personId, entry } of events) {
    if (personId === null) continue;
    const key = `${personId} ${day}`;
    const one = days.get(key) ?? { personId, day, entries: [] };
    one.entries.push(parseEntry(entry));
    days.set(key, one);
  }
  return [...days.values()];
}

/** Without those that are nobody of ours: programs that act by a name of their own. */
async function knownPeople<T extends { personId: string }>(ctx: Context, days: readonly T[]): Promise<T[]> {
  const ids = [...new Set(days.map(({ personId }) => personId))];
  if (ids.length === 0) return [];
  const rows = await ctx.db.select({ id: people.id }).from(people).where(inArray(people.id, ids));
  const known = new Set(rows.map(({ id }) => id));
  return days.filter(({ personId }) => known.has(personId));
}
