import { type ColumnType, columnTypeOf, type TypeFacts } from "@/lib/catalog/column-type";
import type {
  ColumnOrigin,
  SourceColumn,
  SourceForeignKey,
  SourceSchema,
  SourceTable,
  TableKind,
  TableName,
} from "@/lib/catalog/source-schema";

type Row = readonly (string | null)[];

/** The answers to the catalogue queries, each in the order of its statement's columns. */
export type CatalogRows = {
  version: readonly Row[];
  tables: readonly Row[];
  columns: readonly Row[];
  types: readonly Row[];
  keys: readonly Row[];
  foreignKeys: readonly Row[];
  origins: readonly Row[];
};

/** Puts the rows of pg_catalog together; what refers to nothing in them is left out. */
export function schemaOf(rows: CatalogRows): SourceSchema {
  const types = new Map(rows.types.map((row) => [text(row[0]), row]));
  const columns = groupBy(rows.columns, (row) => text(row[0]));
  const keys = groupBy(rows.keys, (row) => text(row[0]));
  const names = new Map(
    rows.tables.map((row) => [text(row[0]), { schema: text(row[1]), table: text(row[2]) }]),
  );
  const estimates = estimatesOf(rows.tables);
  const tables = rows.tables.map((row) => {
    const oid = text(row[0]);
    const own = (columns.get(oid) ?? []).map((column) => columnOf(column, types));
    return tableOf(row, own, keys.get(oid) ?? [], names, estimates.get(oid) ?? null);
  });
  const foreignKeys = rows.foreignKeys.flatMap((row) => foreignKeyOf(row, names));
  const origins = rows.origins.flatMap((row) => originOf(row, names));
  return { serverVersion: Number(rows.version[0]?.[0] ?? 0), tables, foreignKeys, origins };
}

const kinds: Record<string, TableKind> = {
  r: "table",
  p: "partitioned",
  v: "view",
  m: "matview",
  f: "foreign",
};

function tableOf(
  row: Row,
  columns: SourceColumn[],
  keys: readonly Row[],
  names: ReadonlyMap<string, TableName>,
  estimatedRows: number | null,
): SourceTable {
  const required = new Set(columns.flatMap((column) => (column.nullable ? [] : [column.name])));
  const primary = keys.find((key) => key[1] === "true");
  const unique = keys.filter((key) => key[1] !== "true").map((key) => list(key[2]));
  return {
    schema: text(row[1]),
    table: text(row[2]),
    kind: row[4] === "true" && row[3] === "r" ? "partition" : (kinds[text(row[3])] ?? "table"),
    parent: (row[5] !== null && row[5] !== undefined && names.get(row[5])) || null,
    comment: row[6] ?? null,
    estimatedRows,
    columns,
    primaryKey: primary === undefined ? null : list(primary[2]),
    uniqueKeys: unique.filter((key) => key.length > 0 && key.every((name) => required.has(name))),
    selectable: columns.some((column) => column.selectable),
  };
}

function columnOf(row: Row, types: ReadonlyMap<string, Row>): SourceColumn {
  const declared = text(row[5]);
  const facts = typeFacts(text(row[3]), declared, types);
  const type: ColumnType =
    facts === null
      ? { name: declared, category: "other", base: { schema: "pg_catalog", name: "text" } }
      : columnTypeOf(facts);
  return {
    name: text(row[2]),
    ordinal: Number(row[1]),
    type,
    fingerprint: `${typePrint(text(row[3]), text(row[4]), types)}${row[7] === "true" ? " generated" : ""}`,
    nullable: row[6] !== "true",
    generated: row[7] === "true",
    identity: row[8] === "true",
    hasDefault: row[9] === "true",
    comment: row[10] ?? null,
    selectable: row[11] === "true",
  };
}

function typeFacts(oid: string, name: string, types: ReadonlyMap<string, Row>): TypeFacts | null {
  const row = types.get(oid);
  if (row === undefined) return null;
  const base = row[3] === "d" ? part(row[5], types) : null;
  const element = row[4] === "A" ? part(row[7], types) : null;
  return {
    name,
    schema: text(row[1]),
    typname: text(row[2]),
    typtype: text(row[3]),
    typcategory: text(row[4]),
    ...(base === null ? {} : { base }),
    ...(element === null ? {} : { element }),
    ...(row[3] === "e" ? { enumValues: list(row[9]) } : {}),
    ...(row[3] === "c" ? { fields: text(row[10]) } : {}),
  };
}

function part(oid: string | null | undefined, types: ReadonlyMap<string, Row>): TypeFacts | null {
  const row = types.get(text(oid));
  return row === undefined ? null : typeFacts(text(oid), text(row[8]), types);
}

/** A type told in full: its own name and length, then what it is made of, so that a retyped domain shows too. */
function typePrint(oid: string, typmod: string, types: ReadonlyMap<string, Row>): string {
  const row = types.get(oid);
  if (row === undefined) return `unknown ${oid}`;
  const own = `${text(row[1])}.${text(row[2])}${typmod === "-1" ? "" : `(${typmod})`}`;
  if (row[3] === "d") return `${own} < ${typePrint(text(row[5]), text(row[6]), types)}`;
  if (row[3] === "c") {
    const inner = fieldTypes(row[11]).map(([type, mod]) => typePrint(type, mod, types));
    const made = inner.filter((print) => /[{[<]/u.test(print));
    return `${own} {${text(row[10])}}${made.length === 0 ? "" : ` of ${made.join(", ")}`}`;
  }
  return row[4] === "A" ? `${own} [${typePrint(text(row[7]), "-1", types)}]` : own;
}

/** A partitioned table that was never analysed itself counts as much as its partitions together. */
function estimatesOf(tables: readonly Row[]): Map<string, number | null> {
  const children = groupBy(tables, (row) => text(row[5]));
  const estimate = (row: Row): number | null => {
    if (row[3] !== "p") return row[7] === null || row[7] === undefined ? null : Number(row[7]);
    const known = (children.get(text(row[0])) ?? []).map(estimate).filter((count) => count !== null);
    return known.length === 0 ? null : known.reduce((sum, count) => sum + count, 0);
  };
  return new Map(tables.map((row) => [text(row[0]), estimate(row)]));
}

function foreignKeyOf(row: Row, names: ReadonlyMap<string, TableName>): SourceForeignKey[] {
  const from = names.get(text(row[1]));
  const to = names.get(text(row[2]));
  if (from === undefined || to === undefined) return [];
  return [
    { name: text(row[0]), from: { ...from, columns: list(row[3]) }, to: { ...to, columns: list(row[4]) } },
  ];
}

function originOf(row: Row, names: ReadonlyMap<string, TableName>): ColumnOrigin[] {
  const to = names.get(text(row[1]));
  const from = names.get(text(row[3]));
  if (to === undefined || from === undefined) return [];
  const how = row[0] === "copy" ? "copy" : "made";
  return [{ how, to: { ...to, column: text(row[2]) }, from: { ...from, column: text(row[4]) } }];
}

function groupBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

const text = (value: string | null | undefined): string => value ?? "";

function list(json: string | null | undefined): string[] {
  const parsed: unknown = JSON.parse(json ?? "[]");
  return Array.isArray(parsed) ? parsed.filter((item) => typeof item === "string") : [];
}

/** Type and modifier of each field of a composite type. */
const fieldTypes = (json: string | null | undefined): [type: string, mod: string][] =>
  JSON.parse(json ?? "[]") as [string, string][];
