import "server-only";
import { and, asc, desc, eq, isNotNull, isNull, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { stops } from "@/lib/db/schema/stops";
import type { StopChoice, StopLine, StopsView } from "@/lib/people/view";

const MOST = 100;
const FEW = 10;

/** What is stopped now and was lifted last, and whom or what one could stop with how many grants that would end. */
export async function listStops(ctx: Context): Promise<StopsView> {
  requirePermission(ctx, "people");
  const [standing, lifted, persons, connected, [clock]] = await Promise.all([
    readLines(ctx, isNull(stops.liftedAt), desc(stops.setAt), MOST),
    readLines(ctx, isNotNull(stops.liftedAt), desc(stops.liftedAt), FEW),
    ctx.db
      .select({ id: people.id, name: people.name, grants: liveGrants(sql`g.holder_id = ${people.id}`) })
      .from(people)
      .where(eq(people.state, "active"))
      .orderBy(asc(people.name), asc(people.id))
      .limit(1000),
    ctx.db
      .select({ id: sources.id, name: sources.name, grants: liveGrants(sql`g.source_id = ${sources.id}`) })
      .from(sources)
      .where(isNull(sources.removedAt))
      .orderBy(asc(sources.name), asc(sources.id)),
    ctx.db
      .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt), grants: liveGrants(sql`true`) })
      .from(people)
      .where(eq(people.id, ctx.actor.personId)),
  ]);
  const choice =
    (kind: "person" | "source") =>
    ({ id, ...rest }: { id: string; name: string; grants: number }): StopChoice => ({
      ...{ value: `${kind}:${id}`, kind },
      ...rest,
    });
  return {
    standing,
    lifted,
    choices: [
      { value: "all", kind: "all", name: "Everything", grants: clock?.grants ?? 0 },
      ...connected.map(choice("source")),
      ...persons.map(choice("person")),
    ],
    now: (clock?.now ?? new Date(0)).toISOString(),
  };
}

/** The stops that concern this person: of everything, of themselves, and of sources. */
export async function readStops(ctx: Context): Promise<StopLine[]> {
  const mine = or(isNull(stops.personId), eq(stops.personId, ctx.actor.personId));
  return readLines(ctx, and(isNull(stops.liftedAt), mine), asc(stops.setAt), FEW);
}

function liveGrants(which: SQL): SQL<number> {
  return sql<number>`(SELECT count(*)::int FROM grants g WHERE ${which}
    AND ((g.state = 'ready' AND g.activate_by > clock_timestamp())
      OR (g.state = 'active' AND g.ends_at > clock_timestamp())))`;
}

async function readLines(
  ctx: Context,
  which: SQL | undefined,
  order: SQL,
  most: number,
): Promise<StopLine[]> {
  const [setter, lifter, stopped] = [
    alias(people, "setter"),
    alias(people, "lifter"),
    alias(people, "stopped"),
  ];
  const rows = await ctx.db
    .select({
      id: stops.id,
      scope: stops.scope,
      personId: stops.personId,
      words: stops.words,
      setAt: stops.setAt,
      liftedAt: stops.liftedAt,
      liftedWords: stops.liftedWords,
      setBy: setter.name,
      liftedBy: lifter.name,
      name: sql<string>`coalesce(${stopped.name}, ${sources.name}, 'Everything')`,
    })
    .from(stops)
    .innerJoin(setter, eq(setter.id, stops.setBy))
    .leftJoin(lifter, eq(lifter.id, stops.liftedBy))
    .leftJoin(stopped, eq(stopped.id, stops.personId))
    .leftJoin(sources, eq(sources.id, stops.sourceId))
    .where(which)
    .orderBy(order, asc(stops.id))
    .limit(most);
  return rows.map(({ personId, setAt, liftedAt, ...row }) => ({
    ...row,
    isSelf: personId === ctx.actor.personId,
    setAt: setAt.toISOString(),
    liftedAt: liftedAt?.toISOString() ?? null,
  }));
}
