import { decodeCursor, encodeCursor } from "@/lib/browse/cursor";
import { type Filter, filterText, MOST_FILTERS, parseFilter, printFilter } from "@/lib/browse/filter";
import { defaultPageSize, pageSizes, type PageSize } from "@/lib/browse/page-size";
import { chooseOrder, isSortable, type Position, type RowOrder, type Sort } from "@/lib/browse/row-order";
import { ClearColumn } from "@/lib/catalog/clear-column";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";

/** The parameters of an address as they came. */
export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the address of a table page says, so far as it is sound; what is not is told in `problems` and has no effect. */
export type TableState = {
  readonly columns: readonly CatalogColumn[];
  /** Which columns the address chose; "all" is said in one sign, however many they are. */
  readonly columnsChosen: "none" | "some" | "all";
  readonly order: RowOrder;
  readonly filters: readonly Filter[];
  readonly size: PageSize;
  readonly from: Position | null;
  readonly backward: boolean;
  readonly problems: readonly string[];
};

/** How many columns a table shows until somebody chooses. */
export const DEFAULT_COLUMNS = 40;
const MOST_COLUMNS = 500;
/** All columns in the address; a column of that name is escaped. */
const ALL = "*";

/** Reads the state of a table page from its address; total, whatever the address says. */
export function parseTableState(table: CatalogTable, params: SearchParams): TableState {
  const problems: string[] = [];
  const wanted = first(params["cols"]);
  const chosen =
    wanted === ALL ? wholeTable(table).slice(0, MOST_COLUMNS) : readColumns(table, wanted, problems);
  const order = chooseOrder(table, readSort(table, first(params["sort"]), problems));
  const filters = readFilters(table, params, problems);
  const place = readPlace(order, first(params["after"]), first(params["before"]), problems);
  return {
    columns: chosen ?? defaultColumns(table),
    columnsChosen: chosen === null ? "none" : wanted === ALL ? "all" : "some",
    order,
    filters,
    size: pageSizes.find((size) => String(size) === first(params["size"])) ?? defaultPageSize,
    ...place,
    problems,
  };
}

/** The columns of a table as it first shows: its key, then the others as they were declared. */
export function defaultColumns(table: CatalogTable): CatalogColumn[] {
  return wholeTable(table).slice(0, DEFAULT_COLUMNS);
}

/** All columns in that order. */
export function wholeTable({ columns, keyColumns }: CatalogTable): CatalogColumn[] {
  const key = keyColumns.flatMap((name) => columns.find((column) => column.name === name) ?? []);
  return [...key, ...columns.filter((column) => !key.includes(column))];
}

function readColumns(table: CatalogTable, text: string | null, problems: string[]): CatalogColumn[] | null {
  if (text === null || text === "") return null;
  const names = [
    ...new Set(
      text.split(",").map((name) => name.replace(/%(25|2C|2A)/giu, (sign) => decodeURIComponent(sign))),
    ),
  ];
  const found = names.flatMap((name) => table.columns.find((column) => column.name === name) ?? []);
  if (found.length < names.length) problems.push("Some of the columns in this address are not in the table.");
  if (found.length > MOST_COLUMNS) problems.push(`Only the first ${MOST_COLUMNS} columns are shown.`);
  return found.length === 0 ? null : found.slice(0, MOST_COLUMNS);
}

function readSort(table: CatalogTable, text: string | null, problems: string[]): Sort | null {
  if (text === null || text === "") return null;
  const name = text.replace(/^-/u, "");
  const found =
    table.columns.find((column) => column.name === text) ??
    table.columns.find((column) => column.name === name);
  const column = found === undefined ? null : ClearColumn.of(found);
  if (found === undefined) problems.push("There is no such column to sort by.");
  else if (column === null) problems.push(`“${found.name}” is masked, so nothing can be sorted by it.`);
  else if (!isSortable(column)) problems.push(`“${found.name}” holds values that have no order.`);
  else return { column, direction: column.name !== text && text.startsWith("-") ? "desc" : "asc" };
  return null;
}

function readFilters(table: CatalogTable, params: SearchParams, problems: string[]): Filter[] {
  const texts = [...all(params["f"]), ...formFilter(params)];
  if (texts.length > MOST_FILTERS) problems.push(`Only the first ${MOST_FILTERS} filters count.`);
  const filters = new Map<string, Filter>();
  for (const text of texts.slice(0, MOST_FILTERS)) {
    const read = parseFilter(text, table.columns);
    if (read.ok) filters.set(printFilter(read.filter), read.filter);
    else problems.push(read.why);
  }
  return [...filters.values()];
}

/** The filter that the form adds when it is sent without scripts. */
function formFilter(params: SearchParams): string[] {
  const column = first(params["column"]);
  const op = first(params["op"]);
  if (column === null || column === "" || op === null) return [];
  return [
    filterText(
      column,
      op,
      all(params["value"]).filter((value) => value !== ""),
    ),
  ];
}

type Place = Pick<TableState, "from" | "backward">;

function readPlace(order: RowOrder, after: string | null, before: string | null, problems: string[]): Place {
  if (before === "end" && order.by !== "offset") return { from: null, backward: true };
  const cursor = before ?? after;
  if (cursor === null || cursor === "") return { from: null, backward: false };
  const from = decodeCursor(order, cursor);
  if (from === null) {
    problems.push("The place in this address does not fit the order of the rows. This is the first page.");
    return { from: null, backward: false };
  }
  return { from, backward: before !== null };
}

/** What may change from one address of a table to the next; a new order or filter starts at the first page. */
export type StateChange = {
  readonly columns?: readonly { readonly name: string }[] | null;
  readonly sort?: { readonly name: string; readonly direction: "asc" | "desc" } | null;
  readonly filters?: readonly Filter[];
  readonly size?: PageSize;
  readonly after?: Position;
  readonly before?: Position | "end";
};

/** The query of the address of a state after a change, in one canonical form; "" when it says nothing. */
export function tableQuery(state: TableState, change: StateChange = {}): string {
  return queryText(tableParams(state, change));
}

/** Parameters as a query, with commas and colons as people read them; "" when there are none. */
export function queryText(params: [name: string, value: string][]): string {
  const text = new URLSearchParams(params).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}

/** The same as names and values, for a form to carry along. */
export function tableParams(state: TableState, change: StateChange = {}): [name: string, value: string][] {
  const params: [string, string][] = [];
  const columns = change.columns === undefined ? columnsText(state) : columnNames(change.columns);
  if (columns !== null) params.push(["cols", columns]);
  const old = state.order.sort && {
    name: state.order.sort.column.name,
    direction: state.order.sort.direction,
  };
  const sort = change.sort === undefined ? old : change.sort;
  if (sort !== null) params.push(["sort", `${sort.direction === "desc" ? "-" : ""}${sort.name}`]);
  for (const filter of change.filters ?? state.filters) params.push(["f", printFilter(filter)]);
  const size = change.size ?? state.size;
  if (size !== defaultPageSize) params.push(["size", String(size)]);
  const { after, before } = change;
  const cursor = after ?? before;
  if (cursor === "end") params.push(["before", "end"]);
  else if (cursor !== undefined) {
    params.push([after === undefined ? "before" : "after", encodeCursor(state.order, cursor) ?? ""]);
  }
  return params;
}

function columnsText({ columnsChosen, columns }: TableState): string | null {
  return columnsChosen === "all" ? ALL : columnsChosen === "none" ? null : columnNames(columns);
}

const columnNames = (columns: readonly { readonly name: string }[] | null) =>
  columns?.map(({ name }) => escapeName(name)).join(",") ?? null;

const escapes: Record<string, string> = { "%": "%25", ",": "%2C", "*": "%2A" };
const escapeName = (name: string) => name.replace(/[%,*]/gu, (sign) => escapes[sign] ?? sign);

const all = (param: string | readonly string[] | undefined): readonly string[] =>
  param === undefined ? [] : typeof param === "string" ? [param] : param;

const first = (param: string | readonly string[] | undefined): string | null => all(param)[0] ?? null;
