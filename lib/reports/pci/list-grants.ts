import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { BATCH, batches } from "@/lib/reports/batches";
import type { AsOf, TableSection } from "@/lib/reports/report";
import { spanBounds } from "@/lib/reports/span";
import type { Row } from "@/lib/reports/view";
import { purposeWords } from "@/lib/requests/request";

export type Reading = {
  ctx: Pick<Context, "db">;
  span: { from: string; to: string };
  asOf: AsOf;
  /** Ids of the classes of full card numbers, and of all cardholder data. */
  numbers: readonly string[];
  cards: readonly string[];
};

/** Ids as an array that SQL reads; ids of classes hold letters, digits and underscores. */
export const asArray = (ids: readonly string[]): SQL =>
  sql`ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::text::jsonb))`;

/** Grants that open a full card number, with all that says why; `state` as it is at the moment of the report. */
function numberGrants({ asOf, numbers }: Reading): SQL {
  const now = sql`${asOf.at.toISOString()}::timestamptz`;
  return sql`(
    SELECT g.id, g.created_at, g.activated_at, g.closed_at, g.ends_at, g.activate_by, p.name AS holder,
      s.name || ': ' || t.schema || '.' || t.name AS table_name, cardinality(g.records) AS records,
      (SELECT string_agg(f ->> 'column', ', ' ORDER BY f ->> 'column') FROM jsonb_array_elements(g.fields) f
        WHERE f ->> 'level' = 'full' AND f ->> 'classId' = ANY (${asArray(numbers)})) AS fields,
      r.number, r.purpose, r.reason, r.ticket, r.rule, r.policy_version,
      (SELECT string_agg(a.name, ', ' ORDER BY d.decided_at) FROM decisions d JOIN people a ON a.id = d.approver_id
        WHERE d.request_id = r.id AND d.verdict <> 'deny') AS approvers,
      EXISTS (SELECT FROM reviews v WHERE v.request_id = r.id AND v.kind = 'emergency') AS is_emergency,
      CASE WHEN g.state = 'ready' AND g.activate_by <= ${now} THEN 'lapsed'
        WHEN g.state = 'active' AND g.ends_at <= ${now} THEN 'ended' ELSE g.state END AS state
    FROM grants g JOIN requests r ON r.id = g.request_id JOIN people p ON p.id = g.holder_id
    JOIN catalog_tables t ON t.id = g.table_id JOIN sources s ON s.id = g.source_id
    WHERE g.created_at <= ${now} AND EXISTS (SELECT FROM jsonb_array_elements(g.fields) f
      WHERE f ->> 'level' = 'full' AND f ->> 'classId' = ANY (${asArray(numbers)})))`;
}

const columns = {
  id: sql<string>`g.id`,
  // To the microsecond: it is a place as well.
  at: sql<string>`to_char(g.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
  holder: sql<string>`g.holder`,
  table: sql<string>`g.table_name`,
  fields: sql<string>`g.fields`,
  records: sql<number>`g.records`,
  number: sql<number>`g.number`,
  purpose: sql<string>`g.purpose`,
  reason: sql<string>`g.reason`,
  ticket: sql<string | null>`g.ticket`,
  rule: sql<string>`g.rule`,
  policyVersion: sql<number>`g.policy_version`,
  approvers: sql<string | null>`g.approvers`,
  isEmergency: sql<boolean>`g.is_emergency`,
  state: sql<keyof typeof stateWords>`g.state`,
  opened: sql<string | null>`to_char(g.activated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
  over: sql<
    string | null
  >`to_char(least(g.closed_at, coalesce(g.ends_at, g.activate_by)) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
};

const stateWords = {
  ready: "Not opened yet",
  active: "Open",
  ended: "Ended",
  returned: "Given back",
  revoked: "Revoked",
  lapsed: "Never opened",
} as const;

type Found = {
  [Name in keyof typeof columns]: (typeof columns)[Name] extends SQL<infer Value> ? Value : never;
};
type Place = { at: string; id: string };

/** Why a grant was made: the rule, and who decided. */
function whyOf({ rule, policyVersion, approvers, isEmergency }: Found): string {
  const by = isEmergency
    ? "emergency, before anybody decided"
    : approvers === null
      ? "by the policy alone"
      : `by ${approvers}`;
  return `Rule “${rule}”, policy ${policyVersion}; ${by}`;
}

const reasonOf = ({ purpose, reason, ticket }: Found) =>
  `${purposeWords(purpose)}: ${reason}${ticket === null ? "" : ` (${ticket})`}`;

/** Everybody who holds a live grant of a full card number at the moment of the report. */
export function holderTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "holders-now",
    title: "Who can see full card numbers now",
    intro: "Live grants at the moment of the report, and why each was made.",
    columns: [
      { id: "holder", title: "Who", kind: "text" },
      { id: "table", title: "Table", kind: "text", weight: 1.4 },
      { id: "fields", title: "Fields", kind: "text" },
      { id: "records", title: "Records", kind: "number", weight: 0.7 },
      { id: "state", title: "State", kind: "text", weight: 0.8 },
      { id: "until", title: "Until", kind: "instant", weight: 0.9 },
      { id: "why", title: "Granted", kind: "text", weight: 1.8 },
      { id: "purpose", title: "For", kind: "text", weight: 2 },
    ],
    empty: "Nobody: no grant of a full card number is live.",
    rows: () =>
      grantRows(reading, sql`g.state IN ('ready', 'active')`, (one) => {
        const { holder, table, fields, records, state, over } = one;
        return [holder, table, fields, records, stateWords[state], over, whyOf(one), reasonOf(one)];
      }),
  };
}

/** Every grant of a full card number that was made in the time. */
export function grantTable(reading: Reading): TableSection {
  const { from, before } = spanBounds(reading.span);
  return {
    kind: "table",
    id: "grants",
    title: "Grants of full card numbers",
    intro: "All that were made in the time, newest first, with the request and the rule behind each.",
    columns: [
      { id: "granted_at", title: "Granted", kind: "instant", weight: 0.9 },
      { id: "request", title: "Request", kind: "number", weight: 0.7 },
      { id: "holder", title: "Who", kind: "text" },
      { id: "table", title: "Table", kind: "text", weight: 1.3 },
      { id: "fields", title: "Fields", kind: "text", weight: 0.8 },
      { id: "records", title: "Records", kind: "number", weight: 0.7 },
      { id: "why", title: "Granted", kind: "text", weight: 1.6 },
      { id: "purpose", title: "For", kind: "text", weight: 1.9 },
      { id: "opened_at", title: "Opened", kind: "instant", weight: 0.9 },
      { id: "state", title: "State", kind: "text", weight: 0.8 },
      { id: "over_at", title: "Over", kind: "instant", weight: 0.9 },
    ],
    empty: "None was made in the time.",
    rows: () =>
      grantRows(
        reading,
        sql`g.created_at >= ${from}::timestamptz AND g.created_at < ${before}::timestamptz`,
        (one) => {
          const { at, number, holder, table, fields, records, opened, state, over } = one;
          return [
            at,
            number,
            holder,
            table,
            fields,
            records,
            whyOf(one),
            reasonOf(one),
            opened,
            stateWords[state],
            over,
          ];
        },
      ),
  };
}

async function* grantRows(
  reading: Reading,
  which: SQL,
  rowOf: (one: Found) => Row,
): AsyncGenerator<readonly Row[]> {
  const read = async (after: Place | null): Promise<Found[]> =>
    reading.ctx.db
      .select(columns)
      .from(sql`${numberGrants(reading)} AS g`)
      .where(
        after === null
          ? which
          : sql`${which} AND (g.created_at, g.id) < (${after.at}::timestamptz, ${after.id}::uuid)`,
      )
      .orderBy(sql`g.created_at DESC, g.id DESC`)
      .limit(BATCH);
  for await (const found of batches(read, ({ at, id }): Place => ({ at, id }))) yield found.map(rowOf);
}

/** The rules under which full card numbers were opened in the time, the most used first. */
export async function rulesOfGrants(reading: Reading): Promise<{ label: string; value: number }[]> {
  const { from, before } = spanBounds(reading.span);
  return reading.ctx.db
    .select({
      label: sql<string>`g.rule || ' (policy ' || g.policy_version || ')'`,
      value: sql<number>`count(*)::int`,
    })
    .from(sql`${numberGrants(reading)} AS g`)
    .where(sql`g.created_at >= ${from}::timestamptz AND g.created_at < ${before}::timestamptz`)
    .groupBy(sql`g.rule, g.policy_version`)
    .orderBy(sql`count(*) DESC, 1`)
    .limit(20);
}

/** Everybody whose roles let them ask for a full card number, and how often they were given one in the time. */
export function mayAskTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "may-ask",
    title: "Who may ask for them",
    intro:
      "People with the role of an agent. Asking opens nothing: the policy or its approvers decide on each request, and nobody on their own.",
    columns: [
      { id: "person", title: "Who", kind: "text" },
      { id: "roles", title: "Roles", kind: "text" },
      { id: "manager", title: "Manager", kind: "text" },
      { id: "grants", title: "Grants in the time", kind: "number", weight: 0.8 },
    ],
    empty: "Nobody has the role of an agent.",
    rows: () => mayAskRows(reading),
  };
}

async function* mayAskRows(reading: Reading): AsyncGenerator<readonly Row[]> {
  const { from, before } = spanBounds(reading.span);
  const read = (after: { name: string; id: string } | null) =>
    reading.ctx.db
      .select({
        id: sql<string>`p.id`,
        name: sql<string>`p.name`,
        roles: sql<string>`(SELECT string_agg(r.role, ', ' ORDER BY r.role) FROM person_roles r WHERE r.person_id = p.id)`,
        manager: sql<string | null>`m.name`,
        grants: sql<number>`(SELECT count(*)::int FROM grants g WHERE g.holder_id = p.id
          AND g.created_at >= ${from}::timestamptz AND g.created_at < ${before}::timestamptz
          AND EXISTS (SELECT FROM jsonb_array_elements(g.fields) f WHERE f ->> 'level' = 'full'
            AND f ->> 'classId' = ANY (${asArray(reading.numbers)})))`,
      })
      .from(sql`people p LEFT JOIN people m ON m.id = p.manager_id`)
      .where(
        sql`p.state = 'active' AND EXISTS (SELECT FROM person_roles r WHERE r.person_id = p.id AND r.role = 'agent')
          ${after === null ? sql`` : sql`AND (p.name, p.id) > (${after.name}, ${after.id}::uuid)`}`,
      )
      .orderBy(sql`p.name, p.id`)
      .limit(BATCH);
  for await (const found of batches(read, ({ name, id }) => ({ name, id })))
    yield found.map(({ name, roles, manager, grants }): Row => [
      name,
      roles.replaceAll("_", " "),
      manager,
      grants,
    ]);
}
