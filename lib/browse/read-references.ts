import "server-only";
import { recordPath } from "@/lib/browse/addresses";
import { referredHandle } from "@/lib/browse/related";
import type { Context } from "@/lib/auth/context";
import { readTable } from "@/lib/catalog/read-table";
import { keyOf, type CatalogTable } from "@/lib/catalog/table";

/** The records that the fields of a record refer to, by the name of the field: where both ends are clear. */
export async function readReferences(
  ctx: Context,
  table: CatalogTable,
  cells: readonly (string | null)[],
): Promise<ReadonlyMap<string, string>> {
  const single = table.refersTo.filter(({ columns }) => columns.length === 1);
  const found = await Promise.all(
    single.map(async (link) => {
      const other = await readTable(ctx, { tableId: link.other.tableId });
      if (!keyOf(other)?.every(({ clear }) => clear)) return [];
      const handle = referredHandle(table, cells, link, other.keyColumns);
      return handle === null ? [] : [[link.columns[0] ?? "", recordPath(other, handle)] as const];
    }),
  );
  return new Map(found.flat());
}
