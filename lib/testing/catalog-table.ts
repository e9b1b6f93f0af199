import type { ColumnType, TypeCategory } from "@/lib/catalog/column-type";
import { shownAs } from "@/lib/catalog/shown-as";
import type { TableKind } from "@/lib/catalog/source-schema";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import type { Mask } from "@/lib/masking/mask";

const bases: Partial<Record<TypeCategory, string>> = {
  text: "text",
  number: "int4",
  boolean: "bool",
  date: "date",
  timestamp: "timestamptz",
  time: "time",
  uuid: "uuid",
  json: "jsonb",
  array: "_text",
  inet: "inet",
  money: "money",
  bytea: "bytea",
};

/** A type of a category, as PostgreSQL's own. */
export function typeOf(category: TypeCategory, more: Partial<ColumnType> = {}): ColumnType {
  const name = bases[category] ?? category;
  return { name, category, base: { schema: "pg_catalog", name }, ...more };
}

/** A confirmed column under a mask; unconfirmed, and so hidden, where the mask is null. */
export function catalogColumn(name: string, type: ColumnType, mask: Mask | null, ordinal = 1): CatalogColumn {
  const facts = {
    type,
    typeName: type.name,
    state: mask === null ? ("unconfirmed" as const) : ("confirmed" as const),
    classId: mask === null ? null : mask.method === "clear" ? "none" : "email",
    mask: mask ?? ({ method: "hidden" } as const),
    confirmedType: mask === null ? null : type.name,
    readable: true,
    gone: false,
  };
  return {
    ...facts,
    id: `00000000-0000-4000-8000-${String(ordinal).padStart(12, "0")}`,
    name,
    ordinal,
    nullable: true,
    generated: false,
    comment: null,
    lastMask: null,
    confirmedBy: null,
    confirmedAt: null,
    proposal: { classId: "none", confidence: 0, why: "" },
    shown: shownAs(facts),
    version: 1,
  };
}

/** A table of the catalogue with these columns. */
export function catalogTable(
  columns: readonly CatalogColumn[],
  keyColumns: readonly string[] = [],
  kind: TableKind = "table",
): CatalogTable {
  return {
    id: "11111111-1111-4111-8111-111111111111",
    source: {
      id: "22222222-2222-4222-8222-222222222222",
      name: "Shop",
      slug: "shop",
      keyVersion: 1,
      version: 1,
      hardened: false,
    },
    schema: "public",
    name: "customers",
    kind,
    parent: null,
    comment: null,
    rowEstimate: null,
    readable: true,
    gone: false,
    keyColumns: [...keyColumns],
    columns: columns.map((column, index) => ({
      ...column,
      ordinal: index + 1,
      id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, "0")}`,
    })),
    refersTo: [],
    referredBy: [],
  };
}
