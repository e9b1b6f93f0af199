import "server-only";
import {
  compilePage,
  compilePlacePage,
  LEADING,
  type PageQuery,
  type PageStatement,
} from "@/lib/browse/page-query";
import { offsetWindow } from "@/lib/browse/page-ranges";
import { MOST_OFFSET } from "@/lib/browse/page-size";
import { openPlace, sealPlace } from "@/lib/browse/place-seal";
import { placeWindows } from "@/lib/browse/place-windows";
import type { Position } from "@/lib/browse/row-order";
import { parseHandle } from "@/lib/catalog/record-handle";
import { SqlSink } from "@/lib/masking/sql";
import { SourceFailure } from "@/lib/source/failure";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect, type SelectLimits, type TextRows } from "@/lib/source/run-select";

/** A row as the page shows it: its handle (null when it has none), and its columns as text under their masks. */
export type PageRow = { readonly handle: string | null; readonly cells: readonly (string | null)[] };

/** Rows in their order; `before` and `after` are null where nothing is, or where no address can lead. */
export type PageRows = {
  readonly rows: readonly PageRow[];
  readonly before: Position | null;
  readonly after: Position | null;
  readonly hasBefore: boolean;
  /** Whether these are not all rows that match. */
  readonly hasMore: boolean;
};

type Found = { row: PageRow; position: Position | null };

/** Reads one page of a table. Throws a `SourceFailure` when the source does not give it. */
export async function readPage(pool: SourcePool, wanted: PageQuery, limits: SelectLimits): Promise<PageRows> {
  const query = { ...wanted, from: opened(wanted) };
  if (query.order.by === "offset") return readByOffset(pool, query, limits);
  const byPlace = query.order.by === "place" && query.order.sort === null;
  const found = byPlace ? await readByPlace(pool, query, limits) : await readRanges(pool, query, limits);
  const hasMore = found.length > query.size;
  const page = found.slice(0, query.size);
  if (query.backward) page.reverse();
  const hasBefore = query.backward ? hasMore : query.from !== null;
  const hasAfter = query.backward ? query.from !== null : hasMore;
  return {
    rows: page.map(({ row }) => row),
    before: hasBefore ? (page[0]?.position ?? null) : null,
    after: hasAfter ? (page.at(-1)?.position ?? null) : null,
    hasBefore,
    hasMore: hasBefore || hasAfter,
  };
}

async function readRanges(pool: SourcePool, query: PageQuery, limits: SelectLimits): Promise<Found[]> {
  const found: Found[] = [];
  for (const statement of compilePage(query)) {
    const rows = await runSelect(pool, statement.fragment, limits);
    found.push(...rows.map((row) => readRow(query, statement, row)));
    if (found.length > query.size) break;
  }
  return found;
}

async function readByPlace(pool: SourcePool, query: PageQuery, limits: SelectLimits): Promise<Found[]> {
  const blocks = await countBlocks(pool, query, limits);
  const found: Found[] = [];
  for (const window of placeWindows(blocks, query.from?.key[0] ?? null, query.backward)) {
    const rows = await runSelect(pool, compilePlacePage(query, window), limits);
    found.push(...rows.map((row) => readRow(query, { sortIsNull: false }, row)));
    if (found.length > query.size) break;
  }
  return found;
}

async function countBlocks(pool: SourcePool, { table }: PageQuery, limits: SelectLimits): Promise<number> {
  const sink = new SqlSink();
  const [schema, name] = [sink.bind(table.schema, "text"), sink.bind(table.name, "text")];
  // By its id: who reads views alone may not name the table itself.
  const statement = sink.statement(`
    SELECT pg_catalog.pg_relation_size(c.oid) / current_setting('block_size')::bigint
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ${schema} AND c.relname = ${name}`);
  const rows: TextRows = await runSelect(pool, statement, limits);
  return Number(rows[0]?.[0] ?? 0);
}

function readRow(
  query: PageQuery,
  { sortIsNull }: Pick<PageStatement, "sortIsNull">,
  values: TextRows[number],
): Found {
  const [handle = null, sort = null, place = null] = values;
  const key = query.order.by === "place" ? keyOfPlace(query, place) : keyOfHandle(query, handle);
  // A sort value that did not come although there is one is too long for an address.
  const isKnown = query.order.sort === null || sortIsNull || sort !== null;
  return {
    row: { handle, cells: values.slice(LEADING) },
    position: key !== null && isKnown ? { sort, key } : null,
  };
}

/** The place of a row, sealed, for no position leaves this file without. */
function keyOfPlace({ placeKey }: PageQuery, place: string | null): string[] | null {
  const sealed = place === null ? null : sealPlace(placeKey, place);
  return sealed === null ? null : [sealed];
}

/** The position a page begins at, its place opened; what nobody sealed is a value that the source cannot have. */
function opened({ order, from, placeKey }: PageQuery): Position | null {
  if (from === null || order.by !== "place") return from;
  const place = openPlace(placeKey, from.key[0] ?? "");
  if (place === null) throw new SourceFailure("bad-value");
  return { ...from, key: [place] };
}

/** The key values of a row, but for the one that is the sort itself. */
function keyOfHandle({ order }: PageQuery, handle: string | null): string[] | null {
  const parsed = handle === null ? null : parseHandle(handle);
  if (parsed?.kind !== "values" || order.by !== "key") return null;
  return parsed.values.filter((_, index) => order.key[index]?.name !== order.sort?.column.name);
}

async function readByOffset(pool: SourcePool, query: PageQuery, limits: SelectLimits): Promise<PageRows> {
  const [statement] = compilePage(query);
  const { offset } = offsetWindow(query);
  const values = statement === undefined ? [] : await runSelect(pool, statement.fragment, limits);
  const end = offset + Math.min(values.length, query.size);
  const at = (row: number): Position => ({ sort: null, key: [String(row)] });
  const hasAfter = query.backward || values.length > query.size;
  return {
    rows: values.slice(0, query.size).map((row) => readRow(query, { sortIsNull: false }, row).row),
    before: offset > 0 ? at(offset) : null,
    after: hasAfter && end <= MOST_OFFSET ? at(end) : null,
    hasBefore: offset > 0,
    hasMore: offset > 0 || hasAfter,
  };
}
