import { readView } from "@/lib/browse/saved-view";
import { defaultPageSize } from "@/lib/browse/page-size";
import { parseTableState, tableQuery, type TableState } from "@/lib/browse/table-state";
import type { CatalogTable } from "@/lib/catalog/table";
import { Refusal } from "@/lib/refusal";
import { searchParamsOf } from "@/lib/web/search-params";

/**
 * Reads the filters of a request for all that match. Refuses when there are none, or when one is not sound: without
 * it, more records would be asked for than somebody meant, and a masked column takes no part (law 5).
 */
export function cohortState(table: CatalogTable, query: string): TableState {
  const state = parseTableState(table, searchParamsOf(new URLSearchParams(query)));
  if (state.problems.length > 0 || state.filters.length === 0) throw new Refusal("cohort-unsound");
  return state;
}

/** The filters of a page, and nothing else of it, in the one form of an address; "" when there are none. */
export function cohortQuery(state: TableState): string {
  return tableQuery(state, { columns: null, sort: null, size: defaultPageSize });
}

/** The filters in words; of a column that is masked since, only that it was one of them (law 6). */
export function cohortWords(table: CatalogTable, query: string): string {
  const { words, leftOut } = readView(table, query);
  const hidden = leftOut.length === 0 ? [] : ["a filter on a column that has changed since"];
  return [...(words === "" ? [] : [words]), ...hidden].join(" · ");
}

/** The columns that the filters are about, for the log. */
export function filteredBy(table: CatalogTable, query: string): string[] {
  return [...new Set(cohortState(table, query).filters.map(({ column }) => column.name))];
}
