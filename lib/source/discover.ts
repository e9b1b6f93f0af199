import "server-only";
import type { SourceSchema, SourceTable } from "@/lib/catalog/source-schema";
import { type SchemaRates, tableKey } from "@/lib/discovery/discover";
import { askRates } from "@/lib/source/ask-rates";
import type { ConnectionParts } from "@/lib/source/connection";
import { introspect } from "@/lib/source/introspect";
import { openPool } from "@/lib/source/pool";

/** What was learnt of a source: its structure, and of its values the rates that it was asked for. */
export type Discovered = {
  schema: SourceSchema;
  rates: SchemaRates;
  /** The tables that were looked at, by `tableKey`; of the others only the structure is known. */
  asked: ReadonlySet<string>;
};

/**
 * The structure of a source and the rates of its values, over connections of its own: those of a pool may have died
 * unused, as all do when a source restarts, and one that dies within a transaction is lost to its pool. `ask` chooses the
 * tables whose values are looked at, so that what is known already is not asked again.
 */
export async function discover(
  connection: ConnectionParts,
  ask: (schema: SourceSchema) => (table: SourceTable) => boolean = () => () => true,
): Promise<Discovered> {
  const pool = openPool(connection, 2);
  try {
    const schema = await introspect(pool);
    const asked = new Set(schema.tables.filter(ask(schema)).map(tableKey));
    return { schema, asked, rates: await askRates(pool, schema, (table) => asked.has(tableKey(table))) };
  } finally {
    void pool.end({ timeout: 1 }).catch(() => undefined);
  }
}
