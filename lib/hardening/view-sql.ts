import {
  columnsOfView,
  handleName,
  isInView,
  lookupName,
  maskedView,
  placeName,
  shownName,
} from "@/lib/catalog/masked-view";
import { maskedColumn, tableHandle } from "@/lib/catalog/projection";
import { compileHandle } from "@/lib/catalog/record-handle";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import type { LiteralSink } from "@/lib/hardening/literal-sink";
import { compileTerm, termScope } from "@/lib/lookups/equals";
import { checkableFields, checkColumn, type Usable } from "@/lib/lookups/lookup-columns";
import { compileNormalColumn } from "@/lib/lookups/normal-form";
import { compileMask, personScope } from "@/lib/masking/compile";
import { kindOf } from "@/lib/masking/mask";
import { quoteColumn, quoteIdentifier, quoteQualified, quoteTable } from "@/lib/masking/sql";

/** How names begin that mean something to the statements over a view; a column called so is not shown. */
const reserved = "glimpse ";
const withPlace: ReadonlySet<string> = new Set(["table", "partition", "matview"]);

/**
 * The statement that makes the view of a table: its clear columns as they are, by which people filter and sort; the
 * others masked, as text; the token that names a row where its key is not clear; and keyed hashes to look up by.
 */
export function compileView(table: CatalogTable, sink: LiteralSink): string {
  const view = maskedView(table);
  const list = [
    ...columnsOfView(table)
      .filter((column) => isInView(column) && !column.name.startsWith(reserved))
      .map((column) => compileColumn(column, sink)),
    ...compileToken(table, sink),
    ...(withPlace.has(table.kind) ? [`ctid AS ${quoteIdentifier(placeName)}`] : []),
    ...checkableFields(table).map(({ columnId }) => compileLookup(checkColumn(table, columnId), sink)),
  ];
  const columns = list.length === 0 ? ["NULL::text AS nothing"] : list;
  return `CREATE VIEW ${quoteQualified(view.schema, view.name)} WITH (security_barrier = true) AS SELECT
  ${columns.join(",\n  ")}
  FROM ${quoteTable(table.schema, table.name)};`;
}

function compileColumn(column: CatalogColumn, sink: LiteralSink): string {
  const { mask, scope } = maskedColumn(column);
  if (mask.method === "clear") return quoteColumn(column.name);
  const key = kindOf(mask)?.key;
  const keys = key === undefined ? {} : { keys: sink.keyring(key === "person" ? personScope : scope) };
  return `${compileMask({ ...column, ...keys }, mask, sink)} AS ${quoteIdentifier(shownName(column))}`;
}

function compileToken(table: CatalogTable, sink: LiteralSink): string[] {
  const handle = tableHandle(table, sink.keyring);
  if (handle === null || handle.allClear) return [];
  const token = compileHandle(handle.columns, false, sink, handle.keys);
  return [`${token} AS ${quoteIdentifier(handleName)}`];
}

function compileLookup({ column, form }: Usable, sink: LiteralSink): string {
  const normal = compileNormalColumn(quoteColumn(column.name), form);
  return `${compileTerm(normal, sink.keyring(termScope(column)), sink)} AS ${quoteIdentifier(lookupName(column))}`;
}
