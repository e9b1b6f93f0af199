import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { ApproverLine, ApproverPage } from "@/lib/approvals/view";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";

const MOST_APPROVERS = 200;
/** Decisions of before these are left out: the newest count. */
const MOST_DECISIONS = 200_000;
const HASTY_SECONDS = 5;

export const periods = [30, 90] as const;
export type Period = (typeof periods)[number];

/** The period that an address names; 30 days when it names none. */
export function parsePeriod(text: string | string[] | undefined): Period {
  return periods.find((days) => String(days) === text) ?? 30;
}

/**
 * How each approver has decided in so many days, those with most decisions first, and all of them together. Auditors,
 * admins and policy admins read of everybody, an approver of themselves alone.
 */
export async function readApprovers(ctx: Context, days: Period): Promise<ApproverPage> {
  requirePermission(ctx, "approvers");
  const all = rolesAllow(ctx.actor.roles, "allApprovers");
  const rows = await ctx.db
    .select({
      id: sql<string | null>`p.id`,
      name: sql<string | null>`p.name`,
      ...numbers,
    })
    .from(sql`(${decided(days, all ? null : ctx.actor.personId)}) AS d JOIN people p ON p.id = d.approver_id`)
    .groupBy(sql`GROUPING SETS ((p.id, p.name), ())`)
    .orderBy(sql`GROUPING(p.id) DESC, count(*) DESC, p.name, p.id`)
    .limit(MOST_APPROVERS + 1);
  // The first row is of all together, and is there although nobody decided anything.
  const [together, ...lines] = rows.flatMap(({ id, name, seconds, ...line }): ApproverLine[] =>
    seconds === null ? [] : [{ ...line, seconds, id: id ?? "", name: name ?? "Everybody" }],
  );
  return { days, all, lines, together: together ?? null };
}

/** What is counted of the decisions of one approver; times in seconds. */
const numbers = {
  decisions: sql<number>`count(*)::int`,
  approved: sql<number>`(count(*) FILTER (WHERE d.verdict <> 'deny'))::int`,
  narrowed: sql<number>`(count(*) FILTER (WHERE d.verdict = 'narrow'))::int`,
  hasty: sql<number>`(count(*) FILTER (WHERE d.looked < ${HASTY_SECONDS}::integer))::int`,
  seconds: sql<[number, number, number] | null>`percentile_cont(ARRAY[0.25, 0.5, 0.75]::float8[])
    WITHIN GROUP (ORDER BY d.waited)`,
};

/**
 * Each decision with two times in seconds: `waited` since it could be decided in its step, and `looked`, the most that
 * can have been spent on it: since then, or since the approver's own decision before it.
 */
function decided(days: Period, personId: string | null): SQL {
  const mine = personId === null ? sql`` : sql`AND approver_id = ${personId}`;
  // The clock is read once, apart: only so can the index be used.
  return sql`
    SELECT s.approver_id, s.verdict, s.waited, least(s.waited, s.since_own) AS looked FROM (
      SELECT d.approver_id, d.verdict, extract(epoch FROM d.decided_at - d.arrived_at)::float8 AS waited,
        extract(epoch FROM d.decided_at - lag(d.decided_at)
          OVER (PARTITION BY d.approver_id ORDER BY d.decided_at))::float8 AS since_own
      FROM (SELECT approver_id, verdict, arrived_at, decided_at FROM decisions
        WHERE decided_at > (SELECT clock_timestamp() - make_interval(days => ${days}::integer)) ${mine}
        ORDER BY decided_at DESC LIMIT ${MOST_DECISIONS}) AS d) AS s`;
}
