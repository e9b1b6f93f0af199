import { checkValue } from "@/lib/browse/filter-value";
import { ClearColumn } from "@/lib/catalog/clear-column";
import { projectedColumn, tableHandle } from "@/lib/catalog/projection";
import { compileAsSeen, compileName, fromTable, nameColumns } from "@/lib/catalog/read-from";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import { columnsRead } from "@/lib/catalog/unchanged";
import { compileProjection } from "@/lib/masking/compile";
import type { MaskKeyring } from "@/lib/masking/keys";
import { bindAs, quoteColumn, quoteIdentifier, rowAlias, type SqlFragment, SqlSink } from "@/lib/masking/sql";

/** How an index of the source serves a search in a column; see lib/source/find-indexes.ts. */
export type Served = { readonly equality: boolean; readonly prefix: "pattern" | "own-c" | "bytes" | null };

/** A clear column that a term is looked for in, and how. */
export type SearchedColumn = {
  readonly column: ClearColumn;
  readonly value: string;
  readonly by: "equality" | NonNullable<Served["prefix"]>;
};

/** Fewer letters begin too many values. */
export const SHORTEST_PREFIX = 3;
/** More records than this are a list to be filtered, not something found. */
export const MOST_MATCHES = 200;
export const MOST_SHOWN = 5;

/** How a term is looked for in a column: null where it is none of its values, or where no index would find it. */
export function searchedBy(column: ClearColumn, served: Served, term: string): SearchedColumn | null {
  ClearColumn.assertGenuine(column);
  const { category, base } = column.type;
  if (category === "number" && !(base.schema === "pg_catalog" && integers.has(base.name))) return null;
  if (category !== "text" && category !== "number" && category !== "uuid") return null;
  const check = checkValue(column.type, "is", term);
  if (!check.ok) return null;
  const isText = base.schema === "pg_catalog" && (base.name === "text" || base.name === "varchar");
  const hasEnd = isText && served.prefix !== null && [...term].length >= SHORTEST_PREFIX;
  if (hasEnd && served.prefix !== null && after(term) !== null)
    return { column, value: term, by: served.prefix };
  return served.equality ? { column, value: check.value, by: "equality" } : null;
}

const integers: ReadonlySet<string> = new Set(["int2", "int4", "int8"]);

/** The first text, in the order of bytes of UTF-8, that does not begin with this one; null where there is none. */
export function after(prefix: string): string | null {
  const points = Array.from(prefix, (sign) => sign.codePointAt(0) ?? 0);
  while (points.length > 0) {
    const next = (points.pop() ?? 0) + 1;
    // What is between belongs to UTF-16 and is no character.
    if (next <= 0x10ffff) return String.fromCodePoint(...points, next === 0xd800 ? 0xe000 : next);
  }
  return null;
}

/** Which columns a hit shows: those that were looked in, then the first of the table. */
export function shownColumns(table: CatalogTable, searched: readonly SearchedColumn[]): CatalogColumn[] {
  const found = new Set(searched.map(({ column }) => column.name));
  const first = table.columns.filter(({ name }) => found.has(name));
  const rest = table.columns.filter(({ name }) => !found.has(name) && !table.keyColumns.includes(name));
  return [...first, ...rest].slice(0, Math.max(first.length, 6));
}

/**
 * The statement that looks for records of a table: at most `MOST_MATCHES` and one more are read, by index, and of these
 * the first few by their handles. The order of an index, and which plan it was, must not decide what is shown (law 5).
 * Its rows are the handle, how many there are, and the columns under their masks. Null when nothing names a record.
 */
export function compileSearch(
  table: CatalogTable,
  searched: readonly SearchedColumn[],
  columns: readonly CatalogColumn[],
  keyring: MaskKeyring,
): SqlFragment | null {
  const handle = tableHandle(table, keyring);
  if (handle === null) return null;
  const sink = new SqlSink();
  const shown = columns.map((column) => projectedColumn(table, column));
  const read = shown.filter(({ mask }) => mask.method !== "hidden" && mask.method !== "redact");
  const masked = read.map(({ name, maskedAs }) => quoteColumn(maskedAs ?? name));
  const used = [...new Set([...masked, ...nameColumns(table, handle)])];
  const conditions = searched.map((one) => compileSearched(one, sink)).join(" OR ");
  const unchanged = compileAsSeen(table, columnsRead(table), sink);
  const candidates = `SELECT ${used.join(", ")} FROM ${fromTable(table)}
    WHERE ${unchanged} AND (${conditions}) LIMIT ${MOST_MATCHES + 1}`;
  const named = compileName(table, handle, sink);
  const list = [
    `${named} AS "glimpse handle"`,
    `count(*) OVER () AS "glimpse matches"`,
    compileProjection(shown, keyring, sink),
  ];
  return sink.statement(`SELECT ${list.join(", ")} FROM (${candidates}) AS ${quoteIdentifier(rowAlias)}
    ORDER BY ${named} COLLATE "C" LIMIT ${MOST_SHOWN}`);
}

function compileSearched({ column, value, by }: SearchedColumn, sink: SqlSink): string {
  ClearColumn.assertGenuine(column);
  const own = quoteColumn(column.name);
  const bound = (text: string) => bindAs(column.type.base, text, sink);
  if (by === "equality") return `${own} = ${bound(value)}`;
  const [from, to] = [bound(value), bound(after(value) ?? "")];
  if (by === "pattern")
    return `(${own} OPERATOR(pg_catalog.~>=~) ${from} AND ${own} OPERATOR(pg_catalog.~<~) ${to})`;
  const ordered = by === "own-c" ? `(${own} COLLATE "C")` : own;
  return `(${ordered} >= ${from} AND ${ordered} < ${to})`;
}
