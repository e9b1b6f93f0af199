import "server-only";
import type { SourceSchema } from "@/lib/catalog/source-schema";
import {
  columnsQuery,
  foreignKeysQuery,
  keysQuery,
  tablesQuery,
  typesQuery,
  versionQuery,
} from "@/lib/source/catalog-queries";
import { schemaOf } from "@/lib/source/catalog-rows";
import { sourceFailure } from "@/lib/source/failure";
import type { ConnectionParts } from "@/lib/source/connection";
import { openPool, type SourcePool } from "@/lib/source/pool";
import type { TextRows } from "@/lib/source/run-select";

const queries = [versionQuery, tablesQuery, columnsQuery, typesQuery, keysQuery, foreignKeysQuery] as const;

/**
 * The structure of a source over a connection of its own: those of a pool may have died unused, as all do when a source
 * restarts, and one that dies within a transaction is lost to its pool.
 */
export async function introspectConnection(connection: ConnectionParts): Promise<SourceSchema> {
  const pool = openPool(connection, 1);
  try {
    return await introspect(pool);
  } finally {
    void pool.end({ timeout: 1 }).catch(() => undefined);
  }
}

/** The structure of a source in one snapshot, system schemas left out; no row of any table is read. */
export async function introspect(pool: SourcePool): Promise<SourceSchema> {
  try {
    const rows = await pool.begin("isolation level repeatable read read only", (tx) =>
      Promise.all(queries.map((query) => tx.unsafe(query, [], { prepare: true }).values())),
    );
    const [version = [], tables = [], columns = [], types = [], keys = [], foreignKeys = []] =
      rows as unknown as TextRows[];
    return schemaOf({ version, tables, columns, types, keys, foreignKeys });
  } catch (error) {
    throw sourceFailure(error);
  }
}
