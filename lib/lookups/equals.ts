import { lookupName, viewOf } from "@/lib/catalog/masked-view";
import type { CatalogTable } from "@/lib/catalog/table";
import { env } from "@/lib/env";
import type { Usable } from "@/lib/lookups/lookup-columns";
import { compileNormal, compileNormalColumn } from "@/lib/lookups/normal-form";
import { compileHmac } from "@/lib/masking/hmac";
import { type MaskKeys, maskKeyring } from "@/lib/masking/keys";
import { quoteColumn, type SqlSink } from "@/lib/masking/sql";

/** Whose key a column's terms are hashed with in a hardened source: no other column has it. */
export const termScope = (column: { id: string }) => `lookup ${column.id}`;

/**
 * The condition that a column is what somebody said, but for how it is written. Who reads views alone does not reach
 * the value: a keyed hash of it is compared with that of the term, by a key that the view does not give away.
 */
export function compileEquals(table: CatalogTable, { column, form }: Usable, said: string, sink: SqlSink) {
  const term = compileNormal(sink.bind(said, "text"), form);
  if (viewOf(table) === null) return `${compileNormalColumn(quoteColumn(column.name), form)} = ${term}`;
  const keys = maskKeyring(env().rootKey, table.source)(termScope(column));
  return `${quoteColumn(lookupName(column))} = ${compileTerm(term, keys, sink)}`;
}

/** The keyed hash of a value in its normal form. */
export function compileTerm(normal: string, keys: MaskKeys, sink: SqlSink): string {
  return `encode(${compileHmac(normal, keys, sink)}, 'hex')`;
}
