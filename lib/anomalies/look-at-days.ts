import "server-only";
import { and, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { readBlocks, readDays } from "@/lib/anomalies/activity-rows";
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
  for (const person of persons) {
    const days = localDays(
      person.zone,
      recent.filter(({ personId }) => personId === person.id),
    );
    for (const day of days) await lookAtDay(ctx, person, day);
  }
}

async function lookAtDay(ctx: Context, person: Person, day: string): Promise<void> {
  const looked = await readLooked(ctx, person, day);
  const findings = looked === null ? [] : detect(looked);
  if (findings.length > 0) await openCase(ctx, { personId: person.id, day, zone: person.zone, findings });
}

/** What a day is held against. Days of which a case is open, or was misuse, are no part of what is usual. */
async function readLooked(ctx: Context, person: Person, day: string): Promise<Looked | null> {
  const stored = await readDays(person.id, dayAfter(day, -HISTORY_DAYS - 1), dayAfter(day, 1));
  const days = daysIn(person.zone, stored);
  const today = days.find((one) => one.day === day);
  if (!today) return null;
  const odd = await readOddDays(ctx, person.id, day);
  const since = dayAfter(day, -HISTORY_DAYS);
  const history = days.filter((one) => one.day < day && one.day >= since && !odd.has(one.day));
  const peerIds = await readPeers(ctx, person);
  const blocks = await readBlocks([person.id, ...peerIds], day);
  return { day: today, history, blocks: blocksOf(blocks.get(person.id)), peers: peersOf(peerIds, blocks) };
}

type Found = { sums: number[]; knownDays: number };

function blocksOf(found: Found | undefined): Looked["blocks"] {
  const whole = Math.floor((found?.knownDays ?? 0) / 28);
  return { now: found?.sums[0] ?? 0, before: found?.sums.slice(1, Math.max(1, whole)) ?? [] };
}

/** Those of the group who have worked for four weeks. */
function peersOf(ids: readonly string[], blocks: ReadonlyMap<string, Found>): Looked["peers"] {
  const records = ids.flatMap((id) => {
    const found = blocks.get(id);
    return found && found.knownDays >= 28 ? [found.sums[0] ?? 0] : [];
  });
  return { records };
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

/** Active people with the very same roles. */
async function readPeers(ctx: Context, { id, group }: Person): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.state, "active"), sql`${people.id} <> ${id}`, sql`${rolesOf} = ${group}`));
  return rows.map((row) => row.id);
}

/** The days of a person's own calendar that these hours in UTC belong to, in order. */
function localDays(zone: string, touched: readonly Touched[]): Day["day"][] {
  const days = touched.flatMap(({ day, hours }) =>
    hours.map((hour) => localHour(zone, Date.parse(`${day}T00:00:00Z`) + Number(hour) * 3_600_000).day),
  );
  return [...new Set(days)].toSorted();
}
