import "server-only";
import { and, eq, inArray, lt, ne, sql, type SQL } from "drizzle-orm";
import { readActivityMark, readSpans } from "@/lib/anomalies/activity-rows";
import type { CaseFilter } from "@/lib/anomalies/case-filter";
import { readCases } from "@/lib/anomalies/case-rows";
import { daysBetween } from "@/lib/anomalies/day";
import { readDatabaseDay, readLogEnd } from "@/lib/anomalies/read-clock";
import type { CasePage } from "@/lib/anomalies/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { anomalyCases } from "@/lib/db/schema/anomalies";
import { people } from "@/lib/db/schema/people";

const PAGE = 50;
const MOST_FRESH = 50;
/** With a shorter past nobody is held against it. */
const LEAST_SPAN = 14;

/**
 * Cases by their filter; open ones with what weighs most first, so that noise does not stand before it, closed ones with
 * the newest first. Those that concern the reader are not there.
 */
export async function listCases(ctx: Context, filter: CaseFilter): Promise<CasePage> {
  requirePermission(ctx, "audit");
  const { state, personId, before } = filter;
  const wanted = and(
    ofOthers(ctx),
    state === "all" ? undefined : state === "open" ? isOpen : ne(anomalyCases.state, "open"),
    personId ? eq(anomalyCases.personId, personId) : undefined,
    before ? lt(anomalyCases.number, before) : undefined,
  );
  const [rows, counts, persons, fresh, looked, [clock]] = await Promise.all([
    readCases(ctx, wanted, PAGE + 1),
    countCases(ctx),
    readConcerned(ctx),
    readFresh(ctx),
    readLooked(ctx),
    ctx.db
      .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt) })
      .from(people)
      .where(eq(people.id, ctx.actor.personId)),
  ]);
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  const ordered =
    state === "open" ? page.toSorted((a, b) => b.weight - a.weight || b.number - a.number) : page;
  return {
    now: (clock?.now ?? new Date(0)).toISOString(),
    lines: ordered.map(({ personId: _, weight: __, zone: ___, ...line }) => line),
    before: rows.length > PAGE && last ? last.number : null,
    ...{ counts, people: persons, fresh, looked },
  };
}

const isOpen = eq(anomalyCases.state, "open");
const ofOthers = (ctx: Context): SQL => ne(anomalyCases.personId, ctx.actor.personId);

/** How many cases wait for this auditor, for their first page. */
export async function countOpenCases(ctx: Context): Promise<number> {
  return (await countCases(ctx)).open;
}

async function countCases(ctx: Context): Promise<CasePage["counts"]> {
  const [row] = await ctx.db
    .select({
      open: sql<number>`(count(*) FILTER (WHERE ${isOpen}))::int`,
      closed: sql<number>`(count(*) FILTER (WHERE NOT ${isOpen}))::int`,
    })
    .from(anomalyCases)
    .where(ofOthers(ctx));
  return row ?? { open: 0, closed: 0 };
}

async function readConcerned(ctx: Context): Promise<CasePage["people"]> {
  return ctx.db
    .selectDistinct({ id: people.id, name: people.name })
    .from(people)
    .innerJoin(anomalyCases, eq(anomalyCases.personId, people.id))
    .where(ofOthers(ctx))
    .orderBy(people.name, people.id)
    .limit(500);
}

/** Active people whose past is too short to hold them against it. */
async function readFresh(ctx: Context): Promise<CasePage["fresh"]> {
  const today = await readDatabaseDay(ctx);
  const spans = (await readSpans())
    .map(({ personId, first }) => ({ personId, days: daysBetween(first, today) + 1 }))
    .filter(({ days }) => days <= LEAST_SPAN)
    .slice(0, MOST_FRESH);
  if (spans.length === 0) return [];
  const rows = await ctx.db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(
      and(
        inArray(
          people.id,
          spans.map(({ personId }) => personId),
        ),
        eq(people.state, "active"),
      ),
    );
  const nameOf = new Map(rows.map(({ id, name }) => [id, name]));
  return spans.flatMap(({ personId, days }) => {
    const name = nameOf.get(personId);
    return name === undefined ? [] : [{ name, days }];
  });
}

async function readLooked(ctx: Context): Promise<CasePage["looked"]> {
  const [end, mark] = [await readLogEnd(ctx), await readActivityMark()];
  return { events: mark + 1, behind: Math.max(0, end - mark) };
}
