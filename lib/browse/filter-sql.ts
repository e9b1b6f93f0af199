import type { Filter } from "@/lib/browse/filter";
import { ClearColumn } from "@/lib/catalog/clear-column";
import { bindAs, quoteColumn, type SqlSink } from "@/lib/masking/sql";

/**
 * The WHERE condition of a filter: its values are parameters in the type of the column, so that an index on the
 * column serves it. Null counts as different from every value, so "is not" keeps rows without one.
 */
export function compileFilter(filter: Filter, sink: SqlSink): string {
  ClearColumn.assertGenuine(filter.column);
  const column = quoteColumn(filter.column.name);
  const value = (text: string) => typed(filter.column, text, sink);
  const pattern = (text: string) => `${searchable(column)} ILIKE ${sink.bind(text, "text")}`;
  // Each value is bound where it is used and nowhere else: PostgreSQL refuses a parameter that nothing names.
  const [first = "", second = first] = filter.values;
  const span = spanOf(filter.column, value);
  switch (filter.op) {
    case "null":
      return `${column} IS NULL`;
    case "not-null":
      return `${column} IS NOT NULL`;
    case "empty":
      return `${column} = ${value("")}`;
    case "starts":
      return pattern(`${literalPattern(first)}%`);
    case "contains":
      return pattern(`%${literalPattern(first)}%`);
    case "any":
      return `${column} IN (${filter.values.map(value).join(", ")})`;
    case "is-not":
      return `${column} IS DISTINCT FROM ${value(first)}`;
    case "is":
      return span === null
        ? `${column} = ${value(first)}`
        : `(${column} >= ${span.start(first)} AND ${column} < ${span.end(first)})`;
    case "lt":
      return `${column} < ${value(first)}`;
    case "lte":
      return span === null ? `${column} <= ${value(first)}` : `${column} < ${span.end(first)}`;
    case "gt":
      return span === null ? `${column} > ${value(first)}` : `${column} >= ${span.end(first)}`;
    case "gte":
      return `${column} >= ${value(first)}`;
    case "between":
      return span === null
        ? `${column} BETWEEN ${value(first)} AND ${value(second)}`
        : `(${column} >= ${span.start(first)} AND ${column} < ${span.end(second)})`;
  }
}

type Value = (text: string) => string;

/** Of moments, a day or a minute means all of it: from its first instant until the next one's, excluded. */
function spanOf({ type }: ClearColumn, value: Value): { start: Value; end: Value } | null {
  if (type.category !== "timestamp") return null;
  return { start: value, end: (text) => `(${value(text)} + interval '${unitOf(text)}')` };
}

function unitOf(text: string): string {
  if (!text.includes("T")) return "1 day";
  return text.length === "2024-03-31T14:05".length ? "1 minute" : "1 second";
}

function typed(column: ClearColumn, text: string, sink: SqlSink): string {
  // Money reads its text by the locale of the server; a number is a number everywhere.
  if (column.type.category === "money") return `${sink.bind(text, "text")}::numeric::money`;
  return bindAs(column.type.base, text, sink);
}

/** In the database's own collation, which is never one that patterns refuse, and knows the letters of its language. */
const searchable = (column: string) => `(${column}::text COLLATE "default")`;

/** The text as a pattern that matches nothing but itself. */
const literalPattern = (text: string) => text.replace(/[\\%_]/gu, "\\$&");
