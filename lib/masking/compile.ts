import type { ColumnType } from "@/lib/catalog/column-type";
import { whole } from "@/lib/masking/dots";
import type { MaskKeyring, MaskKeys } from "@/lib/masking/keys";
import { kindOf, type Mask, maskFits } from "@/lib/masking/mask";
import { quoteColumn, type SqlSink } from "@/lib/masking/sql";

/** A column to be read under a mask; methods that need a key redact without. */
export type MaskColumn = { name: string; type: ColumnType; keys?: MaskKeys };

/** A column of a projection; `scope` names its key, so that one data class joins across tables. */
export type ProjectedColumn = {
  name: string;
  type: ColumnType;
  mask: Mask;
  scope: string;
  /** The column of a view that holds it masked already, in a hardened source. */
  maskedAs?: string;
};

/** The scope of keys that are the same for all classes: what they are for belongs to a person. */
export const personScope = "person";

/**
 * The SQL expression, of type text, that shows a column under a mask. It never raises for any value of the
 * type, and never names the column when the mask is hidden, redact or does not fit the type (law 2).
 */
export function compileMask({ name, type, keys }: MaskColumn, mask: Mask, sink: SqlSink): string {
  const kind = kindOf(mask);
  if (kind === undefined || !maskFits(type, mask)) return whole;
  return kind.compile({ sql: quoteColumn(name), type, ...(keys && { keys }) }, mask, sink);
}

/** The select list of a page: one text expression a column, in order, under names no column can have. */
export function compileProjection(
  columns: readonly ProjectedColumn[],
  keyring: MaskKeyring,
  sink: SqlSink,
): string {
  return columns
    .map(({ name, type, mask, scope, maskedAs }, index) => {
      if (maskedAs !== undefined) return `${quoteColumn(maskedAs)} AS "glimpse ${index}"`;
      const key = kindOf(mask)?.key;
      const column =
        key === undefined
          ? { name, type }
          : { name, type, keys: keyring(key === "person" ? personScope : scope) };
      // An alias of ours: ORDER BY "x" would else mean the masked output "x" and not the column.
      return `${compileMask(column, mask, sink)} AS "glimpse ${index}"`;
    })
    .join(", ");
}
