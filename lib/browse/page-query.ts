import { compileFilter } from "@/lib/browse/filter-sql";
import type { Filter } from "@/lib/browse/filter";
import { offsetWindow, pageRanges, type Part } from "@/lib/browse/page-ranges";
import { MOST_OFFSET } from "@/lib/browse/page-size";
import { keyTerms, orderTerm, type Position, type RowOrder } from "@/lib/browse/row-order";
import { viewOf, type Viewed } from "@/lib/catalog/masked-view";
import type { TableHandle } from "@/lib/catalog/projection";
import { compileAsSeen, compileName, fromTable, nameColumns, placeColumn } from "@/lib/catalog/read-from";
import type { SeenColumn } from "@/lib/catalog/unchanged";
import { compileProjection, type ProjectedColumn } from "@/lib/masking/compile";
import type { MaskKeyring } from "@/lib/masking/keys";
import { quoteColumn, quoteIdentifier, rowAlias, type SqlFragment, SqlSink } from "@/lib/masking/sql";

/** One page of a table, as it is wanted. */
export type PageQuery = {
  readonly table: Viewed;
  /** What the catalogue knows of the columns that are read: without them being so in the source, there is no page. */
  readonly seen?: readonly SeenColumn[];
  readonly columns: readonly ProjectedColumn[];
  readonly handle: TableHandle | null;
  readonly keyring: MaskKeyring;
  /** Seals the places of rows that are ordered by them: positions hold sealed ones. */
  readonly placeKey: Buffer;
  readonly order: RowOrder;
  readonly filters: readonly Filter[];
  /** The row beside the page, itself excluded; null for the first page, or the last one when `backward`. */
  readonly from: Position | null;
  readonly backward: boolean;
  readonly size: number;
};

/** Longer sort values are not taken into an address: such a page has no next one. */
const longestSortBytes = 2_000;

/** One statement of a page; whether the rows it finds are those without a sort value. */
export type PageStatement = { readonly fragment: SqlFragment; readonly sortIsNull: boolean };

/**
 * The statements of a page: they are run one after the other until the page is full. Each is one SELECT over the
 * rows that an inner one found, so that masks are computed for the rows of the page and not for all that are sorted.
 */
export function compilePage(query: PageQuery): PageStatement[] {
  if (query.order.by === "offset") return [{ fragment: compileOffsetPage(query), sortIsNull: false }];
  return pageRanges(query).map((range) => {
    const sink = new SqlSink();
    const part = range(sink);
    return { fragment: compilePart(query, part, sink), sortIsNull: part.sortIsNull ?? false };
  });
}

/** The page of a table in physical order that lies in a window of blocks; `to` is null for the open end. */
export function compilePlacePage(query: PageQuery, window: { from: string; to: string | null }): SqlFragment {
  const sink = new SqlSink();
  const place = placeColumn(query.table);
  const bind = (text: string) => `${sink.bind(text, "text")}::tid`;
  const end = window.to === null ? [] : [`${place} < ${bind(window.to)}`];
  const conditions = [`${place} > ${bind(window.from)}`, ...end];
  return compilePart(query, { conditions, orderBy: [`${place} ${query.backward ? "DESC" : "ASC"}`] }, sink);
}

function compilePart(query: PageQuery, part: Part, sink: SqlSink): SqlFragment {
  return compileStatement(query, part, { innerLimit: query.size + 1, tail: "" }, sink);
}

/**
 * A page by offset. The inner query orders as many rows for every page, so that rows which are equal by all clear
 * columns do not change places from page to page.
 */
function compileOffsetPage(query: PageQuery): SqlFragment {
  const sink = new SqlSink();
  const direction = query.order.sort?.direction ?? "asc";
  const orderBy = orderTerms(query).map((sql) => `${sql} ${direction} NULLS LAST`);
  const { offset, limit } = offsetWindow(query);
  const tail = ` OFFSET ${sink.bind(offset, "int8")} LIMIT ${limit}`;
  return compileStatement(query, { conditions: [], orderBy }, { innerLimit: MOST_OFFSET + 101, tail }, sink);
}

type Limits = { innerLimit: number; tail: string };

function compileStatement(
  query: PageQuery,
  part: Part,
  { innerLimit, tail }: Limits,
  sink: SqlSink,
): SqlFragment {
  const unchanged = query.seen === undefined ? [] : [compileAsSeen(query.table, query.seen, sink)];
  const filters = query.filters.map((filter) => compileFilter(filter, sink));
  const conditions = [...unchanged, ...part.conditions, ...filters];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  // Said twice: the order of an inner query is none of the outer one's, though no row is sorted again for it.
  const orderBy = part.orderBy.length === 0 ? "" : ` ORDER BY ${part.orderBy.join(", ")}`;
  const rows = (columns: readonly string[]) =>
    `SELECT ${columns.join(", ")} FROM ${fromTable(query.table)}${where}${orderBy} LIMIT ${innerLimit}`;
  const outer = `SELECT ${selectList(query, sink)} FROM ${compileRows(query, rows)}`;
  return sink.statement(outer + orderBy + tail);
}

/**
 * The rows of a page. A view masks whatever is asked of it before it is sorted: of the rows that it would sort only
 * the names are read, and the rest of those that are left is looked up by them.
 */
function compileRows(query: PageQuery, rows: (columns: readonly string[]) => string): string {
  const row = quoteIdentifier(rowAlias);
  const names = keyTerms({ ...query.order, sort: null }).map(({ sql }) => sql);
  if (viewOf(query.table) === null || query.order.by === "offset")
    return `(${rows(usedColumns(query))}) AS ${row}`;
  const found = names.map((name, index) => `${name} AS "glimpse found ${index}"`);
  const same = names.map((name, index) => `${row}.${name} = "glimpse found"."glimpse found ${index}"`);
  const looked = `SELECT ${usedColumns(query).join(", ")} FROM ${fromTable(query.table)} WHERE ${same.join(" AND ")}`;
  // OFFSET 0 keeps the two apart, so that the name is looked up within the view, by its index.
  return `(${rows(found)}) AS "glimpse found" CROSS JOIN LATERAL (${looked} OFFSET 0) AS ${row}`;
}

/** What the inner query hands on, by name: never what is hidden or redacted (law 2). */
function usedColumns(query: PageQuery): string[] {
  const shown = query.columns.filter(({ mask }) => mask.method !== "hidden" && mask.method !== "redact");
  const named = shown.map(({ name, maskedAs }) => quoteColumn(maskedAs ?? name));
  const naming = query.handle === null ? [] : nameColumns(query.table, query.handle);
  return [...new Set([...named, ...naming, ...orderTerms(query)])];
}

function orderTerms({ order }: PageQuery): string[] {
  const sort = order.sort === null ? [] : [orderTerm(order.sort.column)];
  return [...sort, ...keyTerms(order)].map(({ sql }) => sql);
}

/** What `readRow` takes apart: the handle, the place and the sort value where the order needs them, the columns. */
function selectList({ table, columns, handle, keyring, order }: PageQuery, sink: SqlSink): string {
  const named = handle === null ? "NULL::text" : compileName(table, handle, sink);
  const sort = order.sort === null ? "NULL::text" : boundedText(orderTerm(order.sort.column).sql);
  const place = order.by === "place" ? `${order.place}::text` : "NULL::text";
  // Names of ours: an output called as a column is would be what ORDER BY means, text and masks included.
  const leading = [
    `${named} AS "glimpse handle"`,
    `${sort} AS "glimpse sort"`,
    `${place} AS "glimpse place"`,
  ];
  return [...leading, ...(columns.length === 0 ? [] : [compileProjection(columns, keyring, sink)])].join(
    ", ",
  );
}

const boundedText = (column: string) =>
  `CASE WHEN octet_length(${column}::text) <= ${longestSortBytes} THEN ${column}::text END`;

/** How many of the leading values of a row are not columns. */
export const LEADING = 3;
