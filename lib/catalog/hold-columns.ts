import "server-only";
import { and, asc, eq, inArray, isNull, ne, gte, sql, type SQL } from "drizzle-orm";
import type { ColumnType } from "@/lib/catalog/column-type";
import type { ColumnState } from "@/lib/catalog/shown-as";
import type { WriteTransaction } from "@/lib/db/control-database";
import { catalogColumns, catalogTables } from "@/lib/db/schema/catalogue";
import type { Mask } from "@/lib/masking/mask";

/** Some columns by their ids; what waits for a steward, in a table or the whole source; or one deed's confirmations. */
export type WhichColumns =
  | { ids: readonly string[] }
  | { waiting: { tableId?: string | undefined; confidence: number } }
  | { confirmed: { at: string; byId: string } }
  | { ofClass: string };

export type HeldColumn = {
  id: string;
  name: string;
  tableId: string;
  table: string;
  type: ColumnType;
  state: ColumnState;
  classId: string | null;
  mask: Mask;
  proposedClass: string;
  version: number;
};

/** Columns that are in the source, locked until the transaction ends, always in the same order. */
export async function holdColumns(
  tx: WriteTransaction,
  sourceId: string,
  which: WhichColumns,
): Promise<HeldColumn[]> {
  return tx
    .select({
      id: catalogColumns.id,
      name: catalogColumns.name,
      tableId: catalogColumns.tableId,
      table: sql<string>`${catalogTables.schema} || '.' || ${catalogTables.name}`,
      type: catalogColumns.type,
      state: catalogColumns.state,
      classId: catalogColumns.classId,
      mask: catalogColumns.mask,
      proposedClass: catalogColumns.proposedClass,
      version: catalogColumns.version,
    })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .where(
      and(
        eq(catalogTables.sourceId, sourceId),
        isNull(catalogTables.goneAt),
        isNull(catalogColumns.goneAt),
        condition(which),
      ),
    )
    .orderBy(asc(catalogTables.schema), asc(catalogTables.name), asc(catalogColumns.ordinal))
    .for("update", { of: catalogColumns });
}

function condition(which: WhichColumns): SQL | undefined {
  if ("ids" in which) return inArray(catalogColumns.id, [...which.ids]);
  if ("confirmed" in which) {
    return and(
      eq(catalogColumns.state, "confirmed"),
      eq(catalogColumns.confirmedBy, which.confirmed.byId),
      sql`${catalogColumns.confirmedAt} = ${which.confirmed.at}::timestamptz`,
    );
  }
  if ("ofClass" in which)
    return and(eq(catalogColumns.state, "confirmed"), eq(catalogColumns.classId, which.ofClass));
  const { tableId, confidence } = which.waiting;
  return and(
    ne(catalogColumns.state, "confirmed"),
    gte(catalogColumns.proposedConfidence, sql`${confidence}::real`),
    tableId === undefined ? undefined : eq(catalogColumns.tableId, tableId),
  );
}
