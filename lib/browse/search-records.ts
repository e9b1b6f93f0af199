import "server-only";
import { z } from "zod";
import { record } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { recordPath, tablePath } from "@/lib/browse/addresses";
import { columnView } from "@/lib/browse/column-view";
import { listSearchable, type SearchableTable } from "@/lib/browse/list-searchable";
import { openTable } from "@/lib/browse/open-table";
import { readableCell } from "@/lib/browse/readable";
import { recordWords } from "@/lib/browse/record-view";
import {
  compileSearch,
  MOST_MATCHES,
  searchedBy,
  shownColumns,
  type SearchedColumn,
} from "@/lib/browse/search-query";
import { troubleOf } from "@/lib/browse/trouble";
import type { NotSearched, SearchAnswer, SearchHits } from "@/lib/browse/view";
import { ClearColumn } from "@/lib/catalog/clear-column";
import { openSource } from "@/lib/catalog/open-source";
import { readTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import { env } from "@/lib/env";
import { maskKeyring } from "@/lib/masking/keys";
import { SourceFailure } from "@/lib/source/failure";
import { findIndexes, type IndexedColumn } from "@/lib/source/find-indexes";
import { runSelect } from "@/lib/source/run-select";

export const searchSchema = z.object({
  term: z
    .string()
    .trim()
    .min(1, "Write what to look for.")
    .max(200, "This is too long.")
    .refine((term) => !term.includes("\0"), "This holds a sign that no text can hold."),
});

const MOST_TABLES = 120;
const lanes = 3;
const tableTimeoutMs = 2_000;
const wholeTimeoutMs = 8_000;

type Planned = { table: SearchableTable; searched: SearchedColumn[] };
type Looked = { hits: SearchHits | null } | { table: SearchableTable; why: string };

/**
 * Finds records of every source by a value, or the beginning of one, in clear columns that an index serves: law 5 lets
 * a search see nothing else, and no table is read from end to end. It says which tables it left out and why. The term
 * is in no address and not on record; that somebody searched is, and so is each table of which rows are shown.
 */
export async function searchRecords(
  ctx: Context,
  { term }: z.infer<typeof searchSchema>,
): Promise<SearchAnswer> {
  requirePermission(ctx, "browse");
  const signal = AbortSignal.timeout(wholeTimeoutMs);
  const { planned, left } = await plan(ctx, term, signal);
  const [wanted, rest] = [planned.slice(0, MOST_TABLES), planned.slice(MOST_TABLES)];
  await record(ctx, {
    code: "browse.searched",
    details: { tables: wanted.length, notSearched: left.length + rest.length },
  });
  const looked = await inLanes(wanted, async (one) => lookIn(ctx, one, signal));
  const beyond = rest.map(({ table }) => ({ table, why: `A search looks in ${MOST_TABLES} tables.` }));
  const failed = looked.flatMap((one) => ("why" in one ? [one] : []));
  return {
    tables: wanted.length - failed.length,
    hits: looked.flatMap((one) => ("hits" in one && one.hits !== null ? [one.hits] : [])),
    notSearched: grouped([...failed, ...beyond, ...left]),
  };
}

/** What to look for where, by source and name, and the tables that cannot be searched with this term. */
async function plan(
  ctx: Context,
  term: string,
  signal: AbortSignal,
): Promise<{ planned: Planned[]; left: { table: SearchableTable; why: string }[] }> {
  const tables = await listSearchable(ctx);
  const planned: Planned[] = [];
  const left: { table: SearchableTable; why: string }[] = [];
  for (const sourceId of new Set(tables.map(({ source }) => source.id))) {
    const own = tables.filter(({ source }) => source.id === sourceId);
    const indexed = await indexesOf(ctx, sourceId, signal);
    for (const table of own) {
      if (typeof indexed === "string") left.push({ table, why: indexed });
      else if (!table.hasKey) left.push({ table, why: "Nothing names a record of it for good." });
      else {
        const served = indexed.filter((one) => one.schema === table.schema && one.table === table.name);
        const searched = table.clear.flatMap((column) => {
          const by = served.find((one) => one.column === column.name);
          return (by && searchedBy(column, by, term)) ?? [];
        });
        if (searched.length > 0) planned.push({ table, searched });
        else left.push({ table, why: "No index over a clear column can find such a value." });
      }
    }
  }
  return { planned, left };
}

async function indexesOf(
  ctx: Context,
  sourceId: string,
  signal: AbortSignal,
): Promise<IndexedColumn[] | string> {
  try {
    const pool = await openSource(ctx.db, { id: sourceId });
    return await findIndexes(pool, { timeoutMs: tableTimeoutMs, signal });
  } catch (error) {
    return whyOf(error);
  }
}

async function lookIn(
  ctx: Context,
  { table: known, searched }: Planned,
  signal: AbortSignal,
): Promise<Looked> {
  try {
    const table = await readTable(ctx, { tableId: known.id });
    // Masked since a moment ago: not by what it was then.
    const still = searched.filter(({ column: { id } }) =>
      table.columns.some((column) => column.id === id && ClearColumn.of(column) !== null),
    );
    const columns = shownColumns(table, still);
    const keyring = maskKeyring(env().rootKey, table.source);
    const statement = still.length === 0 ? null : compileSearch(table, still, columns, keyring);
    if (statement === null) return { hits: null };
    const pool = await openSource(ctx.db, table.source);
    const rows = await runSelect(pool, statement, { timeoutMs: tableTimeoutMs, signal });
    if (rows.length === 0) return { hits: null };
    await openTable(ctx, table);
    return { hits: hitsOf(table, columns, rows) };
  } catch (error) {
    return { table: known, why: whyOf(error) };
  }
}

function hitsOf(
  table: CatalogTable,
  columns: CatalogTable["columns"],
  rows: readonly (readonly (string | null)[])[],
): SearchHits {
  const matches = Number(rows[0]?.[1] ?? 0);
  return {
    table: { name: table.name, source: table.source.name, href: tablePath(table) },
    columns: columns.map(columnView),
    matches: matches > MOST_MATCHES ? null : matches,
    // Which of so many came first is the plan's doing, and the plan knows how wide rows are: none is shown.
    records: (matches > MOST_MATCHES ? [] : rows).flatMap(([handle, , ...cells]) =>
      handle == null
        ? []
        : [
            {
              label: recordWords(handle),
              href: recordPath(table, handle),
              cells: cells.map((text, at) => {
                const column = columns[at];
                const isClear = column?.shown.mask.method === "clear";
                return text !== null && isClear ? readableCell(text, column.type.category) : text;
              }),
            },
          ],
    ),
  };
}

function whyOf(error: unknown): string {
  if (!(error instanceof SourceFailure)) throw error;
  return `${troubleOf(error.reason).what}.`;
}

const mostNames = 100;

function grouped(left: readonly { table: SearchableTable; why: string }[]): NotSearched[] {
  return [...new Set(left.map(({ why }) => why))].map((why) => {
    const tables = left.filter((one) => one.why === why).map(({ table }) => table);
    const names = tables.map(({ source, schema, name }) => `${source.name} · ${schema}.${name}`);
    return { why, count: names.length, names: names.slice(0, mostNames) };
  });
}

/** A few at a time, in their order: a search must leave connections to whoever browses. */
async function inLanes<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [at, item] of waiting) results[at] = await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
