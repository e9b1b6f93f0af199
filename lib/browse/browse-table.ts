import "server-only";
import { readPage, type PageRows } from "@/lib/browse/read-page";
import { firstPageOf } from "@/lib/browse/table-query";
import type { TableState } from "@/lib/browse/table-state";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { openSource } from "@/lib/catalog/open-source";
import { rescanAfterDrift } from "@/lib/catalog/rescan-after-drift";
import type { CatalogTable } from "@/lib/catalog/table";
import { env } from "@/lib/env";
import { SourceFailure } from "@/lib/source/failure";

const pageTimeoutMs = 10_000;

/** The rows of a page, or why the source did not give them; `restarted` when the place in the address was unusable. */
export type BrowsedTable =
  | { ok: true; page: PageRows; restarted: boolean }
  | { ok: false; failure: SourceFailure };

/**
 * One page of a table under its masks, in the order, filters and place of `state`, read in one go from the source.
 * A failure of the source is an answer, not an error: the page around the rows still stands.
 */
export async function browseTable(
  ctx: Context,
  table: CatalogTable,
  state: TableState,
): Promise<BrowsedTable> {
  requirePermission(ctx, "browse");
  const query = firstPageOf(env().rootKey, table, state, state.size);
  try {
    const pool = await openSource(ctx.db, table.source);
    const limits = { timeoutMs: pageTimeoutMs };
    const read = (from: TableState["from"], backward: boolean) =>
      readPage(pool, { ...query, from, backward }, limits);
    const page = await read(state.from, state.backward).catch((error: unknown) => {
      // A cursor may be forged, or its column may have changed: its value is then none of the column's type.
      if (state.from !== null && error instanceof SourceFailure && error.reason === "bad-value") return null;
      throw error;
    });
    return page === null
      ? { ok: true, page: await read(null, false), restarted: true }
      : { ok: true, page, restarted: false };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    await rescanAfterDrift(table.source.id, error);
    return { ok: false, failure: error };
  }
}
