import { compileFilter } from "@/lib/browse/filter-sql";
import type { Filter } from "@/lib/browse/filter";
import { MOST_OFFSET } from "@/lib/browse/page-size";
import {
  type Direction,
  keyTerms,
  orderTerm,
  type OrderTerm,
  type Position,
  type RowOrder,
  sortHasNulls,
} from "@/lib/browse/row-order";
import type { TableHandle } from "@/lib/catalog/projection";
import { compileHandle } from "@/lib/catalog/record-handle";
import { compileUnchanged, type SeenColumn } from "@/lib/catalog/unchanged";
import { compileProjection, type ProjectedColumn } from "@/lib/masking/compile";
import type { MaskKeyring } from "@/lib/masking/keys";
import {
  quoteColumn,
  quoteIdentifier,
  quoteTable,
  rowAlias,
  type SqlFragment,
  SqlSink,
} from "@/lib/masking/sql";

/** One page of a table, as it is wanted. */
export type PageQuery = {
  readonly table: { readonly schema: string; readonly name: string };
  /** What the catalogue knows of the columns that are read: without them being so in the source, there is no page. */
  readonly seen?: readonly SeenColumn[];
  readonly columns: readonly ProjectedColumn[];
  readonly handle: TableHandle | null;
  readonly keyring: MaskKeyring;
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

type Part = {
  readonly conditions: readonly string[];
  readonly orderBy: readonly string[];
  readonly sortIsNull?: true;
};

/**
 * The statements of a page: they are run one after the other until the page is full, and each is one SELECT that
 * an index on the sort or the key serves. Three ranges follow one another: the rows equal to the sort value and
 * past the key, those past the sort value, and those without one, which come last in both directions.
 */
export function compilePage(query: PageQuery): PageStatement[] {
  if (query.order.by === "offset") return [{ fragment: compileOffsetPage(query), sortIsNull: false }];
  return ranges(query).map((range) => {
    const sink = new SqlSink();
    const part = range(sink);
    return { fragment: select(query, part, sink), sortIsNull: part.sortIsNull ?? false };
  });
}

/** The page of a table in physical order that lies in a window of blocks; `to` is null for the open end. */
export function compilePlacePage(query: PageQuery, window: { from: string; to: string | null }): SqlFragment {
  const sink = new SqlSink();
  const bind = (place: string) => `${sink.bind(place, "text")}::tid`;
  const end = window.to === null ? [] : [`ctid < ${bind(window.to)}`];
  const conditions = [`ctid > ${bind(window.from)}`, ...end];
  return select(query, { conditions, orderBy: [`ctid ${query.backward ? "DESC" : "ASC"}`] }, sink);
}

type Range = (sink: SqlSink) => Part;

function ranges({ order, from, backward }: PageQuery): Range[] {
  const key = keyTerms(order);
  const isDescending = (order.sort?.direction === "desc") !== backward;
  const direction = isDescending ? "DESC" : "ASC";
  const beyond = isDescending ? "<" : ">";
  const byKey = key.map((term) => `${term.sql} ${direction}`);
  const pastKey = (sink: SqlSink) => (from === null ? [] : [comparison(key, beyond, from.key, sink)]);
  if (order.sort === null) return [(sink) => ({ conditions: pastKey(sink), orderBy: byKey })];

  const sort = orderTerm(order.sort.column);
  const hasNulls = sortHasNulls(order);
  const bySort = [`${sort.sql} ${direction}`, ...byKey];
  const value = (sink: SqlSink, text: string) => `${sink.bind(text, "text")}::${sort.type}`;
  const all: Range = () => ({ conditions: hasNulls ? [`${sort.sql} IS NOT NULL`] : [], orderBy: bySort });
  const none =
    (past: boolean): Range =>
    (sink) => ({
      conditions: [`${sort.sql} IS NULL`, ...(past ? pastKey(sink) : [])],
      orderBy: byKey,
      sortIsNull: true,
    });
  if (from === null) return !hasNulls ? [all] : backward ? [none(false), all] : [all, none(false)];
  const at = from.sort;
  if (at === null) return backward ? [none(true), all] : [none(true)];
  const past: Range = (sink) => ({
    conditions: [`${sort.sql} ${beyond} ${value(sink, at)}`],
    orderBy: bySort,
  });
  const equal: Range = (sink) => ({
    conditions: [`${sort.sql} = ${value(sink, at)}`, ...pastKey(sink)],
    orderBy: byKey,
  });
  const found = key.length === 0 ? [past] : [equal, past];
  return hasNulls && !backward ? [...found, none(false)] : found;
}

/** A row comparison over several columns, which an index over the same columns serves. */
function comparison(
  terms: readonly OrderTerm[],
  operator: "<" | ">",
  values: readonly string[],
  sink: SqlSink,
): string {
  const bound = terms.map((term, index) => `${sink.bind(values[index] ?? null, "text")}::${term.type}`);
  if (terms.length === 1) return `${terms[0]?.sql} ${operator} ${bound[0]}`;
  return `(${terms.map((term) => term.sql).join(", ")}) ${operator} (${bound.join(", ")})`;
}

function select(query: PageQuery, part: Part, sink: SqlSink): SqlFragment {
  const filters = query.filters.map((filter) => compileFilter(filter, sink));
  const conditions = [...unchanged(query, sink), ...part.conditions, ...filters];
  return sink.statement(
    [
      `SELECT ${selectList(query, sink)} FROM ${quoteTable(query.table.schema, query.table.name)}`,
      conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`,
      part.orderBy.length === 0 ? "" : ` ORDER BY ${part.orderBy.join(", ")}`,
      ` LIMIT ${query.size + 1}`,
    ].join(""),
  );
}

function unchanged({ table, seen }: PageQuery, sink: SqlSink): string[] {
  return seen === undefined ? [] : [compileUnchanged(table, seen, sink)];
}

/** What `readRow` takes apart: the handle, the place and the sort value where the order needs them, the columns. */
function selectList({ columns, handle, keyring, order }: PageQuery, sink: SqlSink): string {
  const named =
    handle === null ? "NULL::text" : compileHandle(handle.columns, handle.allClear, sink, handle.keys);
  const sort = order.sort === null ? "NULL::text" : boundedText(orderTerm(order.sort.column).sql);
  const place = order.by === "place" ? "ctid::text" : "NULL::text";
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

/**
 * A page by offset. The inner query orders as many rows for every page, so that rows which are equal by all clear
 * columns do not change places from page to page; masks are computed for the rows of the page alone.
 */
function compileOffsetPage(query: PageQuery): SqlFragment {
  const sink = new SqlSink();
  const { order, handle } = query;
  const direction: Direction = order.sort?.direction ?? "asc";
  const terms = [...(order.sort === null ? [] : [orderTerm(order.sort.column)]), ...keyTerms(order)];
  const orderBy =
    terms.length === 0
      ? ""
      : ` ORDER BY ${terms.map(({ sql }) => `${sql} ${direction} NULLS LAST`).join(", ")}`;
  const used = new Set([
    ...query.columns
      .filter(({ mask }) => mask.method !== "hidden" && mask.method !== "redact")
      .map(({ name }) => quoteColumn(name)),
    ...(handle?.columns ?? []).map(({ name }) => quoteColumn(name)),
    ...terms.map(({ sql }) => sql),
  ]);
  const filters = query.filters.map((filter) => compileFilter(filter, sink));
  const conditions = [...unchanged(query, sink), ...filters];
  const inner = [
    `SELECT ${[...used].join(", ")} FROM ${quoteTable(query.table.schema, query.table.name)}`,
    conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`,
    `${orderBy} LIMIT ${MOST_OFFSET + 101}`,
  ].join("");
  const { offset, limit } = offsetWindow(query);
  const outer = `SELECT ${selectList(query, sink)} FROM (${inner}) AS ${quoteIdentifier(rowAlias)}${orderBy}`;
  return sink.statement(`${outer} OFFSET ${sink.bind(offset, "int8")} LIMIT ${limit}`);
}

/** Which rows of the order a page by offset takes. */
export function offsetWindow({ from, backward, size }: Pick<PageQuery, "from" | "backward" | "size">): {
  offset: number;
  limit: number;
} {
  const at = Math.min(Number(from?.key[0] ?? 0), MOST_OFFSET);
  if (!backward) return { offset: at, limit: size + 1 };
  const offset = Math.max(0, at - size);
  return { offset, limit: at - offset };
}
