import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { personColumn } from "@/lib/catalog/person-column";
import { findTable } from "@/lib/catalog/read-table";
import type { ReadDatabase } from "@/lib/db/control-database";
import { catalogColumns, catalogTables } from "@/lib/db/schema/catalogue";

/** By table of a source with dates of somebody's health: the column that names the person. */
export async function readPersonColumns(
  db: ReadDatabase,
  sourceId: string,
): Promise<ReadonlyMap<string, string>> {
  const tables = await db
    .selectDistinct({ id: catalogTables.id })
    .from(catalogTables)
    .innerJoin(catalogColumns, eq(catalogColumns.tableId, catalogTables.id))
    .where(
      and(
        eq(catalogTables.sourceId, sourceId),
        eq(catalogColumns.proposedClass, "health_date"),
        isNull(catalogColumns.goneAt),
      ),
    );
  const found = new Map<string, string>();
  for (const { id } of tables) {
    const table = await findTable(db, { tableId: id });
    const column = table && personColumn(table);
    if (column) found.set(id, column);
  }
  return found;
}
