import "server-only";
import { z } from "zod";
import { compileFilter } from "@/lib/browse/filter-sql";
import type { Filter } from "@/lib/browse/filter";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { openSource } from "@/lib/catalog/open-source";
import { fromTable } from "@/lib/catalog/read-from";
import type { CatalogTable } from "@/lib/catalog/table";
import { SqlSink } from "@/lib/masking/sql";
import { SourceFailure } from "@/lib/source/failure";
import { runSelect } from "@/lib/source/run-select";

const estimateTimeoutMs = 2_000;

const planSchema = z.tuple([z.object({ Plan: z.object({ "Plan Rows": z.number().nonnegative() }) })]);

/**
 * About how many rows a table has under filters, as the planner of the source thinks; null when it does not say.
 * Nothing is counted. Two digits are kept: more would only tell how full the blocks of the table are (law 5).
 */
export async function estimateTotal(
  ctx: Context,
  table: CatalogTable,
  filters: readonly Filter[],
): Promise<number | null> {
  requirePermission(ctx, "browse");
  const sink = new SqlSink();
  const conditions = filters.map((filter) => compileFilter(filter, sink));
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  const statement = `EXPLAIN (FORMAT JSON) SELECT 1 FROM ${fromTable(table)}${where}`;
  try {
    const pool = await openSource(ctx.db, table.source);
    const rows = await runSelect(pool, sink.statement(statement), { timeoutMs: estimateTimeoutMs });
    return roughly(planSchema.parse(JSON.parse(rows[0]?.[0] ?? "null"))[0].Plan["Plan Rows"]);
  } catch (error) {
    if (error instanceof SourceFailure || error instanceof z.ZodError || error instanceof SyntaxError)
      return null;
    throw error;
  }
}

/** A number to two digits. */
export function roughly(number: number): number {
  return Number(number.toPrecision(2));
}
