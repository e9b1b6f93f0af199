import "server-only";
import { and, asc, count, eq, inArray, isNull, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { holdPermission, holdRoles } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { reportSchedules } from "@/lib/db/schema/reports";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { isDiscreet } from "@/lib/reports/report";
import { readWanted } from "@/lib/reports/run-report";

const MOST_OF_ONE = 20;

const list = z.preprocess(
  (value) => (typeof value === "string" ? [value] : value),
  z.array(idInput()).max(20),
);

/** `params` are those of the address of the report, as a query. */
export const scheduleSchema = z.object({
  kind: z.string().max(40),
  params: z.string().max(4_000),
  every: z.enum(["week", "month"]),
  readerIds: list.pipe(z.array(idInput()).min(1, "Choose whom it goes to.")),
});

/** When it is due next by the clock of the database: Monday, or the first of a month, at six in UTC. */
export const nextDue = (every: "week" | "month"): SQL<Date> =>
  sql`date_trunc(${every}, clock_timestamp(), 'UTC') + ${`1 ${every}`}::interval + interval '6 hours'`;

/**
 * Has a report come by mail as a link, to people who may open it; its days are the week or the month before. Asks for a
 * report that could be made now, so that nothing is scheduled that never comes.
 */
export async function scheduleReport(ctx: Context, wanted: z.infer<typeof scheduleSchema>): Promise<void> {
  const given = Object.fromEntries(new URLSearchParams(wanted.params));
  const { kind } = readWanted(ctx, { kind: wanted.kind, params: given });
  // A link holds no record and no words that somebody typed.
  if (isDiscreet(kind)) throw new Refusal("bad-input", { every: "This one is asked for by hand each time." });
  const { from: _, to: __, ...params } = given;
  const readerIds = [...new Set(wanted.readerIds)].toSorted();
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, kind.permission);
    const readers = await holdReaders(tx, readerIds, kind.permission);
    // Of many at once each sees those before it.
    await tx.execute(
      sql`SELECT pg_advisory_xact_lock(hashtextextended(${`schedules ${ctx.actor.personId}`}, 0))`,
    );
    const [kept] = await tx
      .select({ all: count() })
      .from(reportSchedules)
      .where(and(eq(reportSchedules.ownerId, ctx.actor.personId), isNull(reportSchedules.endedAt)));
    if ((kept?.all ?? 0) >= MOST_OF_ONE)
      throw new Refusal("bad-input", { every: `You have ${MOST_OF_ONE} of them already. Stop one first.` });
    const [made] = await tx
      .insert(reportSchedules)
      .values({
        ...{ kind: kind.id, params, every: wanted.every, ownerId: ctx.actor.personId, readerIds },
        nextAt: nextDue(wanted.every),
        madeAt: sql`clock_timestamp()`,
      })
      .returning({ id: reportSchedules.id });
    if (!made) throw new Error("The schedule was not stored.");
    const { every } = wanted;
    return {
      result: undefined,
      event: {
        code: "report.scheduled",
        approvers: readers,
        details: { schedule: made.id, report: kind.id, every, filters: JSON.stringify(params) },
      },
    };
  });
}

/** The people a report goes to, each held as somebody who may open it. */
async function holdReaders(
  tx: WriteTransaction,
  ids: readonly string[],
  permission: Parameters<typeof rolesAllow>[1],
): Promise<{ id: string; name: string }[]> {
  for (const id of ids)
    if (!rolesAllow(await holdRoles(tx, id), permission))
      throw new Refusal("bad-input", { readerIds: "One of them may not open this report." });
  return tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(inArray(people.id, [...ids]))
    .orderBy(asc(people.name), asc(people.id));
}

export const scheduleIdSchema = z.object({ scheduleId: idInput() });

/** Ends a schedule of one's own. */
export async function stopSchedule(
  ctx: Context,
  { scheduleId }: z.infer<typeof scheduleIdSchema>,
): Promise<void> {
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "reports");
    const mine = eq(reportSchedules.ownerId, ctx.actor.personId);
    const [ended] = await endSchedule(tx, and(eq(reportSchedules.id, scheduleId), mine), "stopped");
    if (!ended) throw new Refusal("not-found");
    return { result: undefined, event: ended };
  });
}

/** Ends a schedule that is not ended, and gives the event of it; nothing where it is over already. */
export async function endSchedule(
  tx: WriteTransaction,
  which: SQL | undefined,
  why: "stopped" | "owner-may-not",
): Promise<{ code: "report.schedule_ended"; details: Record<string, string> }[]> {
  const rows = await tx
    .update(reportSchedules)
    .set({ endedAt: sql`clock_timestamp()`, endedWhy: why })
    .where(and(which, isNull(reportSchedules.endedAt)))
    .returning({ id: reportSchedules.id, kind: reportSchedules.kind });
  return rows.map(({ id, kind }) => ({
    code: "report.schedule_ended" as const,
    details: { schedule: id, report: kind, why },
  }));
}
