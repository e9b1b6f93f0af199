import "server-only";
import { and, asc, eq, isNull, or, sql, type SQL } from "drizzle-orm";
import { cache } from "react";
import type { Context } from "@/lib/auth/context";
import type { Permission } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";
import { shownAs } from "@/lib/catalog/shown-as";
import type { CatalogColumn, CatalogTable, LinkedTable, TableLink } from "@/lib/catalog/table";
import type { ReadDatabase } from "@/lib/db/control-database";
import { catalogColumns, catalogForeignKeys, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { Refusal } from "@/lib/refusal";

/** A table by the names in its address, or by its id. */
export type WhichTable = { source: string; schema: string; table: string } | { tableId: string };

/** Stewards see what is gone from the source too; everybody else finds nothing there. */
export type ReadFor = Extract<Permission, "browse" | "request" | "decide" | "catalog">;

/**
 * One table as the catalogue knows it now, read once per page. Refuses who lacks the permission, and whatever is
 * not in the catalogue (or no longer in the source) as not found, so that nobody learns which names exist.
 */
export async function readTable(
  ctx: Context,
  which: WhichTable,
  readFor: ReadFor = "browse",
): Promise<CatalogTable> {
  requirePermission(ctx, readFor);
  const table =
    "tableId" in which
      ? await byId(ctx.db, which.tableId, readFor === "catalog")
      : await byName(ctx.db, which.source, which.schema, which.table, readFor === "catalog");
  if (!table) throw new Refusal("not-found");
  return table;
}

const byName = cache(
  (db: ReadDatabase, source: string, schema: string, table: string, includeGone: boolean) =>
    findTable(db, { source, schema, table }, { includeGone }),
);

const byId = cache((db: ReadDatabase, tableId: string, includeGone: boolean) =>
  findTable(db, { tableId }, { includeGone }),
);

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** The table without a check of permission, for deeds that hold theirs already, in their own transaction. */
export async function findTable(
  db: ReadDatabase,
  which: WhichTable,
  { includeGone }: { includeGone: boolean } = { includeGone: false },
): Promise<CatalogTable | null> {
  if ("tableId" in which ? !uuidShape.test(which.tableId) : hasNul(which)) return null;
  const named =
    "tableId" in which
      ? eq(catalogTables.id, which.tableId)
      : and(
          eq(sources.slug, which.source),
          eq(catalogTables.schema, which.schema),
          eq(catalogTables.name, which.table),
        );
  const [found] = await db
    .select({
      id: catalogTables.id,
      source: { id: sources.id, name: sources.name, slug: sources.slug },
      schema: catalogTables.schema,
      name: catalogTables.name,
      kind: catalogTables.kind,
      parent: catalogTables.parent,
      comment: catalogTables.comment,
      rowEstimate: catalogTables.rowEstimate,
      readable: catalogTables.readable,
      gone: sql<boolean>`${catalogTables.goneAt} IS NOT NULL`,
      keyColumns: catalogTables.keyColumns,
    })
    .from(catalogTables)
    .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
    .where(and(named, includeGone ? undefined : isNull(catalogTables.goneAt)));
  if (!found) return null;
  const [columns, links] = await Promise.all([
    readColumns(db, found.id, includeGone ? undefined : isNull(catalogColumns.goneAt)),
    readLinks(db, found.id),
  ]);
  return { ...found, columns, ...links };
}

/** PostgreSQL takes no zero byte in a text: such a name names nothing. */
function hasNul(which: { source: string; schema: string; table: string }): boolean {
  return [which.source, which.schema, which.table].some((name) => name.includes("\0"));
}

async function readColumns(
  db: ReadDatabase,
  tableId: string,
  where: SQL | undefined,
): Promise<CatalogColumn[]> {
  const rows = await db
    .select({
      id: catalogColumns.id,
      name: catalogColumns.name,
      ordinal: catalogColumns.ordinal,
      type: catalogColumns.type,
      typeName: catalogColumns.typeName,
      nullable: catalogColumns.nullable,
      generated: catalogColumns.generated,
      readable: catalogColumns.readable,
      comment: catalogColumns.comment,
      proposal: {
        classId: catalogColumns.proposedClass,
        confidence: catalogColumns.proposedConfidence,
        why: catalogColumns.proposedWhy,
      },
      state: catalogColumns.state,
      classId: catalogColumns.classId,
      mask: catalogColumns.mask,
      lastMask: catalogColumns.lastMask,
      confirmedType: catalogColumns.confirmedType,
      version: catalogColumns.version,
      gone: sql<boolean>`${catalogColumns.goneAt} IS NOT NULL`,
    })
    .from(catalogColumns)
    .where(and(eq(catalogColumns.tableId, tableId), where))
    .orderBy(asc(catalogColumns.ordinal), asc(catalogColumns.name));
  return rows.map((row) => ({ ...row, shown: shownAs(row) }));
}

async function readLinks(
  db: ReadDatabase,
  tableId: string,
): Promise<{ refersTo: TableLink[]; referredBy: TableLink[] }> {
  const rows = await db
    .select({
      name: catalogForeignKeys.name,
      fromTableId: catalogForeignKeys.fromTableId,
      fromColumns: catalogForeignKeys.fromColumns,
      toTableId: catalogForeignKeys.toTableId,
      toColumns: catalogForeignKeys.toColumns,
      other: {
        tableId: catalogTables.id,
        schema: catalogTables.schema,
        name: catalogTables.name,
        parent: catalogTables.parent,
      },
    })
    .from(catalogForeignKeys)
    .innerJoin(
      catalogTables,
      sql`${catalogTables.id} = CASE WHEN ${catalogForeignKeys.fromTableId} = ${tableId}
        THEN ${catalogForeignKeys.toTableId} ELSE ${catalogForeignKeys.fromTableId} END`,
    )
    .where(
      and(
        or(eq(catalogForeignKeys.fromTableId, tableId), eq(catalogForeignKeys.toTableId, tableId)),
        isNull(catalogTables.goneAt),
      ),
    )
    .orderBy(asc(catalogTables.schema), asc(catalogTables.name), asc(catalogForeignKeys.name));
  type Row = (typeof rows)[number];
  const out = (row: Row): TableLink => link(row.name, row.fromColumns, row.other, row.toColumns);
  const back = (row: Row): TableLink => link(row.name, row.toColumns, row.other, row.fromColumns);
  // A table that refers to itself is on both lists.
  return {
    refersTo: rows.filter((row) => row.fromTableId === tableId).map(out),
    referredBy: rows.filter((row) => row.toTableId === tableId).map(back),
  };
}

const link = (name: string, columns: string[], other: LinkedTable, otherColumns: string[]): TableLink => ({
  name,
  columns,
  other,
  otherColumns,
});
