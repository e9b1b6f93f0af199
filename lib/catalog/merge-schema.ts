import "server-only";
import { sql, type SQL } from "drizzle-orm";
import {
  stableKey,
  type SourceColumn,
  type SourceSchema,
  type SourceTable,
  type TableName,
} from "@/lib/catalog/source-schema";
import type { WriteTransaction } from "@/lib/db/control-database";
import type { Proposal } from "@/lib/discovery/proposal";

/** A column that is not what it was, with the table it is in. */
export type ChangedColumn = {
  id: string;
  name: string;
  tableId: string;
  table: string;
  classId: string | null;
  wasConfirmed: boolean;
};

/** What is proposed for a column; null keeps what was proposed for it before. */
export type Propose = (table: SourceTable, column: SourceColumn) => Proposal | null;

export type Merged = {
  newTables: number;
  goneTables: number;
  newColumns: number;
  /** Columns of another type or place than before. */
  changed: ChangedColumn[];
  gone: ChangedColumn[];
  /** Tables whose records are named otherwise from now on. */
  rekeyedTableIds: string[];
};

/**
 * Writes the structure that was read from a source over what the catalogue knows, a set at a time. New columns come
 * unconfirmed; a confirmed column that changed or went is suspended, so that it is hidden even if it comes back. But for
 * the first time, each difference is news for the steward.
 */
export async function mergeSchema(
  tx: WriteTransaction,
  sourceId: string,
  schema: SourceSchema,
  propose: Propose,
  isFirst: boolean,
): Promise<Merged> {
  const tables = await mergeTables(tx, sourceId, schema.tables);
  const found = foundColumns(sourceId, schema.tables, propose);
  const changed = await suspendChanged(tx, found);
  const newColumns = await storeColumns(tx, found, isFirst);
  const gone = await markGoneColumns(tx, sourceId, found);
  const goneTables = await markGoneTables(tx, sourceId, schema.tables);
  await storeForeignKeys(tx, sourceId, schema);
  return { ...tables, goneTables, newColumns, changed, gone };
}

async function mergeTables(
  tx: WriteTransaction,
  sourceId: string,
  tables: readonly SourceTable[],
): Promise<Pick<Merged, "newTables" | "rekeyedTableIds">> {
  const rows = await tx.execute<{ id: string; is_new: boolean; rekeyed: boolean }>(sql`
    WITH stored AS (
      INSERT INTO catalog_tables AS t
        (source_id, schema, name, kind, parent, comment, row_estimate, readable, key_columns)
      SELECT ${sourceId}::uuid, f.schema, f.name, f.kind, f.parent, f.comment, f.row_estimate, f.readable, f.key_columns
      FROM jsonb_to_recordset(${tablesJson(tables)}::jsonb) AS f(schema text, name text, kind text, parent text,
        comment text, row_estimate bigint, readable boolean, key_columns text[])
      ON CONFLICT (source_id, schema, name) DO UPDATE SET kind = EXCLUDED.kind, parent = EXCLUDED.parent,
        comment = EXCLUDED.comment, row_estimate = EXCLUDED.row_estimate, readable = EXCLUDED.readable,
        key_columns = EXCLUDED.key_columns, gone_at = NULL
      RETURNING id, key_columns
    )
    SELECT stored.id, was.id IS NULL OR was.gone_at IS NOT NULL AS is_new,
      was.key_columns IS DISTINCT FROM stored.key_columns AS rekeyed
    FROM stored LEFT JOIN catalog_tables was ON was.id = stored.id`);
  return {
    newTables: rows.filter((row) => row.is_new).length,
    rekeyedTableIds: rows.filter((row) => row.rekeyed && !row.is_new).map((row) => row.id),
  };
}

function tablesJson(tables: readonly SourceTable[]): string {
  return JSON.stringify(
    tables.map((table) => ({
      schema: table.schema,
      name: table.table,
      kind: table.kind,
      parent: table.parent && `${table.parent.schema}.${table.parent.table}`,
      comment: table.comment,
      row_estimate: table.estimatedRows === null ? null : Math.round(table.estimatedRows),
      readable: table.selectable,
      key_columns: stableKey(table) ?? [],
    })),
  );
}

/** The columns that were found, as a common table expression `found` for the statements below. */
function foundColumns(sourceId: string, tables: readonly SourceTable[], propose: Propose): SQL {
  const columns = tables.flatMap((table) =>
    table.columns.map((column) => ({
      in_schema: table.schema,
      in_table: table.table,
      name: column.name,
      ordinal: column.ordinal,
      type: column.type,
      type_name: column.fingerprint,
      nullable: column.nullable,
      generated: column.generated,
      readable: column.selectable,
      comment: column.comment,
      ...proposed(propose(table, column)),
    })),
  );
  return sql`found AS MATERIALIZED (
    SELECT t.id AS table_id, f.* FROM jsonb_to_recordset(${JSON.stringify(columns)}::jsonb) AS f(in_schema text,
      in_table text, name text, ordinal integer, type jsonb, type_name text, nullable boolean, generated boolean,
      readable boolean, comment text, proposed_class text, proposed_confidence real, proposed_why text)
    JOIN catalog_tables t ON t.source_id = ${sourceId} AND t.schema = f.in_schema AND t.name = f.in_table)`;
}

const proposed = (proposal: Proposal | null) => ({
  proposed_class: proposal?.classId ?? null,
  proposed_confidence: proposal?.confidence ?? null,
  proposed_why: proposal?.why ?? null,
});

/** A column made again under its old name, or in another place, is another column: it is hidden like a retyped one. */
async function suspendChanged(tx: WriteTransaction, found: SQL): Promise<ChangedColumn[]> {
  return toChanged(
    await tx.execute<ChangedRow>(sql`WITH ${found}, was AS (
      SELECT c.id, c.state FROM catalog_columns c JOIN found f ON f.table_id = c.table_id AND f.name = c.name
      WHERE c.gone_at IS NULL AND (c.type_name, c.ordinal) IS DISTINCT FROM (f.type_name, f.ordinal)
    ), now_hidden AS (
      UPDATE catalog_columns c SET ${suspended}, ${news("changed")} FROM was WHERE was.id = c.id RETURNING c.*
    )
    SELECT n.id, n.name, n.table_id, t.schema || '.' || t.name AS "table", n.class_id, was.state = 'confirmed' AS was_confirmed
    FROM now_hidden n JOIN was USING (id) JOIN catalog_tables t ON t.id = n.table_id
    ORDER BY 4, n.ordinal`),
  );
}

const suspended = sql`state = CASE c.state WHEN 'confirmed' THEN 'suspended' ELSE c.state END,
  last_mask = CASE c.state WHEN 'confirmed' THEN c.mask ELSE c.last_mask END,
  mask = '{"method":"hidden"}', version = c.version + 1`;

const news = (drift: "changed" | "gone") => sql`drift = ${drift}, drift_at = clock_timestamp()`;

async function storeColumns(tx: WriteTransaction, found: SQL, isFirst: boolean): Promise<number> {
  const drift = isFirst ? sql`NULL` : sql`'new'`;
  const [row] = await tx.execute<{ fresh: number }>(sql`WITH ${found}, stored AS (
      INSERT INTO catalog_columns AS c (table_id, name, ordinal, type, type_name, nullable, generated, readable, comment,
        proposed_class, proposed_confidence, proposed_why, drift, drift_at)
      SELECT f.table_id, f.name, f.ordinal, f.type, f.type_name, f.nullable, f.generated, f.readable, f.comment,
        coalesce(f.proposed_class, was.proposed_class, 'none'), coalesce(f.proposed_confidence, was.proposed_confidence, 0),
        coalesce(f.proposed_why, was.proposed_why, ''), ${drift}, CASE WHEN ${drift} IS NOT NULL THEN clock_timestamp() END
      FROM found f LEFT JOIN catalog_columns was ON was.table_id = f.table_id AND was.name = f.name
      ON CONFLICT (table_id, name) DO UPDATE SET ordinal = EXCLUDED.ordinal, type = EXCLUDED.type,
        type_name = EXCLUDED.type_name, nullable = EXCLUDED.nullable, generated = EXCLUDED.generated,
        readable = EXCLUDED.readable, comment = EXCLUDED.comment, proposed_class = EXCLUDED.proposed_class,
        proposed_confidence = EXCLUDED.proposed_confidence, proposed_why = EXCLUDED.proposed_why, gone_at = NULL,
        drift = CASE WHEN c.gone_at IS NULL THEN c.drift ELSE 'new' END,
        drift_at = CASE WHEN c.gone_at IS NULL THEN c.drift_at ELSE clock_timestamp() END
      WHERE (c.ordinal, c.type, c.type_name, c.nullable, c.generated, c.readable, c.comment, c.proposed_class,
          c.proposed_confidence, c.proposed_why, c.gone_at)
        IS DISTINCT FROM (EXCLUDED.ordinal, EXCLUDED.type, EXCLUDED.type_name, EXCLUDED.nullable, EXCLUDED.generated,
          EXCLUDED.readable, EXCLUDED.comment, EXCLUDED.proposed_class, EXCLUDED.proposed_confidence,
          EXCLUDED.proposed_why, NULL)
      RETURNING c.id
    )
    SELECT count(*) FILTER (WHERE was.id IS NULL OR was.gone_at IS NOT NULL)::int AS fresh
    FROM stored LEFT JOIN catalog_columns was ON was.id = stored.id`);
  return row?.fresh ?? 0;
}

async function markGoneColumns(tx: WriteTransaction, sourceId: string, found: SQL): Promise<ChangedColumn[]> {
  return toChanged(
    await tx.execute<ChangedRow>(sql`WITH ${found}, was AS (
      SELECT c.id, c.state FROM catalog_columns c JOIN catalog_tables t ON t.id = c.table_id
      WHERE t.source_id = ${sourceId} AND c.gone_at IS NULL
        AND NOT EXISTS (SELECT FROM found f WHERE f.table_id = c.table_id AND f.name = c.name)
    ), now_gone AS (
      UPDATE catalog_columns c SET gone_at = clock_timestamp(), ${suspended}, ${news("gone")} FROM was WHERE was.id = c.id RETURNING c.*
    )
    SELECT n.id, n.name, n.table_id, t.schema || '.' || t.name AS "table", n.class_id, was.state = 'confirmed' AS was_confirmed
    FROM now_gone n JOIN was USING (id) JOIN catalog_tables t ON t.id = n.table_id
    ORDER BY 4, n.ordinal`),
  );
}

async function markGoneTables(
  tx: WriteTransaction,
  sourceId: string,
  tables: readonly TableName[],
): Promise<number> {
  const names = JSON.stringify(tables.map(({ schema, table }) => ({ schema, name: table })));
  const rows = await tx.execute(sql`
    UPDATE catalog_tables t SET gone_at = clock_timestamp()
    WHERE t.source_id = ${sourceId} AND t.gone_at IS NULL AND NOT EXISTS (
      SELECT FROM jsonb_to_recordset(${names}::jsonb) AS f(schema text, name text)
      WHERE f.schema = t.schema AND f.name = t.name)
    RETURNING t.id`);
  return rows.length;
}

async function storeForeignKeys(tx: WriteTransaction, sourceId: string, schema: SourceSchema): Promise<void> {
  const keys = schema.foreignKeys.map(({ name, from, to }) => ({
    name,
    from_schema: from.schema,
    from_table: from.table,
    from_columns: from.columns,
    to_schema: to.schema,
    to_table: to.table,
    to_columns: to.columns,
  }));
  await tx.execute(sql`DELETE FROM catalog_foreign_keys WHERE source_id = ${sourceId}`);
  await tx.execute(sql`
    INSERT INTO catalog_foreign_keys (source_id, name, from_table_id, from_columns, to_table_id, to_columns)
    SELECT ${sourceId}::uuid, k.name, a.id, k.from_columns, b.id, k.to_columns
    FROM jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) AS k(name text, from_schema text, from_table text,
      from_columns text[], to_schema text, to_table text, to_columns text[])
    JOIN catalog_tables a ON a.source_id = ${sourceId} AND a.schema = k.from_schema AND a.name = k.from_table
    JOIN catalog_tables b ON b.source_id = ${sourceId} AND b.schema = k.to_schema AND b.name = k.to_table`);
}

type ChangedRow = {
  id: string;
  name: string;
  table_id: string;
  table: string;
  class_id: string | null;
  was_confirmed: boolean;
};

function toChanged(rows: readonly ChangedRow[]): ChangedColumn[] {
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    tableId: row.table_id,
    table: row.table,
    classId: row.class_id,
    wasConfirmed: row.was_confirmed,
  }));
}
