import { type Filter, MOST_FILTERS, parseFilter, printFilter } from "@/lib/browse/filter";
import { isSortable } from "@/lib/browse/row-order";
import { ClearColumn } from "@/lib/catalog/clear-column";
import { encodeHandle } from "@/lib/catalog/record-handle";
import type { CatalogTable, TableLink } from "@/lib/catalog/table";

/** A foreign key of a record's table: the records it leads to, or those that lead to it. */
export type Relation = { readonly id: string; readonly direction: "to" | "from"; readonly link: TableLink };

/** The relations of a table, those that lead out of it first; a partition is left out where its whole table is there. */
export function relationsOf(table: CatalogTable): Relation[] {
  return [
    ...wholeTables(table.refersTo).map((link) => ({ id: `to.${link.name}`, direction: "to" as const, link })),
    ...wholeTables(table.referredBy).map((link) => ({
      id: `from.${link.other.schema}.${link.other.name}.${link.name}`,
      direction: "from" as const,
      link,
    })),
  ];
}

function wholeTables(links: readonly TableLink[]): TableLink[] {
  const names = new Set(links.map(({ other }) => `${other.schema}.${other.name}`));
  return links.filter(({ other }) => other.parent == null || !names.has(other.parent));
}

/** The conditions that find related records, or in words why nothing can be followed. */
export type Followed = { ok: true; filters: Filter[] } | { ok: false; why: string };

/**
 * Follows a foreign key from a record, on columns that are clear at both ends: to look up a masked value elsewhere
 * would tell which records share it (law 5).
 */
export function follow(
  table: CatalogTable,
  cells: readonly (string | null)[],
  link: TableLink,
  other: CatalogTable,
): Followed {
  const filters: Filter[] = [];
  for (const [index, name] of link.columns.entries()) {
    const at = table.columns.findIndex((column) => column.name === name);
    const own = clearOf(table, name);
    const there = clearOf(other, link.otherColumns[index] ?? "");
    if (own === null || there === null)
      return no(`They are linked by “${name}”, which is masked here or there.`);
    const value = cells[at];
    if (value === null || value === undefined) return no(`“${name}” has no value in this record.`);
    const filter = filterOn(there, value, other);
    if (filter === null) return no(`They are linked by “${name}”, whose values cannot be looked up.`);
    filters.push(filter);
  }
  return filters.length > MOST_FILTERS ? no("They are linked by too many columns.") : { ok: true, filters };
}

function clearOf({ columns }: CatalogTable, name: string): ClearColumn | null {
  const column = columns.find((one) => one.name === name);
  return column === undefined ? null : ClearColumn.of(column);
}

/** Read back from its own text, so that what is followed here is what the address of the filtered table says. */
function filterOn(column: ClearColumn, value: string, other: CatalogTable): Filter | null {
  if (!isSortable(column) || column.type.category === "timestamp") return null;
  const text = value === "" && column.type.category === "text" ? [] : [value];
  const read = parseFilter(
    printFilter({ column, op: text.length === 0 ? "empty" : "is", values: text }),
    other.columns,
  );
  return read.ok ? read.filter : null;
}

/** The handle of the record that a foreign key names, where it names it by its whole clear key; else null. */
export function referredHandle(
  table: CatalogTable,
  cells: readonly (string | null)[],
  link: TableLink,
  otherKey: readonly string[],
): string | null {
  const values = otherKey.map((name) => {
    const own = link.columns[link.otherColumns.indexOf(name)];
    const at = table.columns.findIndex((column) => column.name === own);
    return own !== undefined && clearOf(table, own) !== null ? (cells[at] ?? null) : null;
  });
  const known = values.filter((value) => value !== null);
  return known.length === values.length && known.length > 0
    ? encodeHandle({ kind: "values", values: known })
    : null;
}

const no = (why: string): Followed => ({ ok: false, why });
