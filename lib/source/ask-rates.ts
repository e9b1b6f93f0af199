import "server-only";
import type { SourceColumn, SourceSchema, SourceTable } from "@/lib/catalog/source-schema";
import { columnsToAsk, type SchemaRates, tableKey } from "@/lib/discovery/discover";
import { questionsFor } from "@/lib/discovery/values/question";
import { type ColumnRates, readRates } from "@/lib/discovery/values/rates";
import { SourceFailure } from "@/lib/source/failure";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";

/** How long the statement about one table may take, and all those about a wide one; a slower one is told by its name. */
const statementMs = 8_000;
const tableMs = 30_000;
const atOnce = 2;
/** How long all of them may take together where nobody goes on later; what is left then is told by its name. */
const allMs = 60_000;

/**
 * Asks a source what its values look like: a statement a table over a sample, in which every value stays where it is
 * and rates come back (law 2). Tables that cannot be read are left out.
 */
export async function askRates(pool: SourcePool, schema: SourceSchema): Promise<SchemaRates> {
  const found = new Map<string, ReadonlyMap<string, ColumnRates>>();
  const asked = columnsToAsk(schema);
  const waiting = schema.tables.filter((table) => table.selectable);
  const until = performance.now() + allMs;
  const work = async () => {
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      if (performance.now() > until) return;
      const columns = await askTable(pool, table, asked(table));
      if (columns.size > 0) found.set(tableKey(table), columns);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}

/**
 * Asks for the rates of some columns of one table, within half a minute; columns that cannot be read in time are left
 * out. Throws where nothing more can be asked: a source that is gone, or a caller who is.
 */
export async function askTable(
  pool: SourcePool,
  table: SourceTable,
  columns: SourceColumn[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ColumnRates>> {
  const found = new Map<string, ColumnRates>();
  const until = performance.now() + tableMs;
  for (const question of questionsFor(table, columns)) {
    const msLeft = Math.ceil(until - performance.now());
    if (msLeft <= 0) break;
    const limits = {
      timeoutMs: Math.min(statementMs, msLeft),
      ...(signal === undefined ? {} : { signal }),
    };
    for (const [name, rates] of (await askOne(pool, question, limits)) ?? []) found.set(name, rates);
  }
  return found;
}

async function askOne(
  pool: SourcePool,
  question: ReturnType<typeof questionsFor>[number],
  limits: { timeoutMs: number; signal?: AbortSignal },
): Promise<Map<string, ColumnRates> | null> {
  try {
    return readRates(question, await runSelect(pool, question.fragment, limits));
  } catch (error) {
    // One table that fails is one table.
    if (
      error instanceof SourceFailure &&
      !["unreachable", "cancelled", "too-many-connections"].includes(error.reason)
    )
      return null;
    throw error;
  }
}
