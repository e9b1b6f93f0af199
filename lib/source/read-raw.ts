import "server-only";
import { Coverage } from "@/lib/grants/coverage";
import { Sealed } from "@/lib/grants/sealed";
import { SourceFailure } from "@/lib/source/failure";
import type { SourcePool } from "@/lib/source/pool";
import { rawQuery, type RawTable } from "@/lib/source/raw-query";
import { runSelect } from "@/lib/source/run-select";

/**
 * Reads the raw values of the cells that a coverage opens: the one function that does (law 2). Each comes
 * sealed; a record that is gone from the source has no cells. Throws a `SourceFailure` and no other error.
 */
export async function readRaw(
  pool: SourcePool,
  coverage: Coverage,
  table: RawTable,
  signal?: AbortSignal,
): Promise<Sealed[]> {
  Coverage.assertGenuine(coverage);
  if (coverage.tableId !== table.id) throw new SourceFailure("table-gone");
  const query = rawQuery(table, coverage.records, coverage.fields);
  if (query === null) throw new SourceFailure("column-gone");
  // No longer than the grant lives: a value that comes later must not be shown anyway (law 4).
  const timeoutMs = Math.max(1, Math.min(coverage.msLeft, 15_000));
  const rows = await runSelect(pool, query, { timeoutMs, ...(signal === undefined ? {} : { signal }) });
  const wanted = new Set(coverage.records);
  return rows.flatMap(([record, ...values]) =>
    typeof record === "string" && wanted.has(record)
      ? coverage.fields.map(({ columnId }, index) => new Sealed({ record, columnId }, values[index] ?? null))
      : [],
  );
}
