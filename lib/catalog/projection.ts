import { isInView, shownName, viewOf, type Viewed } from "@/lib/catalog/masked-view";
import type { KeyColumn } from "@/lib/catalog/record-handle";
import { keyOf, type CatalogColumn, type KeyFacts } from "@/lib/catalog/table";
import type { ProjectedColumn } from "@/lib/masking/compile";
import type { MaskKeyring, MaskKeys } from "@/lib/masking/keys";

/** What names the records of a table: its key, whether all of it is clear, and the keys of its tokens. */
export type TableHandle = { columns: KeyColumn[]; allClear: boolean; keys: MaskKeys };

/** How the records of a table are named; null when it has no stable key. One table's tokens say nothing of another's. */
export function tableHandle(table: KeyFacts & { id: string }, keyring: MaskKeyring): TableHandle | null {
  const columns = keyOf(table);
  if (columns === null) return null;
  return { columns, allClear: columns.every((column) => column.clear), keys: keyring(`handle ${table.id}`) };
}

/** A column as it is projected where its table is read, its pseudonyms shared by its data class. */
export function projectedColumn(table: Viewed, column: CatalogColumn): ProjectedColumn {
  const isMaskedThere = viewOf(table) !== null && isInView(column) && column.shown.mask.method !== "clear";
  return { ...maskedColumn(column), ...(isMaskedThere && { maskedAs: shownName(column) }) };
}

/** A column under the mask that it shows. */
export function maskedColumn(column: CatalogColumn): ProjectedColumn {
  return {
    name: column.name,
    type: column.type,
    mask: column.shown.mask,
    scope: column.classId ?? column.id,
  };
}
