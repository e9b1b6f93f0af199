/** A table as people name it: without its schema where that is the usual one. */
export function tableLabel(table: { schema: string; name: string }): string {
  return table.schema === "public" ? table.name : `${table.schema}.${table.name}`;
}
