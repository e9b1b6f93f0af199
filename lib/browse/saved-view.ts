import { filterWords, parseFilter, printFilter } from "@/lib/browse/filter";
import { defaultPageSize } from "@/lib/browse/page-size";
import { parseTableState, queryText, tableQuery, type TableState } from "@/lib/browse/table-state";
import type { CatalogTable } from "@/lib/catalog/table";
import { searchParamsOf } from "@/lib/web/search-params";

/** A stored view as the table is now. */
export type ReadView = {
  /** Its address; what does not fit any more is named there, so that the page can say why it is left out. */
  readonly query: string;
  /** What the page makes of it, in the one form of an address. */
  readonly sound: string;
  readonly words: string;
  readonly leftOut: readonly string[];
};

/** What a view keeps of a page: filters, order and columns; no page, no page size. "" when that is nothing. */
export function viewQuery(state: TableState): string {
  return tableQuery(state, { size: defaultPageSize });
}

/**
 * Reads a stored view against the catalogue of this moment. A value that a filter compared with a column that is no
 * longer clear might be one of its values: it does not leave (laws 5 and 6).
 */
export function readView(table: CatalogTable, stored: string): ReadView {
  const params = new URLSearchParams(stored);
  const state = parseTableState(table, searchParamsOf(params));
  const sound = viewQuery(state);
  return {
    query: state.problems.length === 0 ? sound : withoutValues(table, params),
    sound,
    words: viewWords(state),
    leftOut: state.problems,
  };
}

function withoutValues(table: CatalogTable, params: URLSearchParams): string {
  const named = ["cols", "sort"].flatMap((name) =>
    params.getAll(name).map((text): [string, string] => [name, text]),
  );
  const filters = params.getAll("f").flatMap((text): [string, string][] => {
    const read = parseFilter(text, table.columns);
    if (read.ok) return [["f", printFilter(read.filter)]];
    const [head] = /^[^:]*:[a-z-]*/u.exec(text) ?? [];
    return head === undefined ? [] : [["f", head]];
  });
  return queryText([...named, ...filters]);
}

/** A page in words: "country is DE · by signed_up, last first · 4 columns". */
export function viewWords({ filters, order, columns, columnsChosen }: TableState): string {
  const { sort } = order;
  return [
    ...filters.map(filterWords),
    ...(sort === null ? [] : [`by ${sort.column.name}${sort.direction === "desc" ? ", last first" : ""}`]),
    ...(columnsChosen === "all" ? ["all columns"] : []),
    ...(columnsChosen === "some" ? [`${columns.length} ${columns.length === 1 ? "column" : "columns"}`] : []),
  ].join(" · ");
}
