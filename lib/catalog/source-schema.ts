import type { ColumnType } from "@/lib/catalog/column-type";

export type TableKind = "table" | "partitioned" | "partition" | "view" | "matview" | "foreign";

export type TableName = { schema: string; table: string };

export type SourceColumn = {
  name: string;
  /** `attnum`: order of declaration, with gaps where columns were dropped. */
  ordinal: number;
  type: ColumnType;
  /** Changes whenever the declared type does (type, length, composite members); enum labels do not count. */
  fingerprint: string;
  nullable: boolean;
  generated: boolean;
  identity: boolean;
  hasDefault: boolean;
  comment: string | null;
  /** Whether our role may select this column. */
  selectable: boolean;
};

export type SourceTable = TableName & {
  kind: TableKind;
  /** The partitioned table this partition belongs to. */
  parent: TableName | null;
  comment: string | null;
  /** The planner's estimate; null when the table was never analysed. */
  estimatedRows: number | null;
  columns: SourceColumn[];
  primaryKey: string[] | null;
  /** Unique keys over NOT NULL columns, without predicate or expression, the primary key excluded; shortest first. */
  uniqueKeys: string[][];
  /** Whether our role may select at least one column. */
  selectable: boolean;
};

export type SourceForeignKey = {
  name: string;
  from: TableName & { columns: string[] };
  to: TableName & { columns: string[] };
};

/**
 * A column whose values come from others: a view's output that repeats one column (`copy`), or what is computed of some,
 * as generated columns and search vectors are (`made`).
 */
export type ColumnOrigin = {
  how: "copy" | "made";
  to: TableName & { column: string };
  from: TableName & { column: string };
};

/** All that Glimpse knows of the structure of a source at one moment. */
export type SourceSchema = {
  /** `server_version_num`, such as 150004. */
  serverVersion: number;
  tables: SourceTable[];
  foreignKeys: SourceForeignKey[];
  origins: ColumnOrigin[];
};

/** The columns that name one record of a table for good: its primary key, else its first unique key. */
export function stableKey(table: SourceTable): string[] | null {
  return table.primaryKey ?? table.uniqueKeys[0] ?? null;
}
