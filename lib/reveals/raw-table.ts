import { tableHandle } from "@/lib/catalog/projection";
import { shownAs, type ColumnFacts } from "@/lib/catalog/shown-as";
import type { GrantedField } from "@/lib/grants/grant";
import type { MaskKeyring } from "@/lib/masking/keys";
import type { RawTable } from "@/lib/source/raw-query";

/** The key columns and the granted columns of a table, as the catalogue knows them at one moment. */
export type TableFacts = {
  id: string;
  schema: string;
  name: string;
  /** Whether the table or its source is no longer there. */
  gone: boolean;
  keyColumns: string[];
  columns: (ColumnFacts & { id: string; name: string; ordinal: number })[];
};

/** Whether each granted column is still confirmed, of the same type and of the same class as when it was asked for. */
export function unchanged(table: TableFacts, fields: readonly GrantedField[]): boolean {
  if (table.gone) return false;
  return fields.every((field) => {
    const column = table.columns.find((one) => one.id === field.columnId);
    return (
      column !== undefined &&
      shownAs(column).why === "confirmed" &&
      column.name === field.column &&
      column.typeName === field.typeName &&
      column.classId === field.classId
    );
  });
}

/** The table as the reading of raw values needs it; null when its records can no longer be named. */
export function rawTable(table: TableFacts, keyring: MaskKeyring): RawTable | null {
  const columns = table.columns.map((column) => ({ ...column, shown: shownAs(column) }));
  const handle = tableHandle({ id: table.id, keyColumns: table.keyColumns, columns }, keyring);
  return handle && { id: table.id, schema: table.schema, name: table.name, handle, columns };
}
