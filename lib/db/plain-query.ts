import "server-only";
import type { PgSession } from "drizzle-orm/pg-core";
import type { WriteTransaction } from "@/lib/db/control-database";

type Param = string | number | null;

/**
 * Runs one constant statement as it stands, for the few that are in the way of somebody who waits for a value: to
 * build such a statement takes longer than to run it. Values go in as `$1`, `$2` and so on; dates come as text.
 */
export async function plainQuery<Row extends Record<string, unknown>>(
  db: WriteTransaction,
  text: string,
  params: readonly Param[],
): Promise<Row[]> {
  const { session } = (db as unknown as { _: { session: PgSession } })._;
  const query = session.prepareQuery<{ execute: Row[]; all: unknown; values: unknown }>(
    { sql: text, params: [...params] },
    undefined,
    undefined,
    false,
  );
  return query.execute();
}
