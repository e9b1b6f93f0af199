import "server-only";
import { PgDialect } from "drizzle-orm/pg-core";
import { PostgresJsSession, PostgresJsTransaction } from "drizzle-orm/postgres-js";
import type postgres from "postgres";
import type { WriteTransaction } from "@/lib/db/control-database";

/** A client of one connection, and drizzle's transaction on it. */
export type Writer = { client: postgres.Sql; tx: WriteTransaction };

/** A statement with its parameters, to be sent as it is. */
export type LastStatement = { text: string; params: readonly string[] };

const dialect = new PgDialect();

/** Drizzle on a client that must have one connection only: every statement between BEGIN and COMMIT goes there. */
export function writerOn(client: postgres.Sql): Writer {
  const session = new PostgresJsSession(client, dialect, undefined, {});
  const tx = new PostgresJsTransaction(dialect, session as never, undefined);
  return { client, tx: tx as unknown as WriteTransaction };
}

/**
 * Runs one transaction in few round trips: BEGIN travels with the first statement of `work`, COMMIT with the last one,
 * which `last` names and which must write. Should the connection be lost in between, the client opens a new one, which
 * reads only until a BEGIN says otherwise: the last statement fails there, so that nothing is kept by halves.
 */
export async function shortTransaction<T>(
  { client, tx }: Writer,
  work: (tx: WriteTransaction) => Promise<T>,
  last: (done: T) => LastStatement,
): Promise<T> {
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
    await client.unsafe("ROLLBACK").catch(() => {});
    throw error;
  }
}
