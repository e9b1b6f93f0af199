import { createHash } from "node:crypto";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import { isRead } from "@/lib/masking/mask";
import { quoteQualified, type SqlSink } from "@/lib/masking/sql";

/** What Glimpse makes in a hardened source: views that anybody may know of, and keys that only their owner reads. */
export const maskedSchema = "glimpse_masked";
export const keySchema = "glimpse_keys";

/** Names of a view's columns that are no columns of its table; no output of a page may be called so too. */
export const handleName = "glimpse token";
export const placeName = "glimpse tid";
export const shownName = (column: { ordinal: number }) => `glimpse shown ${column.ordinal}`;
export const lookupName = (column: { ordinal: number }) => `glimpse lookup ${column.ordinal}`;

/** The view through which a table of a hardened source is read; `print` is that of what the catalogue says now. */
export type MaskedView = { readonly schema: string; readonly name: string; readonly print: string };

/** What decides how a table is read, and what its view shows. */
export type Viewed = Pick<
  CatalogTable,
  "id" | "schema" | "name" | "kind" | "keyColumns" | "columns" | "readable"
> & {
  readonly source: Pick<CatalogTable["source"], "keyVersion" | "hardened">;
};

/** The view of a table; null where the source is not hardened, and its tables are read themselves. */
export function viewOf(table: Viewed): MaskedView | null {
  return table.source.hardened ? maskedView(table) : null;
}

/** The view that a table has, or would have, in a hardened source. By id: a name may be too long for more. */
export function maskedView(table: Viewed): MaskedView {
  return { schema: maskedSchema, name: viewName(table.id), print: viewPrint(table) };
}

const viewName = (tableId: string) => `t_${tableId.replaceAll("-", "")}`;

/** Goes up when views are compiled otherwise than before: those of older versions are then out of date. */
const format = 1;

/** All of the catalogue that decides what a view shows, as one hash: a view with another one is out of date. */
function viewPrint(table: Viewed): string {
  const columns = columnsOfView(table).map(({ name, ordinal, type, classId, id, shown }) => [
    ...[name, ordinal, type.name, type.base],
    ...[classId ?? id, shown.mask, shown.why],
  ]);
  const facts = [format, table.source.keyVersion, table.id, table.schema, table.name, table.kind];
  const text = JSON.stringify([...facts, table.keyColumns, columns]);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

/** The columns of a table that are there, in the order of their places. */
export function columnsOfView({ columns }: Pick<Viewed, "columns">): CatalogColumn[] {
  return columns.filter(({ gone }) => !gone).sort((one, other) => one.ordinal - other.ordinal);
}

/** Whether a column is in a view at all: what is hidden or redacted is not even masked there. */
export function isInView({ shown, readable }: Pick<CatalogColumn, "shown" | "readable">): boolean {
  return readable && isRead(shown.mask);
}

/** The comment of a view: what it was made of, before what it turned out as. */
export const commentOf = (print: string) => `glimpse ${print}`;

/**
 * A condition for a statement over a view: it holds while the view was made of what the catalogue says now, and else
 * the source refuses, which is the failure `views-stale`. What was masked since is not shown by an older view (law 1).
 */
export function compileCurrent(view: MaskedView, sink: SqlSink): string {
  sink.readsView();
  const relation = sink.bind(quoteQualified(view.schema, view.name), "text");
  const comment = sink.bind(`${commentOf(view.print)}%`, "text");
  // As in `compileUnchanged`: the name of a function that cannot be there raises, a comparison would not.
  return `(SELECT CASE WHEN count(*) = 1 THEN TRUE
      ELSE ('glimpse_changed_' || count(*) || '()')::pg_catalog.regprocedure IS NULL END
    FROM pg_catalog.pg_class c WHERE c.oid = ${relation}::pg_catalog.regclass
      AND pg_catalog.obj_description(c.oid, 'pg_class') LIKE ${comment})`;
}
