import "server-only";
import { eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { record, recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { holdSource, holdSteward, type HeldSource } from "@/lib/catalog/hold-steward";
import { mergeSchema, type ChangedColumn, type Merged } from "@/lib/catalog/merge-schema";
import { readConnection } from "@/lib/catalog/open-source";
import { proposer } from "@/lib/catalog/proposer";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import type { SourceSchema } from "@/lib/catalog/source-schema";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sources } from "@/lib/db/schema/catalogue";
import { endAccess } from "@/lib/grants/end-access";
import { Refusal } from "@/lib/refusal";
import { SourceFailure } from "@/lib/source/failure";
import { introspectConnection } from "@/lib/source/introspect";

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

/**
 * Compares the catalogue with the structure of the source and stores the difference in one recorded transaction.
 * What is new, changed or gone is hidden, and the live grants and waiting requests on it end (law 1, design §5).
 */
export async function scanSource(ctx: Context, { sourceId }: { sourceId: string }): Promise<Scanned> {
  if (ctx.actor.kind !== "system") requirePermission(ctx, "catalog");
  const opened = await readConnection(ctx.db, sourceId);
  const schema = await introspectOnRecord(ctx, sourceId, () => introspectConnection(opened.connection));
  return recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    // The connection was changed while its old database was read.
    if (source.version !== opened.version) throw new Refusal("changed-meanwhile");
    return storeScan(tx, source, schema);
  });
}

async function introspectOnRecord(ctx: Context, sourceId: string, read: () => Promise<SourceSchema>) {
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

/** Stores a structure inside the transaction of whoever holds the source; returns the numbers and the events. */
export async function storeScan(
  tx: WriteTransaction,
  source: HeldSource,
  schema: SourceSchema,
): Promise<{ result: Scanned; event: [AuditEvent, ...AuditEvent[]] }> {
  const merged = await mergeSchema(tx, source.id, schema, proposer(schema));
  await tx
    .update(sources)
    .set({ scannedAt: sql`clock_timestamp()`, serverVersion: versionText(schema.serverVersion) })
    .where(eq(sources.id, source.id));
  const lost = [...merged.changed, ...merged.gone].map((column) => column.id);
  const lostColumns = await endAccess(tx, { columnIds: lost }, "column-changed");
  const lostKeys = await endAccess(tx, { tableIds: merged.rekeyedTableIds }, "key-changed");
  const result = countsOf(schema, merged, lostColumns.grants + lostKeys.grants);
  const scanned: AuditEvent = {
    code: "source.scanned",
    resource: { sourceId: source.id, source: source.name },
    details: result,
  };
  return {
    result,
    event: [scanned, ...suspensions(source, merged), ...lostColumns.events, ...lostKeys.events],
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
