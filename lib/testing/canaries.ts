import "server-only";
import type { Sql } from "postgres";
import { canaryTables, markedRows, type CanaryTable } from "./canary-columns";
import { CanaryIndex } from "./canary-index";
import { needlesOf } from "./needles";

export type Canary = {
  table: string;
  column: string;
  /** The record's key as text, parts joined by commas. */
  key: string;
  /** The value as PostgreSQL writes it. */
  raw: string;
  /** Substrings that must appear in no response, log line or row before a reveal. */
  needles: string[];
};

/** All canaries of a seeded demo source: the first rows of every table, column by column. */
export async function demoCanaries(sql: Sql): Promise<Canary[]> {
  const found: Canary[] = [];
  for (const table of canaryTables) found.push(...(await canariesOf(sql, table)));
  return found;
}

async function canariesOf(sql: Sql, spec: CanaryTable): Promise<Canary[]> {
  const columns = Object.entries(spec.columns);
  const names = columns.some(([, kind]) => kind === "full_name") ? ["given_name", "family_name"] : [];
  const read = [...spec.key, ...columns.map(([column]) => column), ...names];
  const order = spec.everyRow
    ? spec.key.map((part) => `t."${part}"::text COLLATE "C"`)
    : spec.key.map((part) => `t."${part}"`);
  const limit = spec.everyRow ? "" : `LIMIT ${markedRows}`;
  const rows: string[][] = await sql
    .unsafe(
      `SELECT ${read.map((part) => `t."${part}"::text`).join(", ")} FROM ${spec.table} AS t ORDER BY ${order.join(", ")} ${limit}`,
    )
    .values();
  return rows.flatMap((row, place) => {
    const key = row.slice(0, spec.key.length).join(",");
    const rowNames = names.length > 0 ? row.slice(-names.length) : [];
    return columns.flatMap(([column, kind], at): Canary[] => {
      const raw = row[spec.key.length + at];
      if (!raw || (place >= markedRows && !spec.everyRow?.includes(column))) return [];
      const needles = needlesOf(kind, raw, rowNames);
      return needles.length > 0 ? [{ table: spec.table, column, key, raw, needles }] : [];
    });
  });
}

const indexes = new WeakMap<readonly Canary[], CanaryIndex>();

/**
 * The canaries that show in a text: plain, in other case, percent-encoded, JSON-escaped, in hex or inside base64.
 * Those that are part of a value in `revealed` are let through. The first call for a list builds its index.
 */
export function findCanaries(
  text: string | Uint8Array,
  canaries: readonly Canary[],
  revealed: readonly string[] = [],
): Canary[] {
  let index = indexes.get(canaries);
  if (!index) {
    index = new CanaryIndex(canaries.map((canary) => canary.needles));
    indexes.set(canaries, index);
  }
  const allowed = revealed.map((value) => value.toLowerCase());
  const hits = index.search(text, (needle) => allowed.some((value) => value.includes(needle.toLowerCase())));
  return canaries.filter((_, place) => hits.has(place));
}
