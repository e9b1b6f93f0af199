import { columnView } from "@/lib/browse/column-view";
import { filterWords } from "@/lib/browse/filter";
import type { PageRow } from "@/lib/browse/read-page";
import { readableCell } from "@/lib/browse/readable";
import { tableQuery, type TableState } from "@/lib/browse/table-state";
import type { FilterChip, GridColumn, GridRow, GridView } from "@/lib/browse/view";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";

/** The columns of a page, each with the address of its next sort. */
export function gridColumns(state: TableState): GridColumn[] {
  return state.columns.map((column) => gridColumn(column, state));
}

/** A page of rows as it is drawn. */
export function gridView(
  table: CatalogTable,
  state: TableState,
  columns: readonly GridColumn[],
  rows: readonly PageRow[],
): GridView {
  return {
    tableId: table.id,
    label: table.name,
    columns,
    rows: rows.map((row) => gridRow(row, state.columns)),
    recordBase: `${encodeURIComponent(table.name)}/`,
  };
}

function gridColumn(column: CatalogColumn, state: TableState): GridColumn {
  const view = columnView(column);
  const { sort } = state.order;
  const sorted = sort?.column.id === column.id ? sort.direction : null;
  return { ...view, sorted, sortHref: view.sortable ? sortHref(state, column.name, sorted) : null };
}

/** Upwards, then downwards, then as the table lies. */
function sortHref(state: TableState, name: string, sorted: "asc" | "desc" | null): string {
  const next = sorted === null ? "asc" : sorted === "asc" ? "desc" : null;
  return tableQuery(state, { sort: next === null ? null : { name, direction: next } }) || "?";
}

function gridRow({ handle, cells }: PageRow, columns: readonly CatalogColumn[]): GridRow {
  return {
    handle,
    cells: cells.map((text, index) => {
      const column = columns[index];
      // Masked text is shown as the source made it: its type says nothing of its notation.
      if (text === null || column === undefined || column.shown.mask.method !== "clear") return text;
      return readableCell(text, column.type.category);
    }),
  };
}

/** The filters of a page as chips. */
export function filterChips(state: TableState): FilterChip[] {
  return state.filters.map((filter) => ({
    words: filterWords(filter),
    removeHref: tableQuery(state, { filters: state.filters.filter((other) => other !== filter) }) || "?",
  }));
}
