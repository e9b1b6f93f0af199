import "server-only";
import type { ColumnRates } from "@/lib/catalog/weakness";
import { SqlSink } from "@/lib/masking/sql";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";

/**
 * What the planner of the source noted of the columns of a table when it was last analysed: counts and widths, never
 * a value (law 2). Empty for a table that was not analysed.
 */
export async function readRates(
  pool: SourcePool,
  table: { schema: string; name: string },
): Promise<ReadonlyMap<string, ColumnRates>> {
  const sink = new SqlSink();
  const [schema, name] = [sink.bind(table.schema, "text"), sink.bind(table.name, "text")];
  const rows = await runSelect(
    pool,
    sink.statement(`
      SELECT s.attname::text, round(CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * greatest(c.reltuples, 0) ELSE s.n_distinct END)::bigint,
        CASE WHEN t.typcategory = 'S' THEN s.avg_width - 1 END
      FROM pg_catalog.pg_stats s
      JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
      JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
      JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname
      JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
      WHERE s.schemaname = ${schema} AND s.tablename = ${name} AND s.null_frac < 1
      ORDER BY s.inherited`),
    { timeoutMs: 2_000 },
  );
  const number = (text: string | null | undefined) =>
    text === null || text === undefined ? null : Number(text);
  return new Map(
    rows.map(([column, distinct, width]) => [
      column ?? "",
      { distinct: number(distinct), width: number(width) },
    ]),
  );
}
