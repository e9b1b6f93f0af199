import { whole } from "@/lib/masking/dots";
import type { MaskKeys } from "@/lib/masking/keys";
import { innerNames, type SqlSink } from "@/lib/masking/sql";

/** HMAC-SHA-256 of the text in UTF-8, as a bytea expression of PostgreSQL's own `sha256()`. */
export function compileHmac(text: string, keys: MaskKeys, sink: SqlSink): string {
  const inner = sink.bind(keys.inner, "bytea");
  const outer = sink.bind(keys.outer, "bytea");
  return `sha256(${outer} || sha256(${inner} || convert_to(${text}, 'UTF8')))`;
}

const textName = `"${innerNames.text}"`;
const hashName = `"${innerNames.hash}"`;

/**
 * An expression over a text and its keyed hash, each computed once. No column is called as these two are, see
 * `quoteColumn`, so that a column named inside means the column.
 */
export function overHash(
  text: string,
  keys: MaskKeys,
  sink: SqlSink,
  body: (text: string, hash: string) => string,
): string {
  const once = `SELECT ${text} AS ${textName}, ${compileHmac(text, keys, sink)} AS ${hashName} OFFSET 0`;
  return `(SELECT ${body(textName, hashName)} FROM (${once}) AS "${innerNames.value}")`;
}

/** A number below 2^24 from three bytes of a hash: the first three, or those that follow. */
export function randomOf(hash: string, nth = 0): string {
  const byte = (at: number) => `get_byte(${hash}, ${3 * nth + at})`;
  // PostgreSQL shifts and ORs from left to right, unlike most languages.
  return `((${byte(0)} << 16) | (${byte(1)} << 8) | ${byte(2)})`;
}

/** A text as it is shown, unless that is what it was: then dots. */
export function otherThan(text: string, shown: string): string {
  return `coalesce(nullif(${shown}, ${text}), ${whole})`;
}
