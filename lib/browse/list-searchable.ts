import "server-only";
import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { ClearColumn } from "@/lib/catalog/clear-column";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";

/** A table with clear columns, which a search may look into. */
export type SearchableTable = {
  readonly id: string;
  readonly source: { readonly id: string; readonly name: string };
  readonly schema: string;
  readonly name: string;
  readonly hasKey: boolean;
  readonly clear: readonly ClearColumn[];
};

/** All tables that have rows of their own and a clear column, by source and name; what is masked is not even named. */
export async function listSearchable(ctx: Context): Promise<SearchableTable[]> {
  requirePermission(ctx, "browse");
  const { id, name, nullable, type, typeName, state, classId, mask, confirmedType, readable } =
    catalogColumns;
  const rows = await ctx.db
    .select({
      table: {
        id: catalogTables.id,
        schema: catalogTables.schema,
        name: catalogTables.name,
        hasKey: sql<boolean>`cardinality(${catalogTables.keyColumns}) > 0`,
      },
      source: { id: sources.id, name: sources.name },
      column: { id, name, nullable, type, typeName, state, classId, mask, confirmedType, readable },
    })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .innerJoin(sources, eq(sources.id, catalogTables.sourceId))
    .where(
      and(
        isNull(sources.removedAt),
        isNull(catalogTables.goneAt),
        isNull(catalogColumns.goneAt),
        inArray(catalogTables.kind, ["table", "partitioned", "matview"]),
        eq(state, "confirmed"),
        sql`${mask} ->> 'method' = 'clear'`,
      ),
    )
    .orderBy(
      asc(sources.name),
      asc(catalogTables.schema),
      asc(catalogTables.name),
      asc(catalogColumns.ordinal),
    );
  const found = new Map<string, SearchableTable & { clear: ClearColumn[] }>();
  for (const { table, source, column } of rows) {
    const clear = ClearColumn.of({ ...column, gone: false });
    if (clear === null) continue;
    const known = found.get(table.id) ?? { ...table, source, clear: [] };
    known.clear.push(clear);
    found.set(table.id, known);
  }
  return [...found.values()];
}
