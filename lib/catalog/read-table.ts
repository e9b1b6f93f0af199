import "server-only";
import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import { cache } from "react";
import type { Context } from "@/lib/auth/context";
import type { Permission } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/require-permission";
import { ownClassJson } from "@/lib/catalog/read-classes";
import { shownTogether } from "@/lib/catalog/shown-as";
import type { CatalogColumn, CatalogTable, TableLink } from "@/lib/catalog/table";
import type { ReadDatabase } from "@/lib/db/control-database";
import { catalogColumns, catalogForeignKeys, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
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
  // One statement: a page of rows waits for it, and three would be three ways to the database.
  const [found] = await db
    .select({
      id: catalogTables.id,
      source: {
        id: sources.id,
        name: sources.name,
        slug: sources.slug,
        keyVersion: sources.keyVersion,
        version: sources.version,
        hardened: sql<boolean>`${sources.revealSealed} IS NOT NULL`,
      },
      schema: catalogTables.schema,
      name: catalogTables.name,
      kind: catalogTables.kind,
      parent: catalogTables.parent,
      comment: catalogTables.comment,
      rowEstimate: catalogTables.rowEstimate,
      readable: catalogTables.readable,
      gone: sql<boolean>`${catalogTables.goneAt} IS NOT NULL`,
      keyColumns: catalogTables.keyColumns,
      columns: columnsOf(includeGone),
      refersTo: linksOf("from"),
      referredBy: linksOf("to"),
    })
    .from(catalogTables)
    .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
    .where(and(named, includeGone ? undefined : isNull(catalogTables.goneAt)));
  if (!found) return null;
  return { ...found, columns: shownTogether(found.columns) };
}

/** PostgreSQL takes no zero byte in a text: such a name names nothing. */
function hasNul(which: { source: string; schema: string; table: string }): boolean {
  return [which.source, which.schema, which.table].some((name) => name.includes("\0"));
}

/** The columns of the table as JSON, in their order. */
function columnsOf(includeGone: boolean): SQL<Omit<CatalogColumn, "shown">[]> {
  const c = catalogColumns;
  return sql`(
    SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', ${c.id}, 'name', ${c.name}, 'ordinal', ${c.ordinal}, 'type', ${c.type}, 'typeName', ${c.typeName},
      'nullable', ${c.nullable}, 'generated', ${c.generated}, 'readable', ${c.readable}, 'comment', ${c.comment},
      'proposal', jsonb_build_object('classId', ${c.proposedClass}, 'confidence', ${c.proposedConfidence},
        'why', ${c.proposedWhy}),
      'state', ${c.state}, 'classId', ${c.classId}, 'ownClass', ${ownClassJson}, 'mask', ${c.mask}, 'lastMask', ${c.lastMask},
      'confirmedType', ${c.confirmedType}, 'confirmedBy', ${people.name}, 'confirmedAt', ${c.confirmedAt},
      'version', ${c.version}, 'gone', ${c.goneAt} IS NOT NULL) ORDER BY ${c.ordinal}, ${c.name}), '[]')
    FROM ${c} LEFT JOIN ${people} ON ${people.id} = ${c.confirmedBy}
      LEFT JOIN own_classes k ON k.id = ${c.classId} AND k.retired_at IS NULL
    WHERE ${c.tableId} = ${catalogTables.id} AND (${c.goneAt} IS NULL OR ${includeGone}))`;
}

/** The foreign keys that lead from the table or to it, as JSON; what refers to itself is among both. */
function linksOf(end: "from" | "to"): SQL<TableLink[]> {
  const f = catalogForeignKeys;
  const [own, ownColumns, other, otherColumns] =
    end === "from"
      ? [f.fromTableId, f.fromColumns, f.toTableId, f.toColumns]
      : [f.toTableId, f.toColumns, f.fromTableId, f.fromColumns];
  return sql`(
    SELECT coalesce(jsonb_agg(jsonb_build_object('name', ${f.name}, 'columns', ${ownColumns},
      'other', jsonb_build_object('tableId', o.id, 'schema', o.schema, 'name', o.name, 'parent', o.parent),
      'otherColumns', ${otherColumns}) ORDER BY o.schema, o.name, ${f.name}), '[]')
    FROM ${f} JOIN ${catalogTables} o ON o.id = ${other} AND o.gone_at IS NULL
    WHERE ${own} = ${catalogTables.id})`;
}
