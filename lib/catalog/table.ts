import type { ColumnType } from "@/lib/catalog/column-type";
import type { ColumnFacts, Shown } from "@/lib/catalog/shown-as";
import type { TableKind } from "@/lib/catalog/source-schema";
import type { Mask } from "@/lib/masking/mask";

/** A column as the catalogue knows it; `shown` is how it shows, whatever `mask` says. */
export type CatalogColumn = ColumnFacts & {
  id: string;
  name: string;
  ordinal: number;
  nullable: boolean;
  generated: boolean;
  comment: string | null;
  proposal: { classId: string; confidence: number; why: string };
  /** Who confirmed it as it is, and when (ISO 8601); null while nobody has. */
  confirmedBy: string | null;
  confirmedAt: string | null;
  shown: Shown;
  /** What a steward had chosen before the column changed or was reopened; it masks nothing. */
  lastMask: Mask | null;
  version: number;
};

/** The other end of a foreign key. */
export type LinkedTable = {
  tableId: string;
  schema: string;
  name: string;
  /** `schema.name` of the table that it is a partition of. */
  parent?: string | null;
};

/** A foreign key seen from one table: `columns` are its own, `otherColumns` those of the other end. */
export type TableLink = { name: string; columns: string[]; other: LinkedTable; otherColumns: string[] };

/** One table of a source, with all that a page needs to know of it. */
export type CatalogTable = {
  id: string;
  source: {
    id: string;
    name: string;
    slug: string;
    keyVersion: number;
    /** Goes up whenever its connection is changed. */
    version: number;
    /** Whether its tables are read through views, by a role that may read nothing else. */
    hardened: boolean;
  };
  schema: string;
  name: string;
  kind: TableKind;
  parent: string | null;
  comment: string | null;
  /** The planner's estimate; null when the table was never analysed. */
  rowEstimate: number | null;
  /** Whether our role may select at least one column. */
  readable: boolean;
  gone: boolean;
  /** Names of the columns that name a record for good, in order; empty when there are none. */
  keyColumns: string[];
  /** In order of declaration; columns that are gone only where `includeGone` asked for them. */
  columns: CatalogColumn[];
  /** What this table refers to. */
  refersTo: TableLink[];
  /** What refers to this table. */
  referredBy: TableLink[];
};

/** What of a table decides how its records are named. */
export type KeyFacts = {
  keyColumns: readonly string[];
  columns: readonly Pick<CatalogColumn, "name" | "type" | "readable" | "gone" | "shown">[];
};

/** The key columns of a table as columns; null when it has no stable key, or one of them is gone or unreadable. */
export function keyOf(table: KeyFacts): { name: string; type: ColumnType; clear: boolean }[] | null {
  const found = table.keyColumns.map((name) =>
    table.columns.find((column) => column.name === name && !column.gone),
  );
  const key = found.flatMap((column) =>
    column?.readable
      ? [{ name: column.name, type: column.type, clear: column.shown.mask.method === "clear" }]
      : [],
  );
  return key.length > 0 && key.length === table.keyColumns.length ? key : null;
}
