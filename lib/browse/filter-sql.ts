import type { Filter } from "@/lib/browse/filter";
import { ClearColumn } from "@/lib/catalog/clear-column";
import { quoteColumn, quoteQualified, type SqlSink } from "@/lib/masking/sql";

/**
 * The WHERE condition of a filter: its values are parameters in the type of the column, so that an index on the
 * column serves it. Null counts as different from every value, so "is not" keeps rows without one.
 */
export function compileFilter(filter: Filter, sink: SqlSink): string {
  ClearColumn.assertGenuine(filter.column);
  const column = quoteColumn(filter.column.name);
  const value = (text: string) => typed(filter.column, text, sink);
  const [first = "", second = ""] = filter.values;
  switch (filter.op) {
    case "null":
      return `${column} IS NULL`;
    case "not-null":
      return `${column} IS NOT NULL`;
    case "empty":
      return `${column} = ${value("")}`;
    case "starts":
      return `${searchable(column)} ILIKE ${sink.bind(`${literalPattern(first)}%`, "text")}`;
    case "contains":
      return `${searchable(column)} ILIKE ${sink.bind(`%${literalPattern(first)}%`, "text")}`;
    case "any":
      return `${column} IN (${filter.values.map(value).join(", ")})`;
    case "is-not":
      return `${column} IS DISTINCT FROM ${value(first)}`;
    default:
      return filter.column.type.category === "timestamp"
        ? compareMoments(filter, column, sink)
        : compare(filter.op, column, value(first), value(second));
  }
}

type Comparison = "is" | "lt" | "lte" | "gt" | "gte" | "between";

function compare(op: Comparison, column: string, first: string, second: string): string {
  switch (op) {
    case "is":
      return `${column} = ${first}`;
    case "lt":
      return `${column} < ${first}`;
    case "lte":
      return `${column} <= ${first}`;
    case "gt":
      return `${column} > ${first}`;
    case "gte":
      return `${column} >= ${first}`;
    case "between":
      return `${column} BETWEEN ${first} AND ${second}`;
  }
}

/** A day or a minute means all of it: "is 2024-03-31" is from its first moment until the next day's, excluded. */
function compareMoments(filter: Filter, column: string, sink: SqlSink): string {
  const [first = "", second = first] = filter.values;
  const from = (text: string) => typed(filter.column, text, sink);
  const until = (text: string) => `(${from(text)} + interval '${unitOf(text)}')`;
  switch (filter.op) {
    case "lt":
      return `${column} < ${from(first)}`;
    case "lte":
      return `${column} < ${until(first)}`;
    case "gt":
      return `${column} >= ${until(first)}`;
    case "gte":
      return `${column} >= ${from(first)}`;
    default:
      return `(${column} >= ${from(first)} AND ${column} < ${until(second)})`;
  }
}

function unitOf(text: string): string {
  if (!text.includes("T")) return "1 day";
  return text.length === "2024-03-31T14:05".length ? "1 minute" : "1 second";
}

function typed(column: ClearColumn, text: string, sink: SqlSink): string {
  const bound = sink.bind(text, "text");
  // Money reads its text by the locale of the server; a number is a number everywhere.
  if (column.type.category === "money") return `${bound}::numeric::money`;
  return `${bound}::${quoteQualified(column.type.base.schema, column.type.base.name)}`;
}

/** In the database's own collation, which is never one that patterns refuse, and knows the letters of its language. */
const searchable = (column: string) => `(${column}::text COLLATE "default")`;

/** The text as a pattern that matches nothing but itself. */
const literalPattern = (text: string) => text.replace(/[\\%_]/gu, "\\$&");
