import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import { rolesAllow } from "@/lib/auth/permissions";
import { holdRoles } from "@/lib/auth/require-permission";
import { systemContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { reportSchedules } from "@/lib/db/schema/reports";
import { kindOf } from "@/lib/reports/kinds";
import { endSchedule, nextDue } from "@/lib/reports/schedule-report";

/**
 * Says of each report that is due that it is, and when it is due next; mail follows from that event. Of several instances
 * one says it. One whose owner may not run it any more is ended.
 */
export async function tendSchedules(): Promise<void> {
  const ctx = systemContext();
  const due = await ctx.db
    .select({ id: reportSchedules.id })
    .from(reportSchedules)
    .where(and(isNull(reportSchedules.endedAt), sql`${reportSchedules.nextAt} <= clock_timestamp()`))
    .orderBy(asc(reportSchedules.nextAt), asc(reportSchedules.id))
    .limit(100);
  for (const { id } of due)
    try {
      await recorded(ctx, async (tx) => ({ result: undefined, event: await sayDue(tx, id) }));
    } catch (error) {
      // Another instance was quicker.
      if (!(error instanceof NotDue)) throw error;
    }
}

class NotDue extends Error {}

async function sayDue(tx: WriteTransaction, id: string) {
  const [schedule] = await tx
    .select({ kind: reportSchedules.kind, every: reportSchedules.every, ownerId: reportSchedules.ownerId })
    .from(reportSchedules)
    .where(
      and(
        eq(reportSchedules.id, id),
        isNull(reportSchedules.endedAt),
        sql`${reportSchedules.nextAt} <= clock_timestamp()`,
      ),
    )
    .for("update");
  if (!schedule) throw new NotDue();
  const kind = kindOf(schedule.kind);
  if (!kind || !rolesAllow(await holdRoles(tx, schedule.ownerId), kind.permission)) {
    const [ended] = await endSchedule(tx, eq(reportSchedules.id, id), "owner-may-not");
    if (!ended) throw new NotDue();
    return ended;
  }
  const { every } = schedule;
  const day = (at: ReturnType<typeof sql>) => sql<string>`to_char(${at}, 'YYYY-MM-DD')`;
  const begun = sql`date_trunc(${every}, clock_timestamp(), 'UTC') AT TIME ZONE 'UTC'`;
  const [told] = await tx
    .update(reportSchedules)
    .set({ nextAt: nextDue(every) })
    .where(eq(reportSchedules.id, id))
    .returning({
      from: day(sql`${begun} - ${`1 ${every}`}::interval`),
      to: day(sql`${begun} - interval '1 day'`),
    });
  if (!told) throw new NotDue();
  return { code: "report.due" as const, details: { schedule: id, report: kind.id, ...told } };
}
