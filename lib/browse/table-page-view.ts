import { tablePath } from "@/lib/browse/addresses";
import type { BrowsedTable } from "@/lib/browse/browse-table";
import { columnView } from "@/lib/browse/column-view";
import { filterChips, gridColumns, gridView } from "@/lib/browse/grid-view";
import { MOST_OFFSET, pageSizes } from "@/lib/browse/page-size";
import type { PageRows } from "@/lib/browse/read-page";
import {
  type StateChange,
  tableParams,
  tableQuery,
  type TableState,
  wholeTable,
} from "@/lib/browse/table-state";
import { troubleOf } from "@/lib/browse/trouble";
import type { PageSteps, TablePageView } from "@/lib/browse/view";
import { keyOf, type CatalogTable } from "@/lib/catalog/table";

/** All that the page of a table draws, from what the catalogue, the address and the source said. */
export function tablePageView(table: CatalogTable, state: TableState, browsed: BrowsedTable): TablePageView {
  const columns = gridColumns(state);
  const path = tablePath(table);
  const frame = {
    tableId: table.id,
    name: table.name,
    source: { name: table.source.name, slug: table.source.slug },
    schema: table.schema,
    kind: kinds[table.kind],
    comment: table.comment,
    path,
    params: tableParams(state),
    allColumns: wholeTable(table).map(({ name }) => name),
    columnsChosen: state.columnsChosen,
    chips: filterChips(state),
    problems: problemsOf(state, browsed),
    cleanHref: path + tableQuery(state),
    noRequests: whyNoRequests(table),
    requestAllHref: requestAllHref(table, state),
    paging: pagingWords(state),
    sizes: pageSizes.map((size) => ({
      size,
      href: path + tableQuery(state, { size }),
      isCurrent: size === state.size,
    })),
    columns,
  };
  if (!browsed.ok) {
    return { ...frame, ok: false, trouble: troubleOf(browsed.failure.reason), pageKey: "", exactTotal: null };
  }
  const { page } = browsed;
  return {
    ...frame,
    ok: true,
    grid: gridView(table, state, columns, page.rows),
    steps: pageSteps(path, state, page),
    pageKey: JSON.stringify([tableParams(state), browsed.restarted ? null : state.from, state.backward]),
    exactTotal: page.hasMore ? null : page.rows.length,
  };
}

const kinds: Record<CatalogTable["kind"], string> = {
  table: "table",
  partitioned: "partitioned table",
  partition: "partition",
  view: "view",
  matview: "materialised view",
  foreign: "foreign table",
};

function problemsOf(state: TableState, browsed: BrowsedTable): string[] {
  const restarted = browsed.ok && browsed.restarted;
  return restarted
    ? [...state.problems, "The place in this address is not in the table any more. This is the first page."]
    : [...state.problems];
}

function whyNoRequests(table: CatalogTable): string | null {
  if (keyOf(table) !== null) return null;
  return table.keyColumns.length > 0
    ? "The key of this table cannot be read at the moment, so its records cannot be named and nothing can be requested."
    : "Nothing can be requested here: without a primary key, a record cannot be named for certain.";
}

/** Where all that match can be asked for: with filters only, and where a record can be named and a field opened. */
function requestAllHref(table: CatalogTable, state: TableState): string | null {
  const canOpen = table.columns.some((column) => columnView(column).field?.neverOpens === false);
  if (state.filters.length === 0 || state.problems.length > 0 || keyOf(table) === null || !canOpen)
    return null;
  return `${tablePath(table)}/request${tableQuery(state)}`;
}

function pagingWords({ order }: TableState): string | null {
  if (order.by === "offset") {
    return `Rows have no clear key here, so pages reach ${MOST_OFFSET.toLocaleString("en-US")} rows. Filters lead further.`;
  }
  return order.by === "place" && order.sort === null
    ? "Rows stand as they lie in the table: their key is not clear."
    : null;
}

function pageSteps(path: string, state: TableState, page: PageRows): PageSteps {
  const href = (change: StateChange) => path + tableQuery(state, change);
  const isLast = page.after === null && !(state.backward && state.from !== null);
  return {
    first: page.hasBefore ? href({}) : null,
    previous: page.before === null ? null : href({ before: page.before }),
    next: page.after === null ? null : href({ after: page.after }),
    last: isLast || state.order.by === "offset" ? null : href({ before: "end" }),
  };
}
