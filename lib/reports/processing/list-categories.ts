import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { ClassBook } from "@/lib/catalog/classes";
import { maskName, type Mask } from "@/lib/masking/mask";
import { BATCH, batches } from "@/lib/reports/batches";
import type { AsOf, TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";

export type Reading = {
  ctx: Pick<Context, "db">;
  span: { from: string; to: string };
  asOf: AsOf;
  classes: ClassBook;
};

/** The systems that are looked at: each source with how much of it there is and how it is masked. */
export function sourceTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "sources",
    title: "Sources",
    columns: [
      { id: "source", title: "Source", kind: "text", weight: 1.4 },
      { id: "database", title: "Database", kind: "text", weight: 1.2 },
      { id: "tables", title: "Tables", kind: "number", weight: 0.7 },
      { id: "columns", title: "Columns", kind: "number", weight: 0.7 },
      { id: "confirmed", title: "Looked at", kind: "share", weight: 0.8 },
      { id: "masked_by", title: "Masked by", kind: "text" },
      { id: "compared_at", title: "Last compared", kind: "instant" },
    ],
    empty: "No source is connected.",
    rows: () => sourceRows(reading),
  };
}

async function* sourceRows({ ctx }: Reading): AsyncGenerator<readonly Row[]> {
  const rows = await ctx.db
    .select({
      name: sql<string>`s.name`,
      database: sql<string>`s.database`,
      tables: sql<number>`count(DISTINCT t.id)::int`,
      columns: sql<number>`count(c.id)::int`,
      confirmed: sql<number>`(count(c.id) FILTER (WHERE c.state = 'confirmed'))::int`,
      isHardened: sql<boolean>`s.reveal_sealed IS NOT NULL`,
      at: sql<string | null>`to_char(s.scanned_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    })
    .from(
      sql`sources s LEFT JOIN catalog_tables t ON t.source_id = s.id AND t.gone_at IS NULL
        LEFT JOIN catalog_columns c ON c.table_id = t.id AND c.gone_at IS NULL`,
    )
    .where(sql`s.removed_at IS NULL`)
    .groupBy(sql`s.id`)
    .orderBy(sql`s.name, s.id`);
  yield rows.map(({ name, database, tables, columns, confirmed, isHardened, at }): Row => {
    const share = columns === 0 ? null : confirmed / columns;
    return [name, database, tables, columns, share, isHardened ? "its database" : "the console", at];
  });
}

/** Categories of data subjects and of data: each table that holds classified columns, with its classes and their masks. */
export function tableTable(reading: Reading): TableSection {
  return {
    kind: "table",
    id: "categories-of-data",
    title: "Categories of data",
    intro:
      "Each table with a column that a steward has classified, or that was found to hold personal data and waits for one.",
    columns: [
      { id: "table", title: "Table", kind: "text", weight: 1.4 },
      { id: "about", title: "What it says of itself", kind: "text", weight: 1.2 },
      { id: "classes", title: "Categories of data", kind: "text", weight: 2.4 },
      { id: "sensitivity", title: "Highest sensitivity", kind: "number", weight: 0.8 },
      { id: "regulations", title: "Falls under", kind: "text", weight: 1.2 },
      { id: "masks", title: "Shown without a grant", kind: "text", weight: 1.6 },
      { id: "unconfirmed", title: "Not looked at", kind: "number", weight: 0.7 },
    ],
    empty: "No column is classified yet.",
    rows: () => tableRows(reading),
  };
}

type Column = { classId: string; mask: Mask; isConfirmed: boolean };
type Place = { name: string; id: string };

async function* tableRows({ ctx, classes }: Reading): AsyncGenerator<readonly Row[]> {
  const name = sql<string>`s.name || ': ' || t.schema || '.' || t.name`;
  const read = (after: Place | null) =>
    ctx.db
      .select({
        id: sql<string>`t.id`,
        name,
        comment: sql<string | null>`t.comment`,
        columns: sql<
          Column[]
        >`jsonb_agg(jsonb_build_object('classId', coalesce(c.class_id, c.proposed_class), 'mask', c.mask,
          'isConfirmed', c.state = 'confirmed') ORDER BY c.ordinal)`,
      })
      .from(
        sql`catalog_tables t JOIN sources s ON s.id = t.source_id JOIN catalog_columns c ON c.table_id = t.id`,
      )
      .where(
        sql`s.removed_at IS NULL AND t.gone_at IS NULL AND c.gone_at IS NULL
          AND coalesce(c.class_id, c.proposed_class) <> 'none'
          ${after === null ? sql`` : sql`AND (s.name || ': ' || t.schema || '.' || t.name, t.id) > (${after.name}, ${after.id}::uuid)`}`,
      )
      .groupBy(sql`t.id, s.name`)
      .orderBy(sql`2, t.id`)
      .limit(BATCH);
  for await (const found of batches(read, ({ name: last, id }): Place => ({ name: last, id })))
    yield found.map((one) => tableRow(one, classes));
}

function tableRow(
  { name, comment, columns }: { name: string; comment: string | null; columns: readonly Column[] },
  classes: ClassBook,
): Row {
  const known = [...new Set(columns.map(({ classId }) => classId))].flatMap((id) => classes.get(id) ?? []);
  const confirmed = columns.filter(({ isConfirmed }) => isConfirmed);
  const list = (texts: readonly string[]) => [...new Set(texts)].join(", ") || null;
  return [
    name,
    comment,
    list(known.map(({ title }) => title)),
    known.length === 0 ? null : Math.max(...known.map(({ sensitivity }) => sensitivity)),
    list(known.flatMap(({ regulations }) => regulations)),
    list(confirmed.map(({ mask }) => maskName(mask))),
    columns.length - confirmed.length,
  ];
}
