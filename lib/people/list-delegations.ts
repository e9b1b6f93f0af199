import "server-only";
import { and, asc, desc, eq, gt, isNull, ne, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { delegations, type DelegationEnd } from "@/lib/db/schema/delegations";
import { people, personRoles } from "@/lib/db/schema/people";
import { FARTHEST_ABSENCE_DAYS } from "@/lib/people/name-substitute";
import type { AbsencePage, AbsenceView, DelegationLine } from "@/lib/people/view";
import { Refusal } from "@/lib/refusal";

const MOST = 200;
const FEW = 10;
const isOpen = and(isNull(delegations.endedAt), gt(delegations.endsAt, sql`clock_timestamp()`));
const isOver = sql`NOT (${isOpen})`;

/** For whom and by whom this approver is covered, now and later, what was lately, and whom they can name. */
export async function readAbsence(ctx: Context): Promise<AbsenceView> {
  requirePermission(ctx, "decide");
  const me = ctx.actor.personId;
  const mine = or(eq(delegations.delegatorId, me), eq(delegations.substituteId, me));
  const today = (plus: number) =>
    sql<string>`((clock_timestamp() AT TIME ZONE ${people.timeZone})::date + ${plus}::integer)::text`;
  const [open, over, substitutes, [clock]] = await Promise.all([
    readLines(ctx, and(mine, isOpen), asc(delegations.startsAt), MOST),
    readLines(ctx, and(mine, isOver), desc(delegations.startsAt), FEW),
    ctx.db
      .select({ id: people.id, name: people.name })
      .from(people)
      .innerJoin(personRoles, and(eq(personRoles.personId, people.id), eq(personRoles.role, "approver")))
      .where(and(eq(people.state, "active"), ne(people.id, me)))
      .orderBy(asc(people.name), asc(people.id))
      .limit(1000),
    ctx.db
      .select({
        now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt),
        timeZone: people.timeZone,
        today: today(0),
        latest: today(FARTHEST_ABSENCE_DAYS),
      })
      .from(people)
      .where(eq(people.id, me)),
  ]);
  if (!clock) throw new Refusal("not-found");
  return {
    mine: open.filter((line) => line.delegator.id === me),
    forOthers: open.filter((line) => line.substitute.id === me),
    ...{ over, substitutes },
    ...clock,
    now: clock.now.toISOString(),
  };
}

/** Who stands in for whom, now and later, and what was lately; for admins. */
export async function listDelegations(ctx: Context): Promise<AbsencePage> {
  requirePermission(ctx, "people");
  const [open, over, [clock]] = await Promise.all([
    readLines(ctx, isOpen, asc(delegations.startsAt), MOST),
    readLines(ctx, isOver, desc(delegations.startsAt), FEW),
    ctx.db
      .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt) })
      .from(people)
      .where(eq(people.id, ctx.actor.personId)),
  ]);
  return { open, over, now: (clock?.now ?? new Date(0)).toISOString() };
}

const endings: Record<DelegationEnd, string> = {
  "taken-back": "Taken back",
  declined: "Given back by the substitute",
  admin: "Ended by an admin",
  "role-lost": "Ended: one of them is no approver any more",
  disabled: "Ended: one of them was disabled",
};

async function readLines(
  ctx: Context,
  which: SQL | undefined,
  order: SQL,
  most: number,
): Promise<DelegationLine[]> {
  const [delegator, substitute] = [alias(people, "delegator"), alias(people, "substitute")];
  const rows = await ctx.db
    .select({
      id: delegations.id,
      delegator: { id: delegator.id, name: delegator.name },
      substitute: { id: substitute.id, name: substitute.name },
      startsAt: delegations.startsAt,
      endsAt: delegations.endsAt,
      endedAt: delegations.endedAt,
      endedWhy: delegations.endedWhy,
      isNow: sql<boolean>`${delegations.startsAt} <= clock_timestamp()`,
    })
    .from(delegations)
    .innerJoin(delegator, eq(delegator.id, delegations.delegatorId))
    .innerJoin(substitute, eq(substitute.id, delegations.substituteId))
    .where(which)
    .orderBy(order, asc(delegations.id))
    .limit(most);
  return rows.map(({ startsAt, endsAt, endedAt, endedWhy, ...line }) => ({
    ...line,
    startsAt: startsAt.toISOString(),
    endsAt: (endedAt ?? endsAt).toISOString(),
    endedWords: endedWhy === null ? null : endings[endedWhy],
  }));
}
