import { type FilterOp, opsOf, opWords } from "@/lib/browse/filter-ops";
import { checkValue } from "@/lib/browse/filter-value";
import { ClearColumn } from "@/lib/catalog/clear-column";
import { splitFilter, unescapeSigns } from "@/lib/catalog/stored-filter";
import type { CatalogColumn } from "@/lib/catalog/table";

/** A condition on one clear column; its values are of the column's type, as text. */
export type Filter = {
  readonly column: ClearColumn;
  readonly op: FilterOp;
  readonly values: readonly string[];
};

/** What was read from an address: a filter, or why there is none. */
export type FilterRead = { ok: true; filter: Filter } | { ok: false; why: string };

export const MOST_FILTERS = 20;
export const MOST_VALUES = 50;
const longestFilter = 2_000;

/**
 * Reads one filter of an address, `column:op:value`. Whatever is not a sound filter on a clear column is refused
 * with words that name it, and takes no part in the page (law 5).
 */
export function parseFilter(text: string, columns: readonly CatalogColumn[]): FilterRead {
  if (text.length > longestFilter || text.includes("\0")) return no("One of the filters is not readable.");
  const split = splitFilter(text);
  if (split === null) return no(`“${shorten(text)}” is not a filter.`);
  const found = columns.find((column) => column.name === split.name);
  if (found === undefined) return no(`There is no column “${shorten(split.name)}” to filter by.`);
  const column = ClearColumn.of(found);
  if (column === null) return no(`“${found.name}” is masked, so nothing can be filtered by it.`);
  return readFilter(column, split.op, split.rest ?? "");
}

function readFilter(column: ClearColumn, op: string, rest: string): FilterRead {
  const known = opsOf(column.type).find((offered) => offered === op);
  if (known === undefined) return no(`“${column.name}” cannot be filtered in this way.`);
  const values = splitValues(known, rest);
  if (values === null) return no(`The filter on “${column.name}” lacks a value.`);
  if (values.length > MOST_VALUES)
    return no(`The filter on “${column.name}” has more than ${MOST_VALUES} values.`);
  const checked: string[] = [];
  for (const value of values) {
    const answer = checkValue(column.type, known, value);
    if (!answer.ok)
      return no(`${column.name} ${opWords(column.type, known)} “${shorten(value)}”: ${answer.why}`);
    checked.push(answer.value);
  }
  return { ok: true, filter: { column, op: known, values: checked } };
}

function splitValues(op: FilterOp, rest: string): string[] | null {
  if (op === "null" || op === "not-null" || op === "empty") return [];
  if (op === "any") {
    const values = rest.split(",").map(unescapeSigns);
    return rest === "" ? null : [...new Set(values)];
  }
  if (op !== "between") return rest === "" ? null : [rest];
  const ends = rest.split("..");
  return ends.length === 2 && ends.every((end) => end !== "") ? ends : null;
}

/** The filter as it stands in an address; `parseFilter` reads it back to the same filter. */
export function printFilter({ column, op, values }: Filter): string {
  return filterText(column.name, op, values);
}

/** What may be a filter as it stands in an address; nothing is checked before `parseFilter` reads it. */
export function filterText(name: string, op: string, values: readonly string[]): string {
  const head = `${escape(name)}:${op}`;
  if (values.length === 0) return head;
  if (op === "any") return `${head}:${values.map(escape).join(",")}`;
  return `${head}:${values.join(op === "between" ? ".." : "")}`;
}

/** The filter as a chip says it: "country is DE". */
export function filterWords({ column, op, values }: Filter): string {
  if (values.length === 0) return `${column.name} ${opWords(column.type, op)}`;
  const joined = op === "between" ? values.join(" and ") : values.join(", ");
  return `${column.name} ${opWords(column.type, op)} ${joined.replaceAll("T", column.type.category === "timestamp" ? " " : "T")}`;
}

/** Colons, commas and percent signs stand for themselves only when escaped. */
const escape = (text: string) => text.replace(/[%:,]/gu, (sign) => encodeURIComponent(sign));

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const no = (why: string): FilterRead => ({ ok: false, why });
