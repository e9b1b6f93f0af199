import "server-only";
import { and, asc, desc, eq, isNotNull, isNull, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";
import { sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { auditHolds, auditPruned, auditRetention } from "@/lib/db/schema/retention";
import type { HoldView, PeriodView, PruningPreview, RetentionView } from "@/lib/retention/view";

const MOST = 200;
const FEW = 10;
const ownWords = "You asked for it: another person has to.";

/** For how long the log is kept, what that prunes, and what is held. */
export async function readRetention(ctx: Context): Promise<RetentionView> {
  requirePermission(ctx, "retention");
  const { roles } = ctx.actor;
  const [inForce, waiting, holds, lifted, persons, connected, counted] = await Promise.all([
    readPeriod(ctx, isNotNull(auditRetention.confirmedAt)),
    readPeriod(ctx, and(isNull(auditRetention.confirmedAt), isNull(auditRetention.droppedAt))),
    readHolds(ctx, isNull(auditHolds.liftedAt), desc(auditHolds.placedAt), MOST),
    readHolds(ctx, isNotNull(auditHolds.liftedAt), desc(auditHolds.liftedAt), FEW),
    ctx.db.select({ id: people.id, name: people.name }).from(people).orderBy(asc(people.name)).limit(1000),
    ctx.db
      .select({ id: sources.id, name: sources.name })
      .from(sources)
      .orderBy(asc(sources.name))
      .limit(1000),
    ctx.db
      .select({
        pruned: sql<number>`(SELECT count(*)::float8 FROM ${auditPruned})`,
        now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt),
      })
      .from(people)
      .where(eq(people.id, ctx.actor.personId)),
  ]);
  const isOwn = waiting?.setById === ctx.actor.personId;
  return {
    inForce: inForce && viewOf(inForce),
    waiting: waiting && {
      ...viewOf(waiting),
      preview: await preview(ctx, waiting.days),
      cannot: isOwn ? "You set it: an auditor or another admin has to confirm it." : null,
    },
    preview: inForce ? await preview(ctx, inForce.days) : null,
    pruned: counted[0]?.pruned ?? 0,
    holds,
    lifted,
    people: persons,
    sources: connected,
    maySet: rolesAllow(roles, "retentionSet"),
    mayHold: rolesAllow(roles, "hold"),
    now: (counted[0]?.now ?? new Date(0)).toISOString(),
  };
}

type PeriodRow = Awaited<ReturnType<typeof readPeriod>>;

async function readPeriod(ctx: Context, which: SQL | undefined) {
  const [setter, confirmer] = [alias(people, "setter"), alias(people, "confirmer")];
  const { id, days, why, setBy, setAt, confirmedAt } = auditRetention;
  const [row] = await ctx.db
    .select({
      id,
      days,
      why,
      setById: setBy,
      setBy: setter.name,
      setAt,
      confirmedBy: confirmer.name,
      confirmedAt,
    })
    .from(auditRetention)
    .innerJoin(setter, eq(setter.id, setBy))
    .leftJoin(confirmer, eq(confirmer.id, auditRetention.confirmedBy))
    .where(which)
    .orderBy(desc(confirmedAt), desc(setAt))
    .limit(1);
  return row ?? null;
}

function viewOf({ setById: _, setAt, confirmedAt, ...row }: NonNullable<PeriodRow>): PeriodView {
  return { ...row, setAt: setAt.toISOString(), confirmedAt: confirmedAt?.toISOString() ?? null };
}

/** What a period would prune now. */
export async function preview(ctx: Context, days: number | null): Promise<PruningPreview> {
  if (days === null) return null;
  const moment = (name: string) => sql<Date | null>`${sql.raw(name)}`.mapWith(auditRetention.setAt);
  const [row] = await ctx.db
    .select({
      pruned: sql<number>`pruned::float8`,
      firstSeq: sql<number>`first_seq::float8`,
      lastSeq: sql<number>`last_seq::float8`,
      oldest: moment("oldest"),
      newest: moment("newest"),
    })
    .from(sql`preview_pruning(${days}) AS told`);
  if (!row?.oldest || !row.newest) return null;
  return { ...row, oldest: row.oldest.toISOString(), newest: row.newest.toISOString() };
}

async function readHolds(ctx: Context, which: SQL, order: SQL, most: number): Promise<HoldView[]> {
  const [placer, asker, lifter] = [alias(people, "placer"), alias(people, "asker"), alias(people, "lifter")];
  const rows = await ctx.db
    .select({
      hold: auditHolds,
      placedBy: placer.name,
      liftAskedBy: asker.name,
      liftedBy: lifter.name,
      person: people.name,
      source: sources.name,
    })
    .from(auditHolds)
    .innerJoin(placer, eq(placer.id, auditHolds.placedBy))
    .leftJoin(asker, eq(asker.id, auditHolds.liftAskedBy))
    .leftJoin(lifter, eq(lifter.id, auditHolds.liftedBy))
    .leftJoin(people, eq(people.id, auditHolds.personId))
    .leftJoin(sources, eq(sources.id, auditHolds.sourceId))
    .where(which)
    .orderBy(order, asc(auditHolds.id))
    .limit(most);
  return rows.map(({ hold, person, source, ...names }) => ({
    id: hold.id,
    name: hold.name,
    why: hold.why,
    part: partOf({ person, source, fromDay: hold.fromDay, toDay: hold.toDay }),
    ...names,
    placedAt: hold.placedAt.toISOString(),
    liftWhy: hold.liftWhy,
    liftedAt: hold.liftedAt?.toISOString() ?? null,
    cannot: hold.liftAskedBy === ctx.actor.personId ? ownWords : null,
  }));
}

function partOf(held: {
  person: string | null;
  source: string | null;
  fromDay: string | null;
  toDay: string | null;
}): string {
  const { person, source, fromDay, toDay } = held;
  const parts = [
    ...(person === null ? [] : [`what names ${person}`]),
    ...(source === null ? [] : [`of the source ${source}`]),
    ...(fromDay === null ? [] : [`from ${fromDay}`]),
    ...(toDay === null ? [] : [`to ${toDay}`]),
  ];
  return parts.length === 0 ? "The whole log" : `Events: ${parts.join(", ")}`;
}
