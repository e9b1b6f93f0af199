import "server-only";
import { record, recorded } from "@/lib/audit/recorded";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { countTry } from "@/lib/auth/try-budget";
import { readPage, type PageRows } from "@/lib/browse/read-page";
import type { Position } from "@/lib/browse/row-order";
import { firstPageOf } from "@/lib/browse/table-query";
import type { TableState } from "@/lib/browse/table-state";
import { openSource } from "@/lib/catalog/open-source";
import { rescanAfterDrift } from "@/lib/catalog/rescan-after-drift";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import type { CatalogTable } from "@/lib/catalog/table";
import { env } from "@/lib/env";
import { holdNoStop, refuseStopped } from "@/lib/grants/hold-no-stop";
import { SourceFailure } from "@/lib/source/failure";

export type ExportFormat = "csv" | "ndjson";

/** Rows in batches, in the order of the columns: the texts that the page would show, masked as there. */
export type ExportedRows = AsyncGenerator<readonly (readonly (string | null)[])[]>;

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
 */
export async function exportTable(
  ctx: Context,
  table: CatalogTable,
  state: TableState,
  format: ExportFormat,
): Promise<ExportedRows> {
  const about = aboutExport(table, state, format);
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "browse");
    await holdNoStop(tx, { personId: ctx.actor.personId, sourceId: table.source.id });
    await countTry(tx, ["exports of person", ctx.actor.personId], perPerson);
    return { result: undefined, event: { ...about, code: "browse.exported" } };
  });
  const first = await readBatch(ctx, table, state, null).catch(async (error: unknown) => {
    if (error instanceof SourceFailure) await rescanAfterDrift(table.source.id, error);
    throw sourceRefusal(error);
  });
  return allBatches(ctx, table, state, first, about);
}

async function* allBatches(
  ctx: Context,
  table: CatalogTable,
  state: TableState,
  first: PageRows,
  about: Pick<AuditEvent, "resource" | "details">,
): ExportedRows {
  const ended = new AbortController();
  let rows = 0;
  try {
    for (let page: PageRows | undefined = first; page !== undefined;) {
      const batch = page.rows.slice(0, MOST_EXPORTED - rows);
      rows += batch.length;
      const isLast: boolean = page.after === null || rows >= MOST_EXPORTED;
      // The source masks the next batch while this one is written: one more in memory, and never more than one.
      const next: Promise<PageRows> | undefined = isLast
        ? undefined
        : readBatch(ctx, table, state, page.after, ended.signal);
      // It is waited for below, unless the download is stopped: then nobody does.
      next?.catch(() => undefined);
      yield batch.map(({ cells }) => cells);
      page = await next;
    }
  } finally {
    ended.abort("over");
    await record(ctx, { ...about, code: "browse.export_ended", details: { ...about.details, rows } });
  }
}

async function readBatch(
  ctx: Context,
  table: CatalogTable,
  state: TableState,
  from: Position | null,
  signal?: AbortSignal,
): Promise<PageRows> {
  const query = { ...firstPageOf(env().rootKey, table, state, batchRows), from };
  await refuseStopped(ctx.db, { personId: ctx.actor.personId, sourceId: table.source.id });
  // Looked up for each batch: a source may be removed, or connected otherwise, while somebody downloads.
  const pool = await openSource(ctx.db, { id: table.source.id });
  return readPage(pool, query, { timeoutMs: batchTimeoutMs, ...(signal && { signal }) });
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
