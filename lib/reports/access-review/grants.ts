import "server-only";
import { sql } from "drizzle-orm";
import { readClasses } from "@/lib/catalog/read-classes";
import { inOne, type Reading } from "@/lib/reports/access-review/reading";
import type { TableSection } from "@/lib/reports/report";
import { spanBounds } from "@/lib/reports/span";
import type { Row } from "@/lib/reports/view";

/** The grants of the span by data class and level, most grants first. */
export function grantTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "grants",
    title: "Grants by class and level",
    columns: [
      { id: "class", title: "Data class", kind: "text", weight: 1.6 },
      { id: "sensitivity", title: "Sensitivity", kind: "number" },
      { id: "level", title: "Level", kind: "text" },
      { id: "grants", title: "Grants", kind: "number" },
      { id: "opened", title: "Opened", kind: "number" },
      { id: "people", title: "People", kind: "number" },
      { id: "emergencies", title: "As emergencies", kind: "number" },
    ],
    intro: "A grant for several classes counts in each of them.",
    empty: "Nothing was granted in this time.",
    rows: () => inOne(readGrants(reading)),
  };
}

async function readGrants({ ctx, span, asOf }: Reading): Promise<Row[]> {
  const { from, before } = spanBounds(span);
  const [rows, classes] = await Promise.all([
    ctx.db
      .select({
        classId: sql<string>`f.class_id`,
        level: sql<string>`f.level`,
        grants: sql<number>`count(*)::int`,
        opened: sql<number>`(count(*) FILTER (WHERE g.activated_at IS NOT NULL))::int`,
        people: sql<number>`count(DISTINCT g.holder_id)::int`,
        emergencies: sql<number>`(count(*) FILTER (WHERE v.id IS NOT NULL))::int`,
      })
      .from(
        sql`grants g
          CROSS JOIN LATERAL (SELECT DISTINCT e ->> 'classId' AS class_id, e ->> 'level' AS level
            FROM jsonb_array_elements(g.fields) e) AS f
          LEFT JOIN reviews v ON v.request_id = g.request_id AND v.kind = 'emergency'`,
      )
      .where(
        sql`g.created_at >= ${from}::timestamptz AND g.created_at < ${before}::timestamptz
          AND g.created_at <= ${asOf.at.toISOString()}::timestamptz`,
      )
      .groupBy(sql`f.class_id, f.level`)
      .orderBy(sql`count(*) DESC, f.class_id, f.level`),
    readClasses(ctx.db),
  ]);
  return rows.map(({ classId, level, grants, opened, people, emergencies }): Row => {
    const known = classes.get(classId);
    return [known?.title ?? classId, known?.sensitivity ?? null, level, grants, opened, people, emergencies];
  });
}
