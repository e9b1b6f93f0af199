import "server-only";
import { sql } from "drizzle-orm";
import type { DataClass } from "@/lib/catalog/classes";
import { describeMask, type Mask } from "@/lib/masking/mask";
import { asArray, type Reading } from "@/lib/reports/pci/list-grants";
import type { TableSection } from "@/lib/reports/report";
import type { Row } from "@/lib/reports/view";

/** Where cardholder data is: every column of its classes, how it is shown without a grant, and who confirmed that. */
export function cardColumnTable(reading: Reading, classes: readonly DataClass[]): TableSection {
  return {
    kind: "table",
    id: "columns",
    title: "Where cardholder data is",
    intro:
      "Columns that are confirmed as of these classes, or proposed as such and hidden until a steward has looked.",
    columns: [
      { id: "table", title: "Table", kind: "text", weight: 1.5 },
      { id: "column", title: "Column", kind: "text" },
      { id: "class", title: "Class", kind: "text", weight: 1.2 },
      { id: "shown", title: "Without a grant", kind: "text", weight: 1.5 },
      { id: "confirmed_by", title: "Confirmed by", kind: "text" },
      { id: "confirmed_at", title: "Confirmed", kind: "instant" },
    ],
    empty: "No column of any source is of these classes.",
    rows: () => columnRows(reading, classes),
  };
}

/** A catalogue has columns by the thousand at most, of these classes few. */
async function* columnRows(
  { ctx, cards }: Reading,
  classes: readonly DataClass[],
): AsyncGenerator<readonly Row[]> {
  const titles = new Map(classes.map(({ id, title }) => [id, title]));
  const rows = await ctx.db
    .select({
      table: sql<string>`s.name || ': ' || t.schema || '.' || t.name`,
      column: sql<string>`c.name`,
      classId: sql<string>`coalesce(c.class_id, c.proposed_class)`,
      isConfirmed: sql<boolean>`c.state = 'confirmed'`,
      mask: sql<Mask>`c.mask`,
      by: sql<string | null>`p.name`,
      at: sql<string | null>`to_char(c.confirmed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`,
    })
    .from(
      sql`catalog_columns c JOIN catalog_tables t ON t.id = c.table_id JOIN sources s ON s.id = t.source_id
        LEFT JOIN people p ON p.id = c.confirmed_by`,
    )
    .where(
      sql`coalesce(c.class_id, c.proposed_class) = ANY (${asArray(cards)}) AND c.gone_at IS NULL AND t.gone_at IS NULL
        AND s.removed_at IS NULL`,
    )
    .orderBy(sql`1, c.ordinal, c.id`);
  yield rows.map(({ table, column, classId, isConfirmed, mask, by, at }): Row => {
    const shown = isConfirmed ? describeMask(mask) : "Hidden until confirmed";
    return [
      table,
      column,
      titles.get(classId) ?? classId,
      shown,
      isConfirmed ? by : null,
      isConfirmed ? at : null,
    ];
  });
}
