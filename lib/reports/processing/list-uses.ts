import "server-only";
import { sql } from "drizzle-orm";
import type { Reading } from "@/lib/reports/processing/list-categories";
import type { TableSection } from "@/lib/reports/report";
import { spanBounds } from "@/lib/reports/span";
import type { Row } from "@/lib/reports/view";
import { purposeWords } from "@/lib/requests/request";

/** For what values were opened in the time, of which classes and how often. */
export function purposeTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "purposes",
    title: "Purposes",
    intro:
      "For what values were opened in the time. A purpose is named with each request and judged with it.",
    columns: [
      { id: "purpose", title: "Purpose", kind: "text", weight: 1.4 },
      { id: "grants", title: "Grants", kind: "number", weight: 0.7 },
      { id: "people", title: "People", kind: "number", weight: 0.7 },
      { id: "classes", title: "Categories of data", kind: "text", weight: 2.4 },
      { id: "tables", title: "Tables", kind: "text", weight: 2 },
      { id: "last_at", title: "Last", kind: "instant" },
    ],
    empty: "Nothing was opened in the time.",
    rows: () => purposeRows(reading),
  };
}

async function* purposeRows({ ctx, span, asOf, classes }: Reading): AsyncGenerator<readonly Row[]> {
  const { from, before } = spanBounds(span);
  const rows = await ctx.db
    .select({
      purpose: sql<string>`g.purpose`,
      grants: sql<number>`count(DISTINCT g.id)::int`,
      people: sql<number>`count(DISTINCT g.holder_id)::int`,
      classIds: sql<string[]>`array_agg(DISTINCT f ->> 'classId')`,
      tables: sql<string[]>`array_agg(DISTINCT s.name || ': ' || t.schema || '.' || t.name)`,
      last: sql<string>`to_char(max(g.activated_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    })
    .from(
      sql`(SELECT g.*, r.purpose FROM grants g JOIN requests r ON r.id = g.request_id
          WHERE g.activated_at >= ${from}::timestamptz AND g.activated_at < ${before}::timestamptz
            AND g.activated_at <= ${asOf.at.toISOString()}::timestamptz) AS g
        CROSS JOIN LATERAL jsonb_array_elements(g.fields) AS f
        JOIN catalog_tables t ON t.id = g.table_id JOIN sources s ON s.id = g.source_id`,
    )
    .groupBy(sql`g.purpose`)
    .orderBy(sql`2 DESC, 1`);
  yield rows.map(({ purpose, grants, people, classIds, tables, last }): Row => {
    const titles = classIds.map((id) => classes.get(id)?.title ?? id);
    return [purposeWords(purpose), grants, people, titles.join(", "), tables.join(", "), last];
  });
}

/** Who values were disclosed to in the time: the people of each role, and how often. */
export function recipientTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "recipients",
    title: "Recipients",
    intro:
      "To whom values were opened in the time: by the groups that they belong to now, each once, and without a group by their manager.",
    columns: [
      { id: "recipients", title: "Recipients", kind: "text", weight: 2 },
      { id: "people", title: "People", kind: "number" },
      { id: "grants", title: "Grants", kind: "number" },
      { id: "records", title: "Records", kind: "number" },
      { id: "tables", title: "Tables", kind: "text", weight: 2.4 },
    ],
    empty: "Nothing was opened to anybody in the time.",
    rows: () => recipientRows(reading),
  };
}

async function* recipientRows({ ctx, span, asOf }: Reading): AsyncGenerator<readonly Row[]> {
  const { from, before } = spanBounds(span);
  const rows = await ctx.db
    .select({
      name: sql<string>`q.name`,
      people: sql<number>`count(DISTINCT q.holder_id)::int`,
      grants: sql<number>`count(*)::int`,
      records: sql<number>`sum(q.records)::int`,
      tables: sql<string[]>`array_agg(DISTINCT q.table_name)`,
    })
    .from(
      sql`(SELECT g.id, g.holder_id, cardinality(g.records) AS records,
          s.name || ': ' || t.schema || '.' || t.name AS table_name,
          coalesce((SELECT string_agg(o.name, ', ' ORDER BY o.name) FROM group_members m JOIN groups o ON o.id = m.group_id
            WHERE m.person_id = g.holder_id), 'Team of ' || b.name, 'Others') AS name
        FROM grants g JOIN people p ON p.id = g.holder_id LEFT JOIN people b ON b.id = p.manager_id
        JOIN catalog_tables t ON t.id = g.table_id JOIN sources s ON s.id = g.source_id
        WHERE g.activated_at >= ${from}::timestamptz AND g.activated_at < ${before}::timestamptz
          AND g.activated_at <= ${asOf.at.toISOString()}::timestamptz) AS q`,
    )
    .groupBy(sql`q.name`)
    .orderBy(sql`3 DESC, 1`);
  yield rows.map(({ name, people, grants, records, tables }): Row => {
    return [name, people, grants, records, tables.join(", ")];
  });
}

/** What each role may, and how many people have it. */
export function rightTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "roles",
    title: "Roles",
    intro:
      "What people may do. No role sees a masked value without a grant, and nobody decides on a request of their own.",
    columns: [
      { id: "role", title: "Role", kind: "text" },
      { id: "may", title: "May", kind: "text", weight: 3 },
      { id: "people", title: "People", kind: "number", weight: 0.7 },
    ],
    empty: "Nobody has a role.",
    rows: () => rightRows(reading),
  };
}

const may: Readonly<Record<string, string>> = {
  agent: "browse masked tables, request fields of records, open what was granted",
  approver: "decide on requests of others, judge emergencies, revoke grants",
  steward: "connect sources, classify columns, choose masks",
  policy_admin: "write rules, which a second person activates; keep groups",
  auditor: "read the log and reports, verify; no records",
  admin: "invite and disable people, give roles, stop access; no records",
};

async function* rightRows({ ctx }: Reading): AsyncGenerator<readonly Row[]> {
  const rows = await ctx.db
    .select({ role: sql<string>`r.role`, people: sql<number>`count(*)::int` })
    .from(sql`person_roles r JOIN people p ON p.id = r.person_id AND p.state = 'active'`)
    .groupBy(sql`r.role`)
    .orderBy(sql`2 DESC, 1`);
  yield rows.map(({ role, people }): Row => [role.replaceAll("_", " "), may[role] ?? null, people]);
}
