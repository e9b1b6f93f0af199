import "server-only";
import { and, gte, lt, sql } from "drizzle-orm";
import { readSize, seqRange } from "@/lib/audit/seq-range";
import type { HourView } from "@/lib/audit/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { auditEvents } from "@/lib/db/schema/audit";

/** How many events each of the last 48 hours saw: those are read, and no others. */
export async function listHours(ctx: Context): Promise<HourView[]> {
  requirePermission(ctx, "audit");
  const { seq, occurredAt, outcome } = auditEvents;
  const from = sql`(SELECT clock_timestamp() - interval '49 hours')`;
  const { first, before } = await seqRange(ctx.db, { from, before: null }, await readSize(ctx.db));
  // The index of times, which has no order, would be taken for the whole log: its share is not known beforehand.
  const isRecent = sql`(${occurredAt} >= ${from}) IS TRUE`;
  const counted = sql`(SELECT date_trunc('hour', ${occurredAt}) AS hour, count(*)::int AS count,
      (count(*) FILTER (WHERE ${outcome} <> 'success'))::int AS refused
    FROM ${auditEvents} WHERE ${and(gte(seq, first), lt(seq, before), isRecent)} GROUP BY 1)`;
  const hour = sql<Date>`h.hour`.mapWith((value: string) => new Date(value));
  const rows = await ctx.db
    .select({
      hour,
      count: sql<number>`coalesce(counted.count, 0)`,
      refused: sql<number>`coalesce(counted.refused, 0)`,
    })
    .from(
      sql`generate_series(date_trunc('hour', clock_timestamp()) - interval '47 hours',
        date_trunc('hour', clock_timestamp()), interval '1 hour') AS h(hour)`,
    )
    .leftJoin(sql`${counted} AS counted`, sql`counted.hour = h.hour`)
    .orderBy(sql`h.hour`);
  return rows.map((row) => ({ ...row, hour: row.hour.toISOString() }));
}
