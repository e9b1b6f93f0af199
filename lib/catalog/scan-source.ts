import "server-only";
import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { record, recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { forgetValues } from "@/lib/catalog/forget-values";
import { holdSource, holdSteward, type HeldSource } from "@/lib/catalog/hold-steward";
import { mergeSchema, type ChangedColumn, type Merged } from "@/lib/catalog/merge-schema";
import { readConnection } from "@/lib/catalog/open-source";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import type { SourceSchema, SourceTable } from "@/lib/catalog/source-schema";
import type { WriteTransaction } from "@/lib/db/control-database";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { proposer, tableKey } from "@/lib/discovery/discover";
import { endAccess } from "@/lib/grants/end-access";
import { Refusal } from "@/lib/refusal";
import { SourceFailure } from "@/lib/source/failure";
import { type Discovered, discover } from "@/lib/source/discover";

/** What a scan found, in numbers. */
export type Scanned = {
  tables: number;
  columns: number;
  newTables: number;
  newColumns: number;
  changedColumns: number;
  goneTables: number;
  goneColumns: number;
  endedGrants: number;
};

/** A scan: `look` says whose values are looked at, those of all tables or only of those that are new or changed. */
export type ScanWanted = { sourceId: string; look?: "all" | "changed" };

/**
 * Compares the catalogue with the structure of the source and stores the difference in one recorded transaction.
 * What is new, changed or gone is hidden, and the live grants and waiting requests on it end (law 1, design §5).
 */
export async function scanSource(ctx: Context, { sourceId, look = "all" }: ScanWanted): Promise<Scanned> {
  if (ctx.actor.kind !== "system") requirePermission(ctx, "catalog");
  const opened = await readConnection(ctx.db, sourceId);
  const known = look === "all" ? new Map<string, string>() : await knownTables(ctx, sourceId);
  const found = await onRecord(ctx, sourceId, () =>
    discover(opened.connection, () => (table) => known.get(tableKey(table)) !== printOf(table)),
  );
  return recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    // The connection was changed while its old database was read.
    if (source.version !== opened.version) throw new Refusal("changed-meanwhile");
    return storeScan(tx, source, found);
  });
}

/** The columns of every table as the catalogue knows them, in the words of `printOf`. */
async function knownTables(ctx: Context, sourceId: string): Promise<Map<string, string>> {
  const rows = await ctx.db
    .select({
      schema: catalogTables.schema,
      table: catalogTables.name,
      name: catalogColumns.name,
      type: catalogColumns.typeName,
    })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .where(
      and(eq(catalogTables.sourceId, sourceId), isNull(catalogTables.goneAt), isNull(catalogColumns.goneAt)),
    )
    .orderBy(asc(catalogColumns.ordinal));
  const columns = new Map<string, [name: string, type: string][]>();
  for (const row of rows) {
    const key = tableKey(row);
    columns.set(key, [...(columns.get(key) ?? []), [row.name, row.type]]);
  }
  return new Map([...columns].map(([key, list]) => [key, JSON.stringify(list)]));
}

const printOf = ({ columns }: SourceTable) =>
  JSON.stringify(columns.map(({ name, fingerprint }) => [name, fingerprint]));

async function onRecord(
  ctx: Context,
  sourceId: string,
  read: () => Promise<Discovered>,
): Promise<Discovered> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SourceFailure) {
      await record(ctx, {
        code: "source.scan_failed",
        resource: { sourceId },
        details: { cause: error.reason },
      });
    }
    throw sourceRefusal(error);
  }
}

/** Stores what was discovered inside the transaction of whoever holds the source; returns the numbers and the events. */
export async function storeScan(
  tx: WriteTransaction,
  source: HeldSource,
  { schema, rates, asked }: Discovered,
): Promise<{ result: Scanned; event: [AuditEvent, ...AuditEvent[]] }> {
  const propose = proposer(schema, rates);
  const merged = await mergeSchema(tx, source.id, schema, (table, column) =>
    asked.has(tableKey(table)) ? propose(table, column) : null,
  );
  await tx
    .update(sources)
    .set({ scannedAt: sql`clock_timestamp()`, serverVersion: versionText(schema.serverVersion) })
    .where(eq(sources.id, source.id));
  const lost = [...merged.changed, ...merged.gone].map((column) => column.id);
  const lostColumns = await endAccess(tx, { columnIds: lost }, "column-changed");
  const lostKeys = await endAccess(tx, { tableIds: merged.rekeyedTableIds }, "key-changed");
  const forgotten = await forgetValues(tx, source);
  const result = countsOf(schema, merged, lostColumns.grants + lostKeys.grants);
  const scanned: AuditEvent = {
    code: "source.scanned",
    resource: { sourceId: source.id, source: source.name },
    details: result,
  };
  return {
    result,
    event: [scanned, ...suspensions(source, merged), ...lostColumns.events, ...lostKeys.events, ...forgotten],
  };
}

function countsOf(schema: SourceSchema, merged: Merged, endedGrants: number): Scanned {
  return {
    tables: schema.tables.length,
    columns: schema.tables.reduce((sum, table) => sum + table.columns.length, 0),
    newTables: merged.newTables,
    newColumns: merged.newColumns,
    changedColumns: merged.changed.length,
    goneTables: merged.goneTables,
    goneColumns: merged.gone.length,
    endedGrants,
  };
}

/** One event for each table that lost confirmed columns. */
function suspensions(source: HeldSource, merged: Merged): AuditEvent[] {
  const lost = [...merged.changed, ...merged.gone].filter((column) => column.wasConfirmed);
  return [...new Set(lost.map((column) => column.tableId))].map((tableId) => {
    const columns = lost.filter((column) => column.tableId === tableId);
    return {
      code: "catalog.suspended",
      resource: { sourceId: source.id, source: source.name, tableId, ...fieldsOf(columns) },
    };
  });
}

function fieldsOf(columns: readonly ChangedColumn[]) {
  return {
    table: columns[0]?.table ?? "",
    fields: columns.map((column) => column.name),
    classes: [...new Set(columns.flatMap((column) => column.classId ?? []))],
  };
}

/** `150004` as people write it: `15.4`. */
function versionText(number: number): string {
  return `${Math.floor(number / 10_000)}.${number % 10_000}`;
}
