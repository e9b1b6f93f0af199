import type { ColumnType } from "@/lib/catalog/column-type";
import { isRead, type Mask } from "@/lib/masking/mask";
import { quoteQualified, type SqlSink } from "@/lib/masking/sql";

/** A column as the catalogue last saw it: its name, place and type. */
export type SeenColumn = { readonly name: string; readonly ordinal: number; readonly type: ColumnType };

/**
 * A condition for a statement over a table: it holds while these columns are in the source what a steward confirmed,
 * and else the source refuses with SQLSTATE 42883, which is the failure `column-gone`. It is looked at in the very
 * snapshot that is read, so that what was retyped a moment ago is not shown by its old mask (law 1).
 */
export function compileUnchanged(
  table: { readonly schema: string; readonly name: string },
  columns: readonly SeenColumn[],
  sink: SqlSink,
): string {
  const relation = sink.bind(quoteQualified(table.schema, table.name), "text");
  const tokens = [...new Set(columns.map(({ name, ordinal, type }) => `${ordinal} ${type.name} ${name}`))];
  const seen = sink.bind(tokens, "text[]");
  const present = `a.attnum || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) || ' ' || a.attname`;
  // PostgreSQL raises nothing by itself in a SELECT: the name of a function that cannot be there does. It is put
  // together of a count, because a constant would be looked up while the statement is planned.
  return `(SELECT CASE WHEN count(*) = ${tokens.length} THEN TRUE
      ELSE ('glimpse_changed_' || count(*) || '()')::pg_catalog.regprocedure IS NULL END
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = ${relation}::pg_catalog.regclass AND a.attnum > 0
      AND NOT a.attisdropped AND (${present}) = ANY (${seen}))`;
}

/**
 * The columns of a table whose values a page reads: those of its key, those by which dates are moved, and those that
 * are not hidden as a whole.
 */
export function columnsRead<C extends SeenColumn & { readonly shown: { readonly mask: Mask } }>(table: {
  readonly columns: readonly C[];
  readonly keyColumns: readonly string[];
}): C[] {
  const persons = new Set(
    table.columns.flatMap(({ shown: { mask } }) => (mask.method === "shift" ? [mask.person] : [])),
  );
  return table.columns.filter(
    ({ name, shown: { mask } }) => isRead(mask) || persons.has(name) || table.keyColumns.includes(name),
  );
}
