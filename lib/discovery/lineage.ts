import type { SourceSchema, TableName } from "@/lib/catalog/source-schema";

/** Where the values of a column come from: a view's column, what is computed, or the key it refers to. */
export type Lineage = { how: "copy" | "made" | "key"; from: TableName & { column: string } };

/** The columns that a column gets its values from, by table and column. */
export function lineageOf(schema: SourceSchema): (table: TableName, column: string) => readonly Lineage[] {
  const found = new Map<string, Lineage[]>();
  const add = (table: TableName, column: string, lineage: Lineage) => {
    const key = keyOf(table, column);
    found.set(key, [...(found.get(key) ?? []), lineage]);
  };
  for (const { how, to, from } of schema.origins) add(to, to.column, { how, from });
  for (const { from, to } of schema.foreignKeys) {
    from.columns.forEach((column, at) => {
      const target = to.columns[at];
      if (target !== undefined)
        add(from, column, { how: "key", from: { schema: to.schema, table: to.table, column: target } });
    });
  }
  return (table, column) => found.get(keyOf(table, column)) ?? [];
}

const keyOf = ({ schema, table }: TableName, column: string) => JSON.stringify([schema, table, column]);
