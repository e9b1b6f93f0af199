import "server-only";
import type { WriteTransaction } from "@/lib/db/control-database";
import { DatabaseFailure } from "@/lib/db/database-failure";
import type { LogPlace } from "@/lib/db/group-flush";
import type { Writer } from "@/lib/db/writer";

/** A statement with its parameters, to be sent as it is. */
export type LastStatement = {
  text: string;
  params: readonly string[];
  /** Whether it answers with the place of the last event that it appends to the log. */
  tellsPlace?: true;
};

/** What a transaction has done; `unflushed` names its last event where its commit has not waited for the disk. */
export type Committed<T> = { done: T; unflushed: LogPlace | null };

/**
 * Runs one transaction in few round trips: BEGIN travels with the first statement of `work`, COMMIT with the last one,
 * which `last` names and which must write. Should the connection be lost in between, the client opens a new one, which
 * reads only until a BEGIN says otherwise: the last statement fails there, so that nothing is kept by halves.
 *
 * Where `flushLater` says so at the end, a last statement that tells its place is committed without waiting for the disk:
 * the caller must not acknowledge it before that place is flushed.
 */
export async function shortTransaction<T>(
  writer: Writer,
  work: (tx: WriteTransaction) => Promise<T>,
  last: (done: T) => LastStatement,
  flushLater: () => boolean,
): Promise<Committed<T>> {
  const { client, tx } = writer;
  const begun = client.unsafe("BEGIN READ WRITE").execute();
  // Its failure is seen below, together with that of the last statement.
  begun.catch(() => {});
  try {
    const done = await work(tx);
    const { text, params, tellsPlace = false } = last(done);
    const isLater = tellsPlace && flushLater();
    // In this order and without waiting: after a statement that failed, COMMIT rolls back.
    const later = isLater ? client.unsafe("SET LOCAL synchronous_commit = off").execute() : null;
    const written = client.unsafe(text, [...params], { prepare: true }).execute();
    const kept = client.unsafe("COMMIT").execute();
    const [place] = (await Promise.all([written, begun, later, kept]))[0] as unknown as [LogPlace?];
    return { done, unflushed: isLater ? placeOf(place) : null };
  } catch (error) {
    // Where the connection is gone, the server has rolled back by itself.
    if (!writer.isLost) await client.unsafe("ROLLBACK").catch(() => {});
    throw error;
  }
}

function placeOf(row: LogPlace | undefined): LogPlace {
  if (!row) throw new DatabaseFailure("unknown");
  return { seq: row.seq, leafHash: row.leafHash };
}
