import "server-only";
import { follow } from "@/lib/browse/related";
import { readPage } from "@/lib/browse/read-page";
import { parseTableState } from "@/lib/browse/table-state";
import { firstPageOf } from "@/lib/browse/table-query";
import { openSource } from "@/lib/catalog/open-source";
import { parseHandle } from "@/lib/catalog/record-handle";
import { findTable } from "@/lib/catalog/read-table";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import { keyOf, type CatalogTable, type TableLink } from "@/lib/catalog/table";
import type { ReadDatabase } from "@/lib/db/control-database";
import { env } from "@/lib/env";
import { MOST_RECORDS } from "@/lib/erasure/subject";

/** A record with its table, and by which foreign key it was found; null for the one that was asked about. */
export type RelatedRecord = { table: CatalogTable; handle: string; by: string | null };

/** The records that belong to one, itself first; `notFollowed` says in words which foreign keys lead nowhere. */
export type Related = { records: RelatedRecord[]; notFollowed: string[]; hasMore: boolean };

const DEEPEST = 3;
const timeoutMs = 5_000;
/** All questions together: each of 500 records may be asked about by every key. */
const wholeMs = 20_000;

/**
 * The records that refer to a record by foreign keys of the catalogue, and those that refer to them, three keys deep and
 * at most 500, as far as 20 seconds go. Only keys that are clear at both ends are followed (law 5), and only names of
 * records come back. Its caller has put on record that it asks.
 */
export async function relatedRecords(
  db: ReadDatabase,
  table: CatalogTable,
  handle: string,
): Promise<Related> {
  const found: Related = { records: [{ table, handle, by: null }], notFollowed: [], hasMore: false };
  const seen = new Set([`${table.id}/${handle}`]);
  let last = found.records;
  const until = performance.now() + wholeMs;
  for (let depth = 0; depth < DEEPEST && last.length > 0; depth += 1) {
    const next: RelatedRecord[] = [];
    for (const record of last)
      for (const link of record.table.referredBy) {
        if (performance.now() > until) {
          found.hasMore = true;
          break;
        }
        const step = await stepTo(db, record, link, MOST_RECORDS - found.records.length - next.length);
        if (step.why !== null) found.notFollowed.push(step.why);
        if (step.hasMore) found.hasMore = true;
        for (const one of step.records) {
          const name = `${one.table.id}/${one.handle}`;
          if (!seen.has(name)) next.push(one);
          seen.add(name);
        }
      }
    found.records = [...found.records, ...next];
    last = next;
  }
  return { ...found, notFollowed: [...new Set(found.notFollowed)] };
}

type Step = { records: RelatedRecord[]; why: string | null; hasMore: boolean };

async function stepTo(
  db: ReadDatabase,
  { table, handle }: RelatedRecord,
  link: TableLink,
  room: number,
): Promise<Step> {
  const name = `${link.other.schema}.${link.other.name}`;
  const none = (why: string | null, hasMore = false): Step => ({ records: [], why, hasMore });
  if (room <= 0) return none(null, true);
  const other = await findTable(db, { tableId: link.other.tableId });
  if (!other || other.gone) return none(null);
  const followed = follow(table, keyCells(table, handle), link, other);
  if (!followed.ok) return none(`${name}: ${followed.why}`);
  if (keyOf(other) === null) return none(`${name}: its records have no key that names them.`);
  const state = { ...parseTableState(other, {}), filters: followed.filters, columns: [] };
  try {
    const pool = await openSource(db, other.source);
    const page = await readPage(pool, firstPageOf(env().rootKey, other, state, room), { timeoutMs });
    return {
      records: page.rows.flatMap((row) =>
        row.handle === null
          ? []
          : [{ table: other, handle: row.handle, by: `${name}.${link.otherColumns.join(", ")}` }],
      ),
      why: null,
      hasMore: page.hasMore,
    };
  } catch (error) {
    throw sourceRefusal(error);
  }
}

/** The cells of a record as far as its clear key tells them. */
function keyCells(table: CatalogTable, handle: string): (string | null)[] {
  const key = parseHandle(handle);
  const values = key?.kind === "values" ? key.values : [];
  return table.columns.map(({ name }) => values[table.keyColumns.indexOf(name)] ?? null);
}
