import { proposeClass, type Proposal } from "@/lib/catalog/discover-by-name";
import type { SourceColumn, SourceSchema, SourceTable } from "@/lib/catalog/source-schema";

/** Proposes a class for each column of a structure, from what is beside it: keys, neighbours, comment. */
export function proposer(schema: SourceSchema): (table: SourceTable, column: SourceColumn) => Proposal {
  const names = new Map(schema.tables.map((table) => [table, table.columns.map((column) => column.name)]));
  const references = new Set(
    schema.foreignKeys.flatMap(({ from }) =>
      from.columns.map((column) => key(from.schema, from.table, column)),
    ),
  );
  return (table, column) =>
    proposeClass({
      schema: table.schema,
      table: table.table,
      column: column.name,
      type: column.type,
      comment: column.comment,
      tableColumns: names.get(table) ?? [],
      isPrimaryKey: table.primaryKey?.includes(column.name) ?? false,
      isForeignKey: references.has(key(table.schema, table.table, column.name)),
    });
}

const key = (...names: string[]) => JSON.stringify(names);
