import { compileCurrent, handleName, placeName, viewOf, type Viewed } from "@/lib/catalog/masked-view";
import type { TableHandle } from "@/lib/catalog/projection";
import { compileHandle, compileHandleMatch, tokensOf, type RecordKey } from "@/lib/catalog/record-handle";
import { compileUnchanged, type SeenColumn } from "@/lib/catalog/unchanged";
import { quoteColumn, quoteTable, type SqlSink } from "@/lib/masking/sql";

/** The FROM item of a table: itself, or its view where the source is hardened. */
export function fromTable(table: Viewed): string {
  const { schema, name } = viewOf(table) ?? table;
  return quoteTable(schema, name);
}

/** The condition that what is read is what the catalogue says: the columns of a table, or the whole of its view. */
export function compileAsSeen(table: Viewed, columns: readonly SeenColumn[], sink: SqlSink): string {
  const view = viewOf(table);
  return view === null ? compileUnchanged(table, columns, sink) : compileCurrent(view, sink);
}

/** The SQL expression for the handle of a row where the table is read. */
export function compileName(table: Viewed, handle: TableHandle, sink: SqlSink): string {
  if (!handle.allClear && viewOf(table) !== null) return quoteColumn(handleName);
  return compileHandle(handle.columns, handle.allClear, sink, handle.keys);
}

/** The columns that the name of a row is made of where the table is read. */
export function nameColumns(table: Viewed, { columns, allClear }: TableHandle): string[] {
  if (!allClear && viewOf(table) !== null) return [quoteColumn(handleName)];
  return columns.map(({ name }) => quoteColumn(name));
}

/** The WHERE condition for the records of some handles where the table is read; see `compileHandleMatch`. */
export function compileNamed(
  table: Viewed,
  handle: TableHandle,
  records: readonly RecordKey[],
  sink: SqlSink,
): string {
  if (!handle.allClear && viewOf(table) !== null)
    return `${quoteColumn(handleName)} = ANY (${sink.bind(tokensOf(records), "text[]")})`;
  return compileHandleMatch(handle.columns, handle.allClear, records, sink, handle.keys);
}

/** The place of a row, under the name that it has where the table is read. */
export function placeColumn(table: Viewed): string {
  return viewOf(table) === null ? "ctid" : quoteColumn(placeName);
}
