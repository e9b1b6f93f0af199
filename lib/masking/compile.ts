import type { ColumnType } from "@/lib/catalog/column-type";
import { compileClear } from "@/lib/masking/clear";
import { compileBucket, compileYear } from "@/lib/masking/generalise";
import type { MaskKeyring, MaskKeys } from "@/lib/masking/keys";
import { type Mask, maskedText, maskFits } from "@/lib/masking/mask";
import { compilePartial } from "@/lib/masking/partial";
import { comparableText, quoteColumn, type SqlSink } from "@/lib/masking/sql";

/** A column to be read under a mask; a pseudonym needs keys and is redacted without them. */
export type MaskColumn = { name: string; type: ColumnType; keys?: MaskKeys };

/** A column of a projection; `scope` names its key, so that one data class joins across tables. */
export type ProjectedColumn = { name: string; type: ColumnType; mask: Mask; scope: string };

/** Longer texts are not hashed: a keyed hash of a gigabyte could exceed what the server can allocate. */
const pseudonymBytes = 1_000_000;

/**
 * The SQL expression, of type text, that shows a column under a mask. It never raises for any value of the
 * type, and never names the column when the mask is hidden, redact or does not fit the type (law 2).
 */
export function compileMask(column: MaskColumn, mask: Mask, sink: SqlSink): string {
  if (mask.method === "hidden") return "NULL::text";
  if (!maskFits(column.type, mask)) return redacted;
  const name = quoteColumn(column.name);
  switch (mask.method) {
    case "clear":
      return compileClear(name, column.type);
    case "redact":
      return redacted;
    case "partial":
      return compilePartial(comparableText(name), mask);
    case "pseudonym":
      return column.keys === undefined ? redacted : compilePseudonym(comparableText(name), column.keys, sink);
    case "generalise":
      return mask.to === "year" ? compileYear(name) : compileBucket(name, column.type, mask.size, sink);
  }
}

/** The select list of a page: one text expression a column, in order, under names no column can have. */
export function compileProjection(
  columns: readonly ProjectedColumn[],
  keys: MaskKeyring,
  sink: SqlSink,
): string {
  return columns
    .map(({ name, type, mask, scope }, index) => {
      const column = mask.method === "pseudonym" ? { name, type, keys: keys(scope) } : { name, type };
      // An alias of ours: ORDER BY "x" would else mean the masked output "x" and not the column.
      return `${compileMask(column, mask, sink)} AS "glimpse ${index}"`;
    })
    .join(", ");
}

const redacted = `'${maskedText}'::text`;

/** HMAC-SHA-256 of the text in UTF-8, hex, as a bytea expression of PostgreSQL's own `sha256()`. */
export function compileHmac(text: string, keys: MaskKeys, sink: SqlSink): string {
  const inner = sink.bind(keys.inner, "bytea");
  const outer = sink.bind(keys.outer, "bytea");
  return `sha256(${outer} || sha256(${inner} || convert_to(${text}, 'UTF8')))`;
}

function compilePseudonym(text: string, keys: MaskKeys, sink: SqlSink): string {
  const token = `'tok_' || left(encode(${compileHmac(text, keys, sink)}, 'hex'), 16)`;
  return `CASE WHEN octet_length(${text}) <= ${pseudonymBytes} THEN ${token} WHEN ${text} IS NOT NULL THEN ${redacted} END`;
}
