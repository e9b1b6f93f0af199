import "server-only";
import { and, asc, between, eq, gt, inArray, lte, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/pg-core";
import { countDay } from "@/lib/anomalies/activity";
import { keepDay, moveActivityMark, readActivityMark, readFirstSeqs } from "@/lib/anomalies/activity-rows";
import { readLogEnd } from "@/lib/anomalies/read-clock";
import { parseEntry } from "@/lib/audit/entry";
import type { Context } from "@/lib/auth/context";
import { auditEvents } from "@/lib/db/schema/audit";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";

const BATCH = 2000;

/** A person and a day in UTC on which something was counted anew. */
export type Touched = { personId: string; day: string; hours: readonly string[] };

/** What a batch has touched; `more` says that the log goes on, `keep` moves the mark once it was looked at. */
export type Counted = { touched: Touched[]; more: boolean; keep: () => Promise<void> };

/**
 * Counts the next events of the log after the mark, the days that they touch anew from their first event on. It moves no
 * mark: whoever is killed before `keep` leaves it, and counting again gives the same.
 */
export async function countActivity(ctx: Context, batch = BATCH): Promise<Counted> {
  const mark = await readActivityMark();
  const end = await readLogEnd(ctx);
  const events = await readBatch(ctx, mark, end, batch);
  const more = events.length === batch;
  const last = more ? (events.at(-1)?.seq ?? end) : end;
  const days = await knownPeople(ctx, daysOf(events));
  const firsts = await readFirstSeqs(days);
  const touched: Touched[] = [];
  for (const { personId, day, firstSeq } of days) {
    const from = Math.min(firstSeq, firsts.get(`${personId} ${day}`) ?? firstSeq);
    const hours = countDay(await readDay(ctx, { personId, day, from, last }));
    const records = Object.values(hours).reduce((sum, hour) => sum + (hour.records ?? 0), 0);
    await keepDay({ personId, day, firstSeq: from, lastSeq: last, records, hours });
    touched.push({ personId, day, hours: Object.keys(hours) });
  }
  return { touched, more, keep: () => moveActivityMark(mark, last) };
}

type Brief = { seq: number; day: string; personId: string | null };

/** Whom the next events concern; of a denial the one who asked. */
async function readBatch(ctx: Context, mark: number, end: number, batch: number): Promise<Brief[]> {
  return ctx.db
    .select({
      seq: auditEvents.seq,
      day: dayOf,
      personId: sql<string | null>`CASE WHEN ${auditEvents.code} = 'request.denied'
        THEN (${auditEvents.entry}::jsonb #>> '{subject,id}')::uuid ELSE ${auditEvents.actorId} END`,
    })
    .from(auditEvents)
    .where(and(gt(auditEvents.seq, mark), lte(auditEvents.seq, end)))
    .orderBy(asc(auditEvents.seq))
    .limit(batch);
}

const dayOf = sql<string>`((${auditEvents.occurredAt} AT TIME ZONE 'UTC')::date)::text`;

function daysOf(events: readonly Brief[]): { personId: string; day: string; firstSeq: number }[] {
  const days = new Map<string, { personId: string; day: string; firstSeq: number }>();
  for (const { seq, day, personId } of events) {
    if (personId === null) continue;
    const key = `${personId} ${day}`;
    if (!days.has(key)) days.set(key, { personId, day, firstSeq: seq });
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

type OneDay = { personId: string; day: string; from: number; last: number };

/** What a person did on a day, and the denials of what they asked for, each by an index that begins with whose it is. */
async function readDay(ctx: Context, { personId, day, from, last }: OneDay) {
  const columns = { seq: auditEvents.seq, entry: auditEvents.entry };
  const inSpan = and(between(auditEvents.seq, from, last), sql`${dayOf} = ${day}`);
  const own = ctx.db
    .select(columns)
    .from(auditEvents)
    .where(and(eq(auditEvents.actorId, personId), sql`${auditEvents.code} <> 'request.denied'`, inSpan));
  const denied = ctx.db
    .select(columns)
    .from(auditEvents)
    .innerJoin(requests, eq(requests.id, auditEvents.requestId))
    .where(
      and(
        eq(requests.requesterId, personId),
        eq(requests.state, "denied"),
        eq(auditEvents.code, "request.denied"),
        inSpan,
      ),
    );
  const rows = await unionAll(own, denied).orderBy(asc(auditEvents.seq));
  return rows.map(({ entry }) => parseEntry(entry));
}
