import { compileHandle, compileHandleMatch, type KeyColumn, parseHandle } from "@/lib/catalog/record-handle";
import type { ColumnType } from "@/lib/catalog/column-type";
import { compileUnchanged } from "@/lib/catalog/unchanged";
import { compileFull } from "@/lib/masking/clear";
import { compileMask } from "@/lib/masking/compile";
import type { MaskKeys } from "@/lib/masking/keys";
import type { Mask } from "@/lib/masking/mask";
import { partialLevel } from "@/lib/catalog/partial-level";
import { quoteColumn, quoteTable, type SqlFragment, SqlSink } from "@/lib/masking/sql";

/** A table that records are revealed from, as the catalogue knows it. */
export type RawTable = {
  id: string;
  schema: string;
  name: string;
  handle: { columns: readonly KeyColumn[]; allClear: boolean; keys: MaskKeys };
  /** With how they show without a grant, and their place in the table, which tells a column from another that was made under its name since. */
  columns: readonly { id: string; name: string; ordinal: number; type: ColumnType; shown: { mask: Mask } }[];
};

export type RawField = { columnId: string; classId: string; level: "partial" | "full" };

/** The longest value that is revealed, in characters; what is longer ends with how long it is. */
export const rawCharacters = 1_000_000;

/**
 * The SELECT for the granted fields of the granted records: handles first, then the fields in order. Null when
 * a field is no longer a column of the table or a record's handle cannot be read.
 */
export function rawQuery(
  table: RawTable,
  records: readonly string[],
  fields: readonly RawField[],
): SqlFragment | null {
  const keys = records.map(parseHandle).filter((key) => key !== null);
  const columns = fields.map((field) => table.columns.find((column) => column.id === field.columnId));
  if (keys.length !== records.length || columns.includes(undefined)) return null;
  const sink = new SqlSink();
  const { columns: keyColumns, allClear, keys: handleKeys } = table.handle;
  const values = fields.map((field, index) => {
    const column = columns[index];
    return column === undefined ? "NULL::text" : compileField(column, field, sink);
  });
  const list = [compileHandle(keyColumns, allClear, sink, handleKeys), ...values].map(
    (expression, index) => `${expression} AS "glimpse ${index}"`,
  );
  const match = compileHandleMatch(keyColumns, allClear, keys, sink, handleKeys);
  const keyNames = new Set(keyColumns.map(({ name }) => name));
  const read = table.columns.filter((column) => keyNames.has(column.name) || columns.includes(column));
  const where = `${compileUnchanged(table, read, sink)} AND ${match}`;
  const from = quoteTable(table.schema, table.name);
  return sink.statement(`SELECT ${list.join(", ")} FROM ${from} WHERE ${where} LIMIT ${records.length}`);
}

function compileField(column: RawTable["columns"][number], field: RawField, sink: SqlSink): string {
  if (field.level === "full") return compileFull(quoteColumn(column.name), column.type, rawCharacters);
  return compileMask(column, partialLevel(column.type, field.classId, column.shown.mask), sink);
}
