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
  const tokens = [
    ...new Set(columns.map(({ name, ordinal, type }) => `${ordinal} ${type.name} ${name}${fieldsOf(type)}`)),
  ];
  const seen = sink.bind(tokens, "text[]");
  const named = `a.attnum || ' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) || ' ' || a.attname`;
  const present = columns.some(({ type }) => isRow(type)) ? `${named} || ${presentFields}` : named;
  // PostgreSQL raises nothing by itself in a SELECT: the name of a function that cannot be there does. It is put
  // together of a count, because a constant would be looked up while the statement is planned.
  return `(SELECT CASE WHEN count(*) = ${tokens.length} THEN TRUE
      ELSE ('glimpse_changed_' || count(*) || '()')::pg_catalog.regprocedure IS NULL END
    FROM pg_catalog.pg_attribute a WHERE a.attrelid = ${relation}::pg_catalog.regclass AND a.attnum > 0
      AND NOT a.attisdropped AND (${present}) = ANY (${seen}))`;
}

const isRow = (type: ColumnType) => type.category === "composite" && type.domain === undefined;
const fieldsOf = (type: ColumnType) => (isRow(type) ? ` (${type.fields ?? ""})` : "");

/** The fields of a composite type are altered without its name changing: they are compared as well. */
const presentFields = `coalesce((
  SELECT ' (' || pg_catalog.string_agg(m.attname || ' ' || pg_catalog.format_type(m.atttypid, m.atttypmod), ', ' ORDER BY m.attnum) || ')'
  FROM pg_catalog.pg_type t JOIN pg_catalog.pg_attribute m ON m.attrelid = t.typrelid
  WHERE t.oid = a.atttypid AND t.typtype = 'c' AND m.attnum > 0 AND NOT m.attisdropped), '')`;

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
