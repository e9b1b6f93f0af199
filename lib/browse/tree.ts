import { tablePath } from "@/lib/browse/addresses";
import type { TreeLeaf, TreeSource } from "@/lib/browse/view";
import type { TableKind } from "@/lib/catalog/source-schema";

/** A table with the source it is in; a source without tables comes as one row without a table. */
export type TreeTable = {
  source: string;
  slug: string;
  schema: string | null;
  name: string;
  kind: TableKind;
  /** `schema.name` of the table that this is a partition of. */
  parent: string | null;
  rows: number | null;
  readable: boolean;
};

/** Sorted tables as a tree of sources and schemas; partitions stand under their table. */
export function treeOf(tables: readonly TreeTable[]): TreeSource[] {
  const sources = new Map<string, { name: string; slug: string; schemas: Map<string, TreeTable[]> }>();
  for (const table of tables) {
    const source = sources.get(table.slug) ?? {
      name: table.source,
      slug: table.slug,
      schemas: new Map<string, TreeTable[]>(),
    };
    sources.set(table.slug, source);
    if (table.schema === null) continue;
    source.schemas.set(table.schema, [...(source.schemas.get(table.schema) ?? []), table]);
  }
  return [...sources.values()].map(({ name, slug, schemas }) => ({
    name,
    slug,
    schemas: [...schemas].map(([schema, inside]) => ({ name: schema, tables: leavesOf(inside) })),
  }));
}

function leavesOf(tables: readonly TreeTable[]): TreeLeaf[] {
  const leaf = (table: TreeTable): TreeLeaf => ({
    name: table.name,
    href: tablePath({ source: table, schema: table.schema ?? "", name: table.name }),
    rows: table.rows === null ? null : shortNumber(table.rows),
    isReadable: table.readable,
    isView: table.kind === "view" || table.kind === "matview",
    partitions: tables.filter(({ parent }) => isParent(parent, table)).map(leaf),
  });
  const isInside = ({ parent }: TreeTable) => tables.some((other) => isParent(parent, other));
  return tables.filter((table) => !isInside(table)).map(leaf);
}

const isParent = (parent: string | null, { schema, name }: TreeTable) =>
  parent !== null && (parent === `${schema}.${name}` || parent === name);

// Made once: a formatter costs more than all that it formats here.
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 2 });

/** 599, 16k, 1.2M: about how many rows, in the space of a tree. */
export function shortNumber(rows: number): string {
  return short.format(rows);
}
