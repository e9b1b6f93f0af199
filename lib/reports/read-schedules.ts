import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { permissions } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents } from "@/lib/db/schema/audit";
import { people } from "@/lib/db/schema/people";
import { reportSchedules } from "@/lib/db/schema/reports";
import { parseEntry } from "@/lib/audit/entry";
import { kindOf } from "@/lib/reports/kinds";
import type { ReaderChoice, ScheduleView } from "@/lib/reports/view";

/** The schedules that this person made or that come to them, soonest first. */
export async function listSchedules(ctx: Context): Promise<ScheduleView[]> {
  requirePermission(ctx, "reports");
  const me = ctx.actor.personId;
  const rows = await ctx.db
    .select({
      id: reportSchedules.id,
      kind: reportSchedules.kind,
      every: reportSchedules.every,
      ownerId: reportSchedules.ownerId,
      owner: people.name,
      nextAt: reportSchedules.nextAt,
      readers: sql<
        string[]
      >`ARRAY(SELECT r.name FROM people r WHERE r.id = ANY (${reportSchedules.readerIds}) ORDER BY r.name)`,
    })
    .from(reportSchedules)
    .innerJoin(people, eq(people.id, reportSchedules.ownerId))
    .where(
      and(
        isNull(reportSchedules.endedAt),
        sql`(${reportSchedules.ownerId} = ${me} OR ${me} = ANY (${reportSchedules.readerIds}))`,
      ),
    )
    .orderBy(asc(reportSchedules.nextAt), asc(reportSchedules.id))
    .limit(500);
  return rows.map(({ kind, ownerId, nextAt, ...row }) => ({
    ...row,
    title: kindOf(kind)?.title ?? kind,
    isMine: ownerId === me,
    nextAt: nextAt.toISOString(),
  }));
}

/** The people to whom a report can be sent: those who may open it. */
export async function listReaders(ctx: Context): Promise<ReaderChoice[]> {
  requirePermission(ctx, "reports");
  const roles = permissions.reports.map((role) => `${role}`);
  const rows = await ctx.db
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(
      sql`${people.state} = 'active' AND EXISTS (SELECT FROM person_roles r WHERE r.person_id = ${people.id}
        AND r.role = ANY (ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(roles)}::text::jsonb))))`,
    )
    .orderBy(asc(people.name), asc(people.id))
    .limit(100);
  return rows.map((row) => ({ ...row, isMe: row.id === ctx.actor.personId }));
}

/** A report that has come due, by the number of the event that said so: to whom, and where it is. Null once it is ended. */
export async function readDue(
  db: ReadDatabase,
  seq: number,
): Promise<{ readerIds: readonly string[]; title: string; path: string } | null> {
  const [event] = await db
    .select({ entry: auditEvents.entry })
    .from(auditEvents)
    .where(and(eq(auditEvents.seq, seq), eq(auditEvents.code, "report.due")));
  const { schedule: id, from, to } = event ? (parseEntry(event.entry).details ?? {}) : {};
  if (typeof id !== "string") return null;
  const [schedule] = await db
    .select({
      kind: reportSchedules.kind,
      params: reportSchedules.params,
      readerIds: reportSchedules.readerIds,
    })
    .from(reportSchedules)
    .where(and(eq(reportSchedules.id, id), isNull(reportSchedules.endedAt)));
  const kind = schedule && kindOf(schedule.kind);
  if (!schedule || !kind) return null;
  const hasDays = kind.fields.some((field) => field.kind === "span");
  const days = hasDays ? { from: String(from), to: String(to) } : {};
  const query = new URLSearchParams({ ...schedule.params, ...days });
  return {
    readerIds: schedule.readerIds,
    title: kind.title,
    path: `/reports/${kind.id}${query.size > 0 ? `?${query}` : ""}`,
  };
}
