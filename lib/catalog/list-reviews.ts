import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { readConnection } from "@/lib/catalog/open-source";
import { surenessFrom } from "@/lib/catalog/sureness";
import type { ConnectionView, SourceCard, TableRow } from "@/lib/catalog/view";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { Refusal } from "@/lib/refusal";

const { state, confirmedType, typeName, proposedConfidence } = catalogColumns;
const confirmed = sql`${state} = 'confirmed' AND ${confirmedType} = ${typeName}`;
const waits = sql`${state} = 'unconfirmed'`;
// Stored as four-byte floats: 0.9 comes back a hair less than itself.
const isSure = sql`${proposedConfidence} >= ${surenessFrom.sure - 0.0005}::real`;
const isLikely = sql`${proposedConfidence} >= ${surenessFrom.likely - 0.0005}::real`;

const counts = {
  columns: sql<number>`count(${catalogColumns.id})::int`,
  confirmed: sql<number>`(count(*) FILTER (WHERE ${confirmed}))::int`,
  changed: sql<number>`(count(*) FILTER (WHERE ${state} <> 'unconfirmed' AND NOT (${confirmed})))::int`,
  sure: sql<number>`(count(*) FILTER (WHERE ${waits} AND ${isSure}))::int`,
  likely: sql<number>`(count(*) FILTER (WHERE ${waits} AND ${isLikely} AND NOT ${isSure}))::int`,
  unsure: sql<number>`(count(*) FILTER (WHERE ${waits} AND NOT ${isLikely}))::int`,
};

/** Every source with how far its review is, by name; what is gone from a source is not counted. */
export async function listSources(ctx: Context): Promise<SourceCard[]> {
  requirePermission(ctx, "catalog");
  const rows = await ctx.db
    .select({
      id: sources.id,
      name: sources.name,
      slug: sources.slug,
      version: sources.version,
      host: sources.host,
      database: sources.database,
      serverVersion: sources.serverVersion,
      hardened: sql<boolean>`${sources.revealSealed} IS NOT NULL`,
      scannedAt: sources.scannedAt,
      tables: sql<number>`count(DISTINCT ${catalogTables.id})::int`,
      counts,
    })
    .from(sources)
    .leftJoin(catalogTables, and(eq(catalogTables.sourceId, sources.id), isNull(catalogTables.goneAt)))
    .leftJoin(
      catalogColumns,
      and(eq(catalogColumns.tableId, catalogTables.id), isNull(catalogColumns.goneAt)),
    )
    .where(isNull(sources.removedAt))
    .groupBy(sources.id)
    .orderBy(asc(sources.name));
  return rows.map((row) => ({ ...row, scannedAt: row.scannedAt?.toISOString() ?? null }));
}

/** One source with its tables, by name; refuses what is not there. */
export async function readSource(
  ctx: Context,
  slug: string,
): Promise<{ source: SourceCard; tables: TableRow[] }> {
  const source = (await listSources(ctx)).find((one) => one.slug === slug);
  if (!source) throw new Refusal("not-found");
  const tables = await ctx.db
    .select({
      id: catalogTables.id,
      schema: catalogTables.schema,
      name: catalogTables.name,
      kind: catalogTables.kind,
      comment: catalogTables.comment,
      rowEstimate: catalogTables.rowEstimate,
      readable: catalogTables.readable,
      counts,
    })
    .from(catalogTables)
    .leftJoin(
      catalogColumns,
      and(eq(catalogColumns.tableId, catalogTables.id), isNull(catalogColumns.goneAt)),
    )
    .where(and(eq(catalogTables.sourceId, source.id), isNull(catalogTables.goneAt)))
    .groupBy(catalogTables.id)
    .orderBy(asc(catalogTables.schema), asc(catalogTables.name));
  return { source, tables };
}

/** The stored connection of a source without its password; null when it was sealed with another key. */
export async function readConnectionView(ctx: Context, sourceId: string): Promise<ConnectionView | null> {
  requirePermission(ctx, "catalog");
  try {
    const { host, port, database, user, tls } = (await readConnection(ctx.db, sourceId)).connection;
    return { host, port, database, user, tls: tls.mode, ca: tls.ca ?? "" };
  } catch (error) {
    if (error instanceof Refusal && error.code === "connection-sealed") return null;
    throw error;
  }
}
