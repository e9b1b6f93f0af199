import "server-only";
import { and, asc, count, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import type { ReadFor } from "@/lib/catalog/read-table";
import type { TableKind } from "@/lib/catalog/source-schema";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";

export type ListedTable = {
  id: string;
  schema: string;
  name: string;
  kind: TableKind;
  parent: string | null;
  comment: string | null;
  rowEstimate: number | null;
  /** Whether our role may select at least one column. */
  readable: boolean;
  columns: number;
  /** Columns that a steward has confirmed and that have not changed since. */
  confirmed: number;
};

export type ListedSource = { id: string; name: string; slug: string; tables: ListedTable[] };

/** All sources with their tables, by name; what is gone is left out. One query, for the tree beside a table. */
export async function listTables(ctx: Context, readFor: ReadFor = "browse"): Promise<ListedSource[]> {
  requirePermission(ctx, readFor);
  const rows = await ctx.db
    .select({
      source: { id: sources.id, name: sources.name, slug: sources.slug },
      id: catalogTables.id,
      schema: catalogTables.schema,
      name: catalogTables.name,
      kind: catalogTables.kind,
      parent: catalogTables.parent,
      comment: catalogTables.comment,
      rowEstimate: catalogTables.rowEstimate,
      readable: catalogTables.readable,
      columns: count(catalogColumns.id),
      confirmed: sql<number>`count(*) FILTER (WHERE ${catalogColumns.state} = 'confirmed'
        AND ${catalogColumns.confirmedType} = ${catalogColumns.typeName})::int`,
    })
    .from(sources)
    .leftJoin(catalogTables, and(eq(catalogTables.sourceId, sources.id), isNull(catalogTables.goneAt)))
    .leftJoin(
      catalogColumns,
      and(eq(catalogColumns.tableId, catalogTables.id), isNull(catalogColumns.goneAt)),
    )
    .where(isNull(sources.removedAt))
    .groupBy(sources.id, catalogTables.id)
    .orderBy(asc(sources.name), asc(catalogTables.schema), asc(catalogTables.name));
  const listed = new Map<string, ListedSource>();
  for (const { source, ...table } of rows) {
    const entry = listed.get(source.id) ?? { ...source, tables: [] };
    listed.set(source.id, entry);
    // A source without tables comes as one row of nulls.
    if (table.id !== null) entry.tables.push(table as ListedTable);
  }
  return [...listed.values()];
}
