import "server-only";
import type postgres from "postgres";
import { sql } from "drizzle-orm";
import { DatabaseFailure } from "@/lib/db/database-failure";
import type { FlushedPlaces, LogPlace } from "@/lib/db/group-flush";
import { WritePool } from "@/lib/db/write-pool";
import { Writer } from "@/lib/db/writer";

/**
 * As a column of a SELECT: the answer comes only when all that the statement could see is as safe as the operator wants
 * commits (synchronous_commit, replicas). It leaves an empty message in the write-ahead log, which nobody reads, so that
 * the statement has a commit to flush; the log is one sequence, so what was committed before is flushed with it.
 */
export const flushedWithIt = sql<string>`pg_logical_emit_message(true, 'glimpse', '')`;

/** One statement, so that it saw the events of the server whose log it flushed: a crash cannot come in between. */
const flushedPlaces = `
  WITH flush AS MATERIALIZED (SELECT pg_logical_emit_message(true, 'glimpse', ''))
  SELECT e.seq::text AS seq, encode(e.leaf_hash, 'hex') AS "leafHash"
  FROM flush, audit_events e WHERE e.seq = ANY ($1::text::bigint[])`;

/** The flush of a process, over one connection of its own. */
export function openFlush(open: (told: { onclose: () => void; onnotice: () => void }) => postgres.Sql): {
  places: FlushedPlaces;
  end: () => Promise<void>;
} {
  let warnings = 0;
  const pool = new WritePool(
    () => new Writer((onclose) => open({ onclose, onnotice: () => void warnings++ })),
    1,
  );
  const places: FlushedPlaces = (wanted) =>
    pool.lend(async ({ client }) => {
      const before = warnings;
      const list = `{${wanted.map(({ seq }) => seq).join(",")}}`;
      const found = await client.unsafe<LogPlace[]>(flushedPlaces, [list], { prepare: true });
      // A warning says that the wait for a replica was given up: that is not how the operator wants commits kept.
      if (warnings !== before) throw new DatabaseFailure("01000");
      return found;
    });
  return { places, end: () => pool.end() };
}
