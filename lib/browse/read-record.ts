import "server-only";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { openSource } from "@/lib/catalog/open-source";
import { projectedColumn, tableHandle } from "@/lib/catalog/projection";
import { compileAsSeen, compileNamed, fromTable } from "@/lib/catalog/read-from";
import { parseHandle } from "@/lib/catalog/record-handle";
import { rescanAfterDrift } from "@/lib/catalog/rescan-after-drift";
import type { CatalogTable } from "@/lib/catalog/table";
import { columnsRead } from "@/lib/catalog/unchanged";
import { env } from "@/lib/env";
import { compileProjection } from "@/lib/masking/compile";
import { maskKeyring } from "@/lib/masking/keys";
import { SqlSink } from "@/lib/masking/sql";
import { SourceFailure } from "@/lib/source/failure";
import { runSelect } from "@/lib/source/run-select";

const recordTimeoutMs = 10_000;

/** A record under its masks, one text a column of the table; `gone` when no row has this handle. */
export type ReadRecord =
  | { readonly state: "found"; readonly cells: readonly (string | null)[] }
  | { readonly state: "gone" }
  | { readonly state: "failed"; readonly failure: SourceFailure };

/** One record by its handle, with all columns of its table. A forged handle finds nothing, as does a foreign one. */
export async function readRecord(ctx: Context, table: CatalogTable, handle: string): Promise<ReadRecord> {
  requirePermission(ctx, "browse");
  const keyring = maskKeyring(env().rootKey, table.source);
  const named = tableHandle(table, keyring);
  const record = parseHandle(handle);
  if (named === null || record === null || table.columns.length === 0) return { state: "gone" };
  const sink = new SqlSink();
  const projection = compileProjection(
    table.columns.map((column) => projectedColumn(table, column)),
    keyring,
    sink,
  );
  const match = compileNamed(table, named, [record], sink);
  const unchanged = compileAsSeen(table, columnsRead(table), sink);
  const statement = sink.statement(
    `SELECT ${projection} FROM ${fromTable(table)} WHERE ${unchanged} AND ${match} LIMIT 1`,
  );
  try {
    const pool = await openSource(ctx.db, table.source);
    const [cells] = await runSelect(pool, statement, { timeoutMs: recordTimeoutMs });
    return cells === undefined ? { state: "gone" } : { state: "found", cells };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    await rescanAfterDrift(table.source.id, error);
    return error.reason === "bad-value" ? { state: "gone" } : { state: "failed", failure: error };
  }
}
