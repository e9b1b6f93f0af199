import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { countTry } from "@/lib/auth/try-budget";
import { estimateTotal } from "@/lib/browse/estimate-total";
import { readPage, type PageRows } from "@/lib/browse/read-page";
import type { Position } from "@/lib/browse/row-order";
import { firstPageOf } from "@/lib/browse/table-query";
import type { TableState } from "@/lib/browse/table-state";
import { openSource } from "@/lib/catalog/open-source";
import { rescanAfterDrift } from "@/lib/catalog/rescan-after-drift";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import type { CatalogTable } from "@/lib/catalog/table";
import type { Download } from "@/lib/downloads/download";
import type { Batches } from "@/lib/downloads/leaving";
import { startDownload } from "@/lib/downloads/start-download";
import { env } from "@/lib/env";
import { holdNoStop, refuseStopped } from "@/lib/grants/hold-no-stop";
import { readAhead } from "@/lib/read-ahead";
import { SourceFailure } from "@/lib/source/failure";

export type ExportFormat = "csv" | "ndjson";

/** Rows in batches, in the order of the columns: the texts that the page would show, masked as there. */
export type ExportedRows = Batches<readonly (readonly (string | null)[])[]>;

const batchRows = 5_000;
/** No export goes on for ever; a page says so. */
export const MOST_EXPORTED = 1_000_000;
const batchTimeoutMs = 20_000;
const perPerson = { most: 60, windowSeconds: 3_600, refusal: "exports-spent" } as const;

/**
 * The rows of a table as its page shows them, all pages of them: the same projection in the source, the same filters,
 * order and columns. Each batch is a page by keyset, read while the one before is written: no connection is held while
 * somebody downloads slowly. On record before the first row is read, and again with the number of rows at its end.
 * Refuses when the first batch cannot be read; a later failure breaks the download, and so does a stop by an admin.
 * `gone` says that nobody waits for the first batch any more.
 */
export async function exportTable(
  ctx: Context,
  table: CatalogTable,
  state: TableState,
  format: ExportFormat,
  gone?: AbortSignal,
): Promise<ExportedRows> {
  const download = await startDownload(ctx, {
    title: `${table.schema}.${table.name}`,
    format,
    permission: "browse",
    sourceId: table.source.id,
    ended: "browse.export_ended",
    begin: async (tx) => {
      await holdNoStop(tx, { personId: ctx.actor.personId, sourceId: table.source.id });
      await countTry(tx, ["exports of person", ctx.actor.personId], perPerson);
      return { ...aboutExport(table, state, format), code: "browse.exported" };
    },
  });
  const first = await download.make(() => firstBatch(download, table, state), gone);
  return download.leaving(allBatches(download, table, state, first));
}

async function firstBatch(download: Download, table: CatalogTable, state: TableState): Promise<PageRows> {
  try {
    return await readBatch(download, table, state, null);
  } catch (error) {
    if (error instanceof SourceFailure) await rescanAfterDrift(table.source.id, error);
    throw sourceRefusal(error);
  }
}

async function* allBatches(
  download: Download,
  table: CatalogTable,
  state: TableState,
  first: PageRows,
): AsyncGenerator<readonly PageRows["rows"][number]["cells"][]> {
  // As the page has it, and no better: how many there are is not counted. It comes when it comes.
  let about: number | null = null;
  void estimateTotal(download.ctx, table, state.filters).then(
    (estimate) => (about = estimate),
    () => undefined,
  );
  let rows = 0;
  for await (const page of readAhead(pagesFrom(first, download, table, state))) {
    const batch = page.rows.slice(0, MOST_EXPORTED - rows);
    rows += batch.length;
    download.count(batch.length, shareOf(rows, about));
    yield batch.map(({ cells }) => cells);
  }
}

async function* pagesFrom(
  first: PageRows,
  download: Download,
  table: CatalogTable,
  state: TableState,
): AsyncGenerator<PageRows> {
  let rows = 0;
  for (let page = first; ; page = await readBatch(download, table, state, page.after)) {
    yield page;
    rows += page.rows.length;
    if (page.after === null || rows >= MOST_EXPORTED) return;
  }
}

/** How much of the way is behind: an estimate is no total, and what goes beyond it is not the end. */
const shareOf = (rows: number, about: number | null) =>
  about === null ? undefined : Math.min(0.99, rows / Math.max(1, Math.min(about, MOST_EXPORTED)));

async function readBatch(
  { ctx, signal }: Download,
  table: CatalogTable,
  state: TableState,
  from: Position | null,
): Promise<PageRows> {
  const query = { ...firstPageOf(env().rootKey, table, state, batchRows), from };
  await refuseStopped(ctx.db, { personId: ctx.actor.personId, sourceId: table.source.id });
  // Looked up for each batch: a source may be removed, or connected otherwise, while somebody downloads.
  const pool = await openSource(ctx.db, { id: table.source.id });
  return readPage(pool, query, { timeoutMs: batchTimeoutMs, signal });
}

function aboutExport(
  table: CatalogTable,
  state: TableState,
  format: ExportFormat,
): Pick<AuditEvent, "resource" | "details"> {
  return {
    resource: {
      sourceId: table.source.id,
      source: table.source.name,
      tableId: table.id,
      table: `${table.schema}.${table.name}`,
      fields: state.columns.map(({ name }) => name),
    },
    details: { format, filters: state.filters.length },
  };
}
