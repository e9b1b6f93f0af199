import type { PageQuery } from "@/lib/browse/page-query";
import type { TableState } from "@/lib/browse/table-state";
import { projectedColumn, tableHandle } from "@/lib/catalog/projection";
import type { CatalogTable } from "@/lib/catalog/table";
import { columnsRead } from "@/lib/catalog/unchanged";
import { derivedKey } from "@/lib/derived-key";
import { maskKeyring } from "@/lib/masking/keys";

type Wanted = Pick<TableState, "columns" | "order" | "filters">;

/** What is asked of the source for the first page of a table: its columns under the masks that they show. */
export function firstPageOf(
  rootKey: Buffer,
  table: CatalogTable,
  { columns, order, filters }: Wanted,
  size: number,
): PageQuery {
  const keyring = maskKeyring(rootKey, table.source);
  return {
    table,
    seen: columnsRead(table),
    columns: columns.map((column) => projectedColumn(table, column)),
    handle: tableHandle(table, keyring),
    keyring,
    placeKey: derivedKey(rootKey, JSON.stringify(["glimpse place", table.id])),
    order,
    filters,
    from: null,
    backward: false,
    size,
  };
}
