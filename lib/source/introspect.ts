import "server-only";
import type { SourceSchema } from "@/lib/catalog/source-schema";
import {
  columnsQuery,
  foreignKeysQuery,
  keysQuery,
  originsQuery,
  tablesQuery,
  typesQuery,
  versionQuery,
} from "@/lib/source/catalog-queries";
import { schemaOf } from "@/lib/source/catalog-rows";
import { sourceFailure } from "@/lib/source/failure";
import type { SourcePool } from "@/lib/source/pool";
import type { TextRows } from "@/lib/source/run-select";

const queries = [
  versionQuery,
  tablesQuery,
  columnsQuery,
  typesQuery,
  keysQuery,
  foreignKeysQuery,
  originsQuery,
] as const;

/**
 * The structure of a source in one snapshot, system schemas left out; no row of any table is read. What can be read is
 * what the role `reader` may read: our own when there is none.
 */
export async function introspect(pool: SourcePool, reader: string | null = null): Promise<SourceSchema> {
  try {
    const rows = await pool.begin("isolation level repeatable read read only", (tx) =>
      Promise.all(
        queries.map((query) =>
          tx.unsafe(query, query === columnsQuery ? [reader] : [], { prepare: true }).values(),
        ),
      ),
    );
    const [version = [], tables = [], columns = [], types = [], keys = [], foreignKeys = [], origins = []] =
      rows as unknown as TextRows[];
    return schemaOf({ version, tables, columns, types, keys, foreignKeys, origins });
  } catch (error) {
    throw sourceFailure(error);
  }
}
