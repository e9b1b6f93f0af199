import "server-only";
import type { WriteTransaction } from "@/lib/db/control-database";
import type { Writer } from "@/lib/db/writer";

/** A statement with its parameters, to be sent as it is. */
export type LastStatement = { text: string; params: readonly string[] };

/**
 * Runs one transaction in few round trips: BEGIN travels with the first statement of `work`, COMMIT with the last one,
 * which `last` names and which must write. Should the connection be lost in between, the client opens a new one, which
 * reads only until a BEGIN says otherwise: the last statement fails there, so that nothing is kept by halves.
 */
export async function shortTransaction<T>(
  writer: Writer,
  work: (tx: WriteTransaction) => Promise<T>,
  last: (done: T) => LastStatement,
): Promise<T> {
  const { client, tx } = writer;
  const begun = client.unsafe("BEGIN READ WRITE").execute();
  // Its failure is seen below, together with that of the last statement.
  begun.catch(() => {});
  try {
    const done = await work(tx);
    const { text, params } = last(done);
    // In this order and without waiting: after a statement that failed, COMMIT rolls back.
    const written = client.unsafe(text, [...params], { prepare: true }).execute();
    const kept = client.unsafe("COMMIT").execute();
    await Promise.all([begun, written, kept]);
    return done;
  } catch (error) {
    // Where the connection is gone, the server has rolled back by itself.
    if (!writer.isLost) await client.unsafe("ROLLBACK").catch(() => {});
    throw error;
  }
}
