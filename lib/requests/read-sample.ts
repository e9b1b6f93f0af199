import "server-only";
import type { Context } from "@/lib/auth/context";
import { openSource } from "@/lib/catalog/open-source";
import { projectedColumn, tableHandle, type TableHandle } from "@/lib/catalog/projection";
import { compileAsSeen, compileName, compileNamed, fromTable } from "@/lib/catalog/read-from";
import { parseHandle } from "@/lib/catalog/record-handle";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import { columnsRead } from "@/lib/catalog/unchanged";
import { env } from "@/lib/env";
import { compileProjection } from "@/lib/masking/compile";
import { maskKeyring, type MaskKeyring } from "@/lib/masking/keys";
import { SqlSink } from "@/lib/masking/sql";
import { recordLabel } from "@/lib/requests/record-label";
import type { Sample, SampleCell } from "@/lib/requests/view";
import { SourceFailure } from "@/lib/source/failure";
import { runSelect, type TextRows } from "@/lib/source/run-select";

const FIRST_RECORDS = 5;
const MOST_CONTEXT_COLUMNS = 3;
const TIMEOUT_MS = 4_000;

/**
 * The first records of a request, masked as on the page of their table: whoever decides, or is about to ask, sees
 * no more of them than anybody who browses (law 1). The caller has checked that its person may look.
 */
export async function readSample(
  ctx: Context,
  table: CatalogTable,
  asked: { records: readonly string[]; columnIds: readonly string[] },
  most = FIRST_RECORDS,
): Promise<Sample> {
  const keyring = maskKeyring(env().rootKey, table.source);
  const handle = tableHandle(table, keyring);
  if (table.gone || handle === null)
    return { ok: false, words: "The table is no longer in the source, or has lost its key." };
  const columns = sampleColumns(table, asked.columnIds);
  const wanted = asked.records.slice(0, most);
  try {
    const pool = await openSource(ctx.db, table.source);
    const fragment = sampleSelect(table, handle, columns, wanted, keyring);
    const rows = await runSelect(pool, fragment, { timeoutMs: TIMEOUT_MS });
    return {
      ok: true,
      columns: columns.map(({ id, name }) => ({ columnId: id, name, asked: asked.columnIds.includes(id) })),
      records: wanted.map((record) => ({
        handle: record,
        label: recordLabel(record),
        cells: cellsOf(rows, record, columns),
      })),
      more: asked.records.length - wanted.length,
    };
  } catch (error) {
    if (error instanceof SourceFailure) return { ok: false, words: error.message };
    throw error;
  }
}

/** The asked fields, and after them a few clear columns by which a person knows the record. */
function sampleColumns(table: CatalogTable, askedIds: readonly string[]): CatalogColumn[] {
  const asked = table.columns.filter((column) => askedIds.includes(column.id));
  const context = table.columns.filter(
    (column) =>
      column.shown.mask.method === "clear" &&
      column.readable &&
      !table.keyColumns.includes(column.name) &&
      !asked.includes(column),
  );
  return [...asked, ...context.slice(0, MOST_CONTEXT_COLUMNS)];
}

function sampleSelect(
  table: CatalogTable,
  handle: TableHandle,
  columns: readonly CatalogColumn[],
  records: readonly string[],
  keyring: MaskKeyring,
) {
  const sink = new SqlSink();
  const keys = records.map(parseHandle).filter((key) => key !== null);
  const named = compileName(table, handle, sink);
  const projection = compileProjection(
    columns.map((column) => projectedColumn(table, column)),
    keyring,
    sink,
  );
  const match = compileNamed(table, handle, keys, sink);
  const unchanged = compileAsSeen(table, columnsRead(table), sink);
  return sink.statement(
    `SELECT ${named} AS "glimpse handle", ${projection} FROM ${fromTable(table)} WHERE ${unchanged} AND ${match} LIMIT ${records.length}`,
  );
}

function cellsOf(rows: TextRows, record: string, columns: readonly CatalogColumn[]): SampleCell[] {
  const row = rows.find(([handle]) => handle === record);
  if (!row) return [];
  return columns.map((column, index) => {
    const { method } = column.shown.mask;
    const shown = method === "clear" || method === "hidden" ? method : "masked";
    return { text: row[index + 1] ?? null, shown };
  });
}
