import type { DriftTable } from "@/lib/catalog/view";

/** A column that is not as a steward knew it. */
export type DriftedColumn = {
  schema: string;
  table: string;
  column: string;
  drift: "new" | "changed" | "gone";
};

/** The differences table by table, in the order in which they come. */
export function driftTables(columns: readonly DriftedColumn[]): DriftTable[] {
  const tables = new Map<string, DriftTable & Record<DriftedColumn["drift"], string[]>>();
  for (const { schema, table, column, drift } of columns) {
    const key = JSON.stringify([schema, table]);
    const one = tables.get(key) ?? { schema, table, new: [], changed: [], gone: [] };
    one[drift].push(column);
    tables.set(key, one);
  }
  return [...tables.values()];
}

/** The differences in a sentence: "3 new columns and 1 changed are hidden; 2 are gone". */
export function driftWords(tables: readonly DriftTable[]): string {
  const count = (drift: DriftedColumn["drift"]) =>
    tables.reduce((sum, table) => sum + table[drift].length, 0);
  const [fresh, changed, gone] = [count("new"), count("changed"), count("gone")];
  const hidden = [
    fresh > 0 ? `${fresh} new ${columns(fresh)}` : "",
    changed > 0 ? `${changed} changed${fresh > 0 ? "" : ` ${columns(changed)}`}` : "",
  ].filter(Boolean);
  const are = (n: number) => (n === 1 ? "is" : "are");
  return [
    hidden.length > 0 ? `${hidden.join(" and ")} ${are(fresh + changed)} hidden` : "",
    gone > 0 ? `${gone}${hidden.length > 0 ? "" : ` ${columns(gone)}`} ${are(gone)} gone` : "",
  ]
    .filter(Boolean)
    .join("; ");
}

const columns = (n: number) => (n === 1 ? "column" : "columns");
