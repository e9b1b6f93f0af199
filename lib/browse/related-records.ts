import "server-only";
import { recordPath, tablePath } from "@/lib/browse/addresses";
import { gridColumns, gridView } from "@/lib/browse/grid-view";
import { openTable } from "@/lib/browse/open-table";
import { readPage } from "@/lib/browse/read-page";
import { follow, type Relation } from "@/lib/browse/related";
import { firstPageOf } from "@/lib/browse/table-query";
import { parseTableState, tableQuery } from "@/lib/browse/table-state";
import type { RelatedView } from "@/lib/browse/view";
import type { Context } from "@/lib/auth/context";
import { openSource } from "@/lib/catalog/open-source";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { env } from "@/lib/env";
import { SourceFailure } from "@/lib/source/failure";

const relatedTimeoutMs = 5_000;
const MOST_ROWS = 8;
const MOST_COLUMNS = 12;

/** The first records that a relation leads to, masked as in their own table, and the address of all of them. */
export async function relatedRecords(
  ctx: Context,
  table: CatalogTable,
  cells: readonly (string | null)[],
  relation: Relation,
): Promise<RelatedView> {
  const other = await readTable(ctx, { tableId: relation.link.other.tableId });
  const followed = follow(table, cells, relation.link, other);
  if (!followed.ok) return { ok: false, words: followed.why };
  const first = parseTableState(other, {});
  const state = { ...first, filters: followed.filters, columns: first.columns.slice(0, MOST_COLUMNS) };
  try {
    const pool = await openSource(ctx.db, other.source);
    const query = firstPageOf(env().rootKey, other, state, MOST_ROWS);
    const [page] = await Promise.all([
      readPage(pool, query, { timeoutMs: relatedTimeoutMs }),
      openTable(ctx, other),
    ]);
    const grid = gridView(other, state, gridColumns(state), page.rows);
    return {
      ok: true,
      grid: { ...grid, recordBase: recordPath(other, "") },
      allHref: tablePath(other) + tableQuery({ ...first, filters: followed.filters }),
      hasMore: page.hasMore,
    };
  } catch (error) {
    if (error instanceof SourceFailure) return { ok: false, words: error.message };
    throw error;
  }
}
