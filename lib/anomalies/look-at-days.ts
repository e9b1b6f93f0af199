import "server-only";
import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { readBlocks, readDays, readMonths } from "@/lib/anomalies/activity-rows";
import type { Touched } from "@/lib/anomalies/count-activity";
import { dayAfter, daysIn, localHour, type Day } from "@/lib/anomalies/day";
import { detect, HISTORY_DAYS, type Looked } from "@/lib/anomalies/detect";
import { openCase } from "@/lib/anomalies/open-case";
import type { Context } from "@/lib/auth/context";
import { anomalyCases } from "@/lib/db/schema/anomalies";
import { people, personRoles } from "@/lib/db/schema/people";

/** Days that are longer ago are counted and not judged: when Glimpse begins to count, nobody wants a year of cases. */
const TOLD_DAYS = 14;

type Person = { id: string; zone: string; group: string };

/** Looks at the days that were counted anew, of everybody whom they concern, and opens cases of what is unusual. */
export async function lookAtDays(ctx: Context, touched: readonly Touched[], today: string): Promise<void> {
  const recent = touched.filter(({ day }) => day >= dayAfter(today, -TOLD_DAYS));
  const persons = await readPersons(ctx, [...new Set(recent.map(({ personId }) => personId))]);
  const groups = new Groups(ctx);
  for (const person of persons) {
    const days = localDays(
      person.zone,
      recent.filter(({ personId }) => personId === person.id),
    );
    for (const day of days) await lookAtDay(ctx, person, day, groups);
  }
}

async function lookAtDay(ctx: Context, person: Person, day: string, groups: Groups): Promise<void> {
  const looked = await readLooked(ctx, person, day, groups);
  const findings = looked === null ? [] : detect(looked);
  if (findings.length > 0) await openCase(ctx, { personId: person.id, day, zone: person.zone, findings });
}

/** What a day is held against. Days of which a case is open, or was misuse, are no part of what is usual. */
async function readLooked(ctx: Context, person: Person, day: string, groups: Groups): Promise<Looked | null> {
  const stored = await readDays(person.id, dayAfter(day, -HISTORY_DAYS - 1), dayAfter(day, 1));
  const days = daysIn(person.zone, stored);
  const today = days.find((one) => one.day === day);
  if (!today) return null;
  const odd = await readOddDays(ctx, person.id, day);
  const since = dayAfter(day, -HISTORY_DAYS);
  const history = days.filter((one) => one.day < day && one.day >= since && !odd.has(one.day));
  const { sums, knownDays } = await readBlocks(person.id, day);
  const blocks = { now: sums[0] ?? 0, before: sums.slice(1, Math.max(1, Math.floor(knownDays / 28))) };
  return { day: today, history, blocks, peers: await groups.peersOf(person, day) };
}

/** What people with the very same roles opened in the four weeks up to a day, read once for all of them. */
class Groups {
  readonly #ctx: Context;
  readonly #read = new Map<string, Promise<Map<string, number>>>();

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Those of a person's group who have worked for four weeks, without the person. */
  async peersOf({ id, group }: Person, day: string): Promise<Looked["peers"]> {
    const key = `${day} ${group}`;
    const reading = this.#read.get(key) ?? this.#readGroup(group, day);
    this.#read.set(key, reading);
    return { records: [...(await reading)].flatMap(([peer, records]) => (peer === id ? [] : [records])) };
  }

  async #readGroup(group: string, day: string): Promise<Map<string, number>> {
    const rows = await this.#ctx.db
      .select({ id: people.id })
      .from(people)
      .where(and(eq(people.state, "active"), sql`${rolesOf} = ${group}`));
    return readMonths(
      rows.map(({ id }) => id),
      day,
    );
  }
}

async function readOddDays(ctx: Context, personId: string, before: string): Promise<Set<string>> {
  const rows: { day: string }[] = await ctx.db
    .select({ day: anomalyCases.day })
    .from(anomalyCases)
    .where(
      and(
        eq(anomalyCases.personId, personId),
        inArray(anomalyCases.state, ["open", "misuse"]),
        lt(anomalyCases.day, before),
        gte(anomalyCases.day, dayAfter(before, -HISTORY_DAYS)),
      ),
    );
  return new Set(rows.map(({ day }) => day));
}

const rolesOf = sql<string>`(SELECT coalesce(string_agg(a.role, ' ' ORDER BY a.role), '') FROM ${personRoles} a
  WHERE a.person_id = ${people.id})`;

async function readPersons(ctx: Context, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  return ctx.db
    .select({ id: people.id, zone: people.timeZone, group: rolesOf })
    .from(people)
    .where(inArray(people.id, [...ids]))
    .orderBy(people.id);
}

/** The days of a person's own calendar that these hours in UTC belong to, in order. */
function localDays(zone: string, touched: readonly Touched[]): Day["day"][] {
  const days = touched.flatMap(({ day, hours }) =>
    hours.map((hour) => localHour(zone, Date.parse(`${day}T00:00:00Z`) + Number(hour) * 3_600_000).day),
  );
  return [...new Set(days)].toSorted();
}
