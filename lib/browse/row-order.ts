import { ClearColumn } from "@/lib/catalog/clear-column";
import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { placeColumn } from "@/lib/catalog/read-from";
import { keyOf, type CatalogTable } from "@/lib/catalog/table";
import { quoteColumn } from "@/lib/masking/sql";

export type Direction = "asc" | "desc";

export type Sort = { readonly column: ClearColumn; readonly direction: Direction };

/**
 * The order of a table's rows, by clear columns alone (law 5): by its key; by physical place where no key may be
 * seen; by all clear columns where rows have no place either, and then only as far as an offset may go.
 */
export type RowOrder = { readonly sort: Sort | null } & (
  | { readonly by: "key"; readonly key: readonly ClearColumn[] }
  | { readonly by: "place"; readonly place: string }
  | { readonly by: "offset"; readonly rest: readonly ClearColumn[] }
);

/** Where a page begins or ends: the sort value (null is one of its values) and what tells equal rows apart. */
export type Position = { readonly sort: string | null; readonly key: readonly string[] };

/** An expression that rows are ordered by, and the type that its values are read back as. */
export type OrderTerm = { readonly sql: string; readonly type: ColumnType["base"] };

const tid = { schema: "pg_catalog", name: "tid" };

const sortable: ReadonlySet<TypeCategory> = new Set([
  "text",
  "number",
  "money",
  "boolean",
  "date",
  "timestamp",
  "time",
  "uuid",
  "enum",
  "inet",
  "interval",
  "bit",
]);

/** Whether rows can be sorted by the column in a way that people understand. */
export function isSortable(column: ClearColumn): boolean {
  return sortable.has(column.type.category);
}

/** How the rows of a table are ordered under a sort that somebody chose, or none. */
export function chooseOrder(table: CatalogTable, sort: Sort | null): RowOrder {
  const clear = table.columns.flatMap((column) => ClearColumn.of(column) ?? []);
  const key = (keyOf(table) ?? []).map(({ name }) => clear.find((column) => column.name === name));
  const clearKey = key.filter((column) => column !== undefined);
  if (key.length > 0 && clearKey.length === key.length) return { by: "key", key: clearKey, sort };
  if (table.kind === "table" || table.kind === "partition" || table.kind === "matview")
    return { by: "place", place: placeColumn(table), sort };
  return { by: "offset", rest: clear.filter(isSortable).slice(0, 32), sort };
}

/** Names the order, so that a cursor of one order is not taken for a position in another. */
export function orderName({ by, sort }: RowOrder): string {
  return sort === null ? by : `${by} ${sort.direction} ${sort.column.name}`;
}

/** What tells rows apart that are equal by the sort; empty where nothing can. */
export function keyTerms(order: RowOrder): OrderTerm[] {
  switch (order.by) {
    case "key":
      return order.key.filter((column) => column.name !== order.sort?.column.name).map(orderTerm);
    case "place":
      return [{ sql: order.place, type: tid }];
    case "offset":
      return order.rest.filter((column) => column.name !== order.sort?.column.name).map(orderTerm);
  }
}

/** Whether rows without a value of the sort can exist: key columns always have one. */
export function sortHasNulls(order: RowOrder): boolean {
  const name = order.sort?.column.name;
  return name !== undefined && !(order.by === "key" && order.key.some((column) => column.name === name));
}

/** A clear column to order by; throws for anything that only looks like one. */
export function orderTerm(column: ClearColumn): OrderTerm {
  ClearColumn.assertGenuine(column);
  return { sql: quoteColumn(column.name), type: column.type.base };
}
