import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { inOne, type Reading } from "@/lib/reports/access-review/reading";
import type { AsOf, TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";

type Check = { what: string; refusedBy: string; found: (asOf: AsOf) => SQL };

const before = ({ logSize }: AsOf, name: string) => sql`${sql.raw(name)}.seq < ${logSize}::bigint`;

/** Conflicts that the product makes impossible: each counted over all that is stored, not over what it believes. */
const checks: readonly Check[] = [
  {
    what: "Approved a request of their own, by themselves or through a substitute",
    refusedBy: "Constraints four_eyes and four_eyes_for",
    found: () => sql`SELECT FROM decisions WHERE approver_id = requester_id OR for_id = requester_id`,
  },
  {
    what: "Approved a request of their own, by the audit log",
    refusedBy: "The same, looked for a second time in the log",
    found: (asOf) => sql`SELECT FROM audit_events a JOIN audit_events s
      ON s.request_id = a.request_id AND s.code = 'request.submitted' AND s.actor_id = a.actor_id
      WHERE a.code IN ('request.endorsed', 'request.approved', 'request.narrowed', 'request.denied') AND ${before(asOf, "a")}`,
  },
  {
    what: "Filled two seats of one request, as somebody’s substitute or otherwise",
    refusedBy: "Constraint one_seat and trigger no_double_seat",
    found: () => sql`SELECT FROM (SELECT request_id, approver_id AS who FROM decisions
        UNION ALL SELECT request_id, for_id FROM decisions WHERE for_id IS NOT NULL) AS seats
      GROUP BY request_id, who HAVING count(*) > 1`,
  },
  {
    what: "Activated a policy of which they wrote a part",
    refusedBy: "Constraint second_person",
    found: () => sql`SELECT FROM policy_versions WHERE activated_by = ANY (editor_ids)`,
  },
  {
    what: "Activated a policy that they saved, by the audit log",
    refusedBy: "The same, looked for a second time in the log",
    found: (
      asOf,
    ) => sql`SELECT FROM audit_events a JOIN audit_events s ON s.code = 'policy.saved' AND s.actor_id = a.actor_id
        AND s.entry::jsonb -> 'policyVersion' = a.entry::jsonb -> 'policyVersion'
      WHERE a.code = 'policy.activated' AND ${before(asOf, "a")}`,
  },
  {
    what: "Judged an emergency or a drawn grant of their own",
    refusedBy: "Constraint judged_by_another",
    found: () => sql`SELECT FROM reviews WHERE reviewer_id = requester_id`,
  },
  {
    what: "Lifted a stop of themselves",
    refusedBy: "Constraint not_lifted_by_whom_it_stops",
    found: () => sql`SELECT FROM stops WHERE lifted_by = person_id`,
  },
  {
    what: "Confirmed their own access in a campaign",
    refusedBy: "Constraint nobody_confirms_themselves",
    found: () => sql`SELECT FROM access_items WHERE decided_by = person_id`,
  },
  {
    what: "Changed their own roles or manager, or disabled or enabled themselves",
    refusedBy: "Every such deed reads who does it in its transaction",
    found: (asOf) => sql`SELECT FROM audit_events a
      WHERE a.code IN ('person.roles_changed', 'person.manager_changed', 'person.disabled', 'person.enabled')
        AND a.actor_id::text = a.entry::jsonb -> 'subject' ->> 'id' AND ${before(asOf, "a")}`,
  },
];

async function countOf({ db }: Pick<Context, "db">, found: SQL): Promise<number> {
  const [row] = await db.select({ n: sql<number>`count(*)::int` }).from(sql`(${found}) AS found`);
  if (!row) throw new Error("A conflict of duty could not be counted.");
  return row.n;
}

/** How many conflicts of duty there are in all that is stored. */
export async function countConflicts(ctx: Context, asOf: AsOf): Promise<number> {
  const counts = await Promise.all(checks.map(({ found }) => countOf(ctx, found(asOf))));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Each conflict of duty that is impossible, what refuses it, and how often it is found all the same. */
export function conflictTable({ ctx, asOf }: Reading): TableSection {
  return {
    kind: "table",
    id: "conflicts-of-duty",
    title: "Conflicts of duty",
    intro:
      "Counted over everything that is stored, whatever the time of this report. None is expected: one that is found was written past the product, or is a fault of it.",
    columns: [
      { id: "conflict", title: "Somebody who…", kind: "text", weight: 2.4 },
      { id: "found", title: "Found", kind: "number", weight: 0.5 },
      { id: "refused_by", title: "What refuses it", kind: "text", weight: 1.8 },
    ],
    empty: "Nothing was looked for.",
    rows: () =>
      inOne(
        Promise.all(
          checks.map(async ({ what, refusedBy, found }): Promise<Row> => {
            return [what, await countOf(ctx, found(asOf)), refusedBy];
          }),
        ),
      ),
  };
}
