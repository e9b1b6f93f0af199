import "server-only";
import type { SourceSchema, SourceTable } from "@/lib/catalog/source-schema";
import { columnsToAsk, type SchemaRates, tableKey } from "@/lib/discovery/discover";
import { questionsFor } from "@/lib/discovery/values/question";
import { type ColumnRates, readRates } from "@/lib/discovery/values/rates";
import { SourceFailure } from "@/lib/source/failure";
import type { SourcePool } from "@/lib/source/pool";
import { runSelect } from "@/lib/source/run-select";

/** How long the statement about one table may take; a view that is slower than that is told by its name. */
const tableMs = 8_000;
const atOnce = 2;
/** How long all of them may take together; what is left then is told by its name until the next scan. */
const allMs = 60_000;

/**
 * Asks a source what its values look like: a statement a table over a sample, in which every value stays where it is
 * and rates come back (law 2). Tables that cannot be read are left out. `only` names the tables to ask.
 */
export async function askRates(
  pool: SourcePool,
  schema: SourceSchema,
  only: (table: SourceTable) => boolean = () => true,
  signal?: AbortSignal,
): Promise<SchemaRates> {
  const found = new Map<string, ReadonlyMap<string, ColumnRates>>();
  const asked = columnsToAsk(schema);
  const waiting = schema.tables.filter((table) => table.selectable && only(table));
  const until = performance.now() + allMs;
  const work = async () => {
    for (let table = waiting.shift(); table !== undefined; table = waiting.shift()) {
      if (performance.now() > until) return;
      const columns = new Map<string, ColumnRates>();
      for (const question of questionsFor(table, asked(table))) {
        const rates = await askOne(pool, question, signal);
        for (const [name, one] of rates ?? []) columns.set(name, one);
      }
      if (columns.size > 0) found.set(tableKey(table), columns);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return found;
}

async function askOne(
  pool: SourcePool,
  question: ReturnType<typeof questionsFor>[number],
  signal: AbortSignal | undefined,
): Promise<Map<string, ColumnRates> | null> {
  try {
    const limits = { timeoutMs: tableMs, ...(signal === undefined ? {} : { signal }) };
    return readRates(question, await runSelect(pool, question.fragment, limits));
  } catch (error) {
    // A source that is gone or a caller who is: nothing more can be asked. One table that fails is one table.
    if (
      error instanceof SourceFailure &&
      !["unreachable", "cancelled", "too-many-connections"].includes(error.reason)
    )
      return null;
    throw error;
  }
}
