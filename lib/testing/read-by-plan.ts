import type postgres from "postgres";

export type Statement = { text: string; params: readonly unknown[] };

/** How many rows a statement read of a table, and how many entries of its indexes alone. */
export type ReadRows = { ofTable: number; ofIndexes: number };

/** A kept plan is made for any values, the other for these. */
export type PlanKind = "generic" | "custom";

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Node[];
};

/** Runs a statement and counts what its plan read of a table, what a filter threw away included. One connection. */
export async function readByPlan(
  client: postgres.Sql,
  { text, params }: Statement,
  { table, plan }: { table: string; plan: PlanKind },
): Promise<ReadRows> {
  await client.unsafe(`SET plan_cache_mode = force_${plan}_plan`);
  await client.unsafe(`PREPARE looked_at AS ${text}`);
  try {
    const values = params.length === 0 ? "" : `(${params.map(literal).join(", ")})`;
    const [row] = await client.unsafe<{ "QUERY PLAN": [{ Plan: Node }] }[]>(
      `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE looked_at${values}`,
    );
    return rowsOf(row!["QUERY PLAN"][0].Plan, table);
  } finally {
    await client.unsafe("DEALLOCATE looked_at");
  }
}

function rowsOf(node: Node, table: string): ReadRows {
  const each = (node.Plans ?? []).map((part) => rowsOf(part, table));
  const removed = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const rows = (node["Actual Rows"] + removed) * node["Actual Loops"];
  const isBitmap = node["Node Type"] === "Bitmap Index Scan";
  const isOfTable = node["Relation Name"] === table && node["Node Type"] !== "Index Only Scan";
  const isOfIndex = isBitmap || node["Node Type"] === "Index Only Scan";
  return {
    ofTable: each.reduce((sum, one) => sum + one.ofTable, isOfTable ? rows : 0),
    ofIndexes: each.reduce((sum, one) => sum + one.ofIndexes, isOfIndex ? rows : 0),
  };
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value !== "string" && typeof value !== "number")
    throw new Error("It cannot be written as a literal.");
  return `'${String(value).replaceAll("'", "''")}'`;
}
