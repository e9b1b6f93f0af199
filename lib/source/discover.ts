import "server-only";
import type { SourceSchema } from "@/lib/catalog/source-schema";
import type { SchemaRates } from "@/lib/discovery/discover";
import { askRates } from "@/lib/source/ask-rates";
import type { ConnectionParts } from "@/lib/source/connection";
import { SourceFailure } from "@/lib/source/failure";
import { introspect } from "@/lib/source/introspect";
import { openPool, type SourcePool } from "@/lib/source/pool";

/** What was learnt of a source: its structure, and of its values the rates that it was asked for. */
export type Discovered = { schema: SourceSchema; rates: SchemaRates };

/** The structure of a source and the rates of its values, all at once. */
export async function discover(connection: ConnectionParts): Promise<Discovered> {
  return overOwnPool(connection, async (pool) => {
    const schema = await structureOver(pool);
    return { schema, rates: await askRates(pool, schema) };
  });
}

/** The structure of a source; what can be read is what the role `reader` may read, our own when there is none. */
export async function structureOf(
  connection: ConnectionParts,
  reader: string | null = null,
): Promise<SourceSchema> {
  return overOwnPool(connection, (pool) => structureOver(pool, reader));
}

/** How long a source may take to tell its structure. */
const structureMs = 15_000;

/** The structure of a source in a bounded time: a server that takes connections and drops them is asked on for ever. */
export async function structureOver(pool: SourcePool, reader: string | null = null): Promise<SourceSchema> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SourceFailure("unreachable")), structureMs);
  });
  try {
    return await Promise.race([introspect(pool, reader), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Reads over connections of its own: those of a pool may have died unused, as all do when a source restarts, and one that
 * dies within a transaction is lost to its pool.
 */
export async function overOwnPool<T>(
  connection: ConnectionParts,
  read: (pool: SourcePool) => Promise<T>,
): Promise<T> {
  const pool = openPool(connection, 2);
  try {
    return await read(pool);
  } finally {
    void pool.end({ timeout: 1 }).catch(() => undefined);
  }
}
