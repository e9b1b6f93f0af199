import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { forgetValues } from "@/lib/catalog/forget-values";
import type { HeldSource } from "@/lib/catalog/hold-steward";
import { mergeSchema, type ChangedColumn, type Merged } from "@/lib/catalog/merge-schema";
import { readClasses } from "@/lib/catalog/read-classes";
import type { SourceColumn, SourceSchema, SourceTable } from "@/lib/catalog/source-schema";
import type { WriteTransaction } from "@/lib/db/control-database";
import { catalogColumns, catalogTables, sources } from "@/lib/db/schema/catalogue";
import { columnsToAsk, proposer, tableKey } from "@/lib/discovery/discover";
import { endAccess } from "@/lib/grants/end-access";

/** What a comparison with the source found, in numbers. */
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

export type Stored = {
  result: Scanned;
  event: [AuditEvent, ...AuditEvent[]];
  /** Whose values are worth a look now, by `tableKey`. */
  tables: string[];
};

/**
 * Stores the structure of a source inside the transaction of whoever holds it. What is new, changed or gone is hidden,
 * and the live grants and waiting requests on it end (law 1, design §5). New columns have a proposal from names alone;
 * those that are known keep theirs. `look` says whose values are to be looked at next.
 */
export async function storeStructure(
  tx: WriteTransaction,
  source: HeldSource,
  schema: SourceSchema,
  look: "all" | "changed",
): Promise<Stored> {
  const known = await knownColumns(tx, source.id);
  const isKnown = (table: SourceTable, column: SourceColumn) => known.has(printOf(table, column));
  const propose = proposer(schema, new Map(), await readClasses(tx));
  const merged = await mergeSchema(
    tx,
    source.id,
    schema,
    (table, column) => (isKnown(table, column) ? null : propose(table, column)),
    source.scannedAt === null,
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
  const asked = columnsToAsk(schema);
  const tables = schema.tables.filter(
    (table) =>
      table.selectable &&
      asked(table).length > 0 &&
      (look === "all" || table.columns.some((column) => !isKnown(table, column))),
  );
  const scanned: AuditEvent = { code: "source.scanned", resource: resourceOf(source), details: result };
  return {
    result,
    event: [scanned, ...suspensions(source, merged), ...lostColumns.events, ...lostKeys.events, ...forgotten],
    tables: tables.map(tableKey),
  };
}

/** A source as events name it. */
export const resourceOf = (source: Pick<HeldSource, "id" | "name">) => ({
  sourceId: source.id,
  source: source.name,
});

/** The columns of the catalogue in the words of `printOf`. */
async function knownColumns(tx: WriteTransaction, sourceId: string): Promise<Set<string>> {
  const rows = await tx
    .select({
      schema: catalogTables.schema,
      table: catalogTables.name,
      name: catalogColumns.name,
      ordinal: catalogColumns.ordinal,
      fingerprint: catalogColumns.typeName,
    })
    .from(catalogColumns)
    .innerJoin(catalogTables, eq(catalogTables.id, catalogColumns.tableId))
    .where(
      and(eq(catalogTables.sourceId, sourceId), isNull(catalogTables.goneAt), isNull(catalogColumns.goneAt)),
    );
  return new Set(rows.map((row) => printOf(row, row)));
}

const printOf = (
  { schema, table }: Pick<SourceTable, "schema" | "table">,
  { name, ordinal, fingerprint }: Pick<SourceColumn, "name" | "ordinal" | "fingerprint">,
) => JSON.stringify([schema, table, name, ordinal, fingerprint]);

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
    return { code: "catalog.suspended", resource: { ...resourceOf(source), tableId, ...fieldsOf(columns) } };
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
