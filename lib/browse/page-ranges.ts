import { MOST_OFFSET } from "@/lib/browse/page-size";
import type { PageQuery } from "@/lib/browse/page-query";
import { keyTerms, orderTerm, type OrderTerm, sortHasNulls } from "@/lib/browse/row-order";
import { bindAs, type SqlSink } from "@/lib/masking/sql";

/** A stretch of a table's rows: what is true of them, and their order. */
export type Part = {
  readonly conditions: readonly string[];
  readonly orderBy: readonly string[];
  /** Whether these are the rows without a sort value. */
  readonly sortIsNull?: true;
};

/** A part, compiled into the statement of a sink. */
export type Range = (sink: SqlSink) => Part;

/**
 * The stretches of rows that a page may come from, nearest first: the rows equal to the sort value and past the
 * key, those past the sort value, and those without one, which come last in both directions. Each is a plain range
 * of an index; an OR of them would be none.
 */
export function pageRanges({ order, from, backward }: PageQuery): Range[] {
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
  const value = (sink: SqlSink, text: string) => bindAs(sort.type, text, sink);
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
  const bound = terms.map((term, index) => bindAs(term.type, values[index] ?? null, sink));
  if (terms.length === 1) return `${terms[0]?.sql} ${operator} ${bound[0]}`;
  return `(${terms.map((term) => term.sql).join(", ")}) ${operator} (${bound.join(", ")})`;
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
