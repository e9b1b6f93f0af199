import "server-only";
import { and, eq, gt, isNull, lt, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission, holdRoles } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { delegations } from "@/lib/db/schema/delegations";
import { people } from "@/lib/db/schema/people";
import { idInput } from "@/lib/id-input";
import { onePeopleChange } from "@/lib/people/admins";
import { Refusal } from "@/lib/refusal";

export const LONGEST_ABSENCE_DAYS = 30;
export const FARTHEST_ABSENCE_DAYS = 180;
const MOST_FOR_ONE = 20;

const day = z.iso.date("Give a day.");

export const substituteSchema = z.object({
  substituteId: idInput("Choose somebody."),
  from: day,
  until: day,
});
type Wanted = z.infer<typeof substituteSchema>;

/**
 * Names the approver who has the seats of this one from the start of a day to the end of another, in the time zone of
 * whoever is away. One substitute at a time; nobody passes on the seats of somebody else (law 7).
 */
export async function nameSubstitute(ctx: Context, wanted: Wanted): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    await holdPermission(tx, ctx, "decide");
    const me = ctx.actor.personId;
    const substitute = await holdSubstitute(tx, me, wanted.substituteId);
    const span = await readSpan(tx, me, wanted);
    const overlaps = and(eq(delegations.delegatorId, me), lt(delegations.startsAt, span.endsAt));
    if ((await countOpen(tx, and(overlaps, gt(delegations.endsAt, span.startsAt)))) > 0)
      throw refuse("from", "You have named somebody for a part of this time already.");
    if ((await countOpen(tx, eq(delegations.substituteId, substitute.id))) >= MOST_FOR_ONE)
      throw refuse("substituteId", `They stand in for ${MOST_FOR_ONE} others already.`);
    const [made] = await tx
      .insert(delegations)
      .values({ delegatorId: me, substituteId: substitute.id, ...span })
      .returning({ id: delegations.id });
    if (!made) throw new Error("The delegation was not stored.");
    const { startsAt, endsAt } = span;
    return {
      result: { name: substitute.name },
      event: {
        code: "delegation.made",
        subject: substitute,
        approvers: [{ id: me, name: ctx.actor.name }],
        details: { delegation: made.id, from: startsAt.toISOString(), until: endsAt.toISOString() },
      },
    };
  });
}

/** The row of another active approver, held so that they stay one until this is written. */
async function holdSubstitute(
  tx: WriteTransaction,
  me: string,
  id: string,
): Promise<{ id: string; name: string }> {
  const roles = id === me ? [] : await holdRoles(tx, id);
  const [person] = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(eq(people.id, id));
  if (!person || !roles.includes("approver")) throw refuse("substituteId", "Name another active approver.");
  return person;
}

/** From the start of the first day, or now, to the end of the last; refuses what is past, too long or too far away. */
async function readSpan(tx: WriteTransaction, me: string, { from, until }: Wanted) {
  const startOf = (date: string, plus: number) =>
    sql`((${date}::date + ${plus}::integer)::timestamp AT TIME ZONE ${people.timeZone})`;
  const moment = (at: SQL) => sql<Date>`${at}`.mapWith(people.createdAt);
  const [span] = await tx
    .select({
      madeAt: moment(sql`m.now`),
      startsAt: moment(sql`greatest(m.now, ${startOf(from, 0)})`),
      endsAt: moment(startOf(until, 1)),
      isPast: sql<boolean>`${startOf(until, 1)} <= m.now`,
      days: sql<number>`(${until}::date - ${from}::date) + 1`,
      daysAhead: sql<number>`${from}::date - (m.now AT TIME ZONE ${people.timeZone})::date`,
    })
    .from(people)
    .innerJoin(sql`(SELECT clock_timestamp() AS now) AS m`, sql`true`)
    .where(eq(people.id, me));
  if (!span) throw new Refusal("not-permitted");
  const { isPast, days, daysAhead, ...moments } = span;
  if (days < 1) throw refuse("until", "This is before the first day.");
  if (isPast) throw refuse("until", "This day is over.");
  if (days > LONGEST_ABSENCE_DAYS) throw refuse("until", `At most ${LONGEST_ABSENCE_DAYS} days.`);
  if (daysAhead > FARTHEST_ABSENCE_DAYS) throw refuse("from", `At most ${FARTHEST_ABSENCE_DAYS} days ahead.`);
  return moments;
}

const refuse = (field: keyof Wanted, words: string) => new Refusal("bad-input", { [field]: words });

async function countOpen(tx: WriteTransaction, which: SQL | undefined): Promise<number> {
  const [row] = await tx
    .select({ open: sql<number>`count(*)::int` })
    .from(delegations)
    .where(and(which, isNull(delegations.endedAt), gt(delegations.endsAt, sql`clock_timestamp()`)));
  return row?.open ?? 0;
}
