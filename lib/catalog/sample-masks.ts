import "server-only";
import type { Context } from "@/lib/auth/context";
import { maskChoices } from "@/lib/catalog/mask-choices";
import { openSource } from "@/lib/catalog/open-source";
import { listPaths } from "@/lib/catalog/list-paths";
import { personColumn, proposedIn } from "@/lib/catalog/person-column";
import { readClasses } from "@/lib/catalog/read-classes";
import { readTable } from "@/lib/catalog/read-table";
import { chosenFor, shiftsOf } from "@/lib/catalog/review";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import { readRates } from "@/lib/catalog/column-rates";
import { type ColumnRates, weakness } from "@/lib/catalog/weakness";
import { compileUnchanged } from "@/lib/catalog/unchanged";
import type { MaskSample, Samples } from "@/lib/catalog/view";
import { env } from "@/lib/env";
import { compileProjection } from "@/lib/masking/compile";
import { maskKeyring } from "@/lib/masking/keys";
import { isRead, kindOf, type Mask, maskKey } from "@/lib/masking/mask";
import { quoteTable, SqlSink, type SqlFragment } from "@/lib/masking/sql";
import { Refusal } from "@/lib/refusal";
import { SourceFailure } from "@/lib/source/failure";
import { runSelect, type TextRows } from "@/lib/source/run-select";

const rowsLookedAt = 60;
const textsShown = 3;

/** A column under a mask that somebody considers for it. */
type Considered = { column: CatalogColumn; classId: string; mask: Mask };

/**
 * What each column of a table would show under the mask that is chosen for it, from a few rows of the source, masked
 * there as on every page. `clear` is never sampled, nor what leaves most of a value: a steward sees no raw value either.
 */
export async function sampleTable(ctx: Context, tableId: string): Promise<Samples> {
  const table = await readTable(ctx, { tableId }, "catalog");
  const classes = await readClasses(ctx.db);
  const person = personColumn(table);
  const considered = table.columns.flatMap((column) => {
    const { classId, mask } = chosenFor(column, classes, person);
    return mask === null ? [] : [{ column, classId, mask }];
  });
  return sample(ctx, table, considered);
}

/** What one column would show under every mask that is offered for it as a member of a class. */
export async function sampleColumn(
  ctx: Context,
  { tableId, columnId, classId }: { tableId: string; columnId: string; classId: string },
): Promise<Samples> {
  const table = await readTable(ctx, { tableId }, "catalog");
  const column = table.columns.find(({ id }) => id === columnId);
  if (!column) throw new Refusal("not-found");
  const chosen = column.lastMask === null ? [column.mask] : [column.mask, column.lastMask];
  const book = await readClasses(ctx.db);
  const kept = new Set([...chosen, proposedIn(personColumn(table), classId, column.type, book)].map(maskKey));
  const considered = maskChoices(column.type, book, [...chosen, ...shiftsOf(table)])
    .filter(({ key, classes }) => classes === null || classes.includes(classId) || kept.has(key))
    .map(({ mask }) => ({
      column,
      classId,
      mask,
    }));
  const [samples, paths] = await Promise.all([
    sample(ctx, table, considered),
    column.type.category === "json" && column.readable && !column.gone
      ? listPaths(ctx, table, column, book)
      : null,
  ]);
  return paths === null ? samples : { ...samples, paths: { [column.id]: paths } };
}

async function sample(ctx: Context, table: CatalogTable, all: readonly Considered[]): Promise<Samples> {
  // Its views hold the masks that are confirmed, and no others.
  if (table.source.hardened) return { columns: {}, failed: noPreviews };
  const considered = all.filter(({ column, mask }) => !column.gone && column.readable && isSampled(mask));
  if (considered.length === 0 || table.gone) return { columns: {}, failed: null };
  try {
    const pool = await openSource(ctx.db, table.source);
    const [rows, rates] = await Promise.all([
      runSelect(pool, selectSamples(table, considered), { timeoutMs: 5_000 }),
      readRates(pool, table),
    ]);
    return { columns: samplesOf(considered, rows, rates), failed: null };
  } catch (error) {
    if (error instanceof SourceFailure) return { columns: {}, failed: error.message };
    throw error;
  }
}

const noPreviews = "The database of this source masks, so that there are no examples of other masks.";

/** Hidden and redacted columns are not read at all, and the page knows how they look. */
const isSampled = (mask: Mask) => isRead(mask) && mask.method !== "clear";

const redacted: Mask = { method: "redact" };
const isWithheld = (mask: Mask) => kindOf(mask)?.withheld?.(mask) === true;

function selectSamples(table: CatalogTable, considered: readonly Considered[]): SqlFragment {
  const sink = new SqlSink();
  const keys = maskKeyring(env().rootKey, table.source);
  const columns = considered.map(({ column, classId, mask }) => ({
    name: column.name,
    type: column.type,
    mask: isWithheld(mask) ? redacted : mask,
    scope: classId,
  }));
  const list = compileProjection(columns, keys, sink);
  const unchanged = compileUnchanged(
    table,
    considered.map(({ column }) => column),
    sink,
  );
  const from = quoteTable(table.schema, table.name);
  return sink.statement(`SELECT ${list} FROM ${from} WHERE ${unchanged} LIMIT ${rowsLookedAt}`);
}

function samplesOf(
  considered: readonly Considered[],
  rows: TextRows,
  rates: ReadonlyMap<string, ColumnRates>,
): Samples["columns"] {
  const columns: Record<string, { classId: string; byMask: Record<string, MaskSample> }> = {};
  considered.forEach(({ column, classId, mask }, at) => {
    const own = (columns[column.id] ??= { classId, byMask: {} });
    const withheld = isWithheld(mask);
    own.byMask[maskKey(mask)] = {
      texts: withheld ? [] : firstTexts(rows, at),
      withheld,
      weakness: weakness(mask, rates.get(column.name) ?? unknown),
    };
  });
  return columns;
}

const unknown: ColumnRates = { distinct: null, width: null };

/** The first few different texts: the same dots over and over would tell nothing. */
function firstTexts(rows: TextRows, at: number): string[] {
  const texts = new Set<string>();
  for (const row of rows) {
    const text = row[at];
    if (text !== null && text !== undefined) texts.add(text);
    if (texts.size === textsShown) break;
  }
  return [...texts];
}
