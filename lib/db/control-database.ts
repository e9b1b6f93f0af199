import "server-only";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Options } from "postgres";
import { withoutWords } from "@/lib/db/database-failure";
import { closeDownloadBooks } from "@/lib/db/download-books";
import { closeDownloadDatabase } from "@/lib/db/download-database";
import { closeJobDatabase } from "@/lib/db/job-database";
import { openFlush } from "@/lib/db/flush";
import { GroupFlush } from "@/lib/db/group-flush";
import { closeLogBookkeeping } from "@/lib/db/log-bookkeeping";
import { plainQuery } from "@/lib/db/plain-query";
import { quietDriver } from "@/lib/db/quiet-driver";
import { shortTransaction, type LastStatement } from "@/lib/db/short-transaction";
import { WritePool } from "@/lib/db/write-pool";
import { Writer } from "@/lib/db/writer";
import { env } from "@/lib/env";

type Database = PostgresJsDatabase;

/** What everybody gets: select, nothing else. Writing goes through `recorded` (law 3). */
export type ReadDatabase = Pick<
  Database,
  "select" | "selectDistinct" | "selectDistinctOn" | "$with" | "with"
>;

/** What `recorded` hands out: everything inside one transaction. */
export type WriteTransaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

type Pools = { read: ReadDatabase; write: WritePool; flush: GroupFlush; end: () => Promise<void> };

// Development reloads modules: the pools live on the global object so that they are not opened again.
const kept = globalThis as typeof globalThis & { glimpsePools?: Pools };

function pools(): Pools {
  kept.glimpsePools ??= openPools(env().databaseUrl);
  return kept.glimpsePools;
}

/** Transactions that run at once; others wait for their turn. */
const WRITERS = 16;

function openPools(url: string): Pools {
  quietDriver();
  const read = drizzle({ client: postgres(url, options("glimpse-read", 10)) });
  // Through drizzle, which makes its own parsers those of the client.
  const open = (onclose: () => void) =>
    drizzle({ client: postgres(url, { ...options("glimpse-write", 1), onclose }) }).$client;
  const write = new WritePool(() => new Writer(open), WRITERS);
  const flush = openFlush((told) => postgres(url, { ...options("glimpse-flush", 1), ...told }));
  return {
    read,
    write,
    flush: new GroupFlush(flush.places),
    end: async () => {
      await Promise.all([read.$client.end({ timeout: 5 }), write.end(), flush.end()]);
    },
  };
}

function options(name: string, max: number): Options<Record<string, never>> {
  return {
    max,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: name,
      // Even an owner's URL works as the role that cannot rewrite the audit log.
      role: "glimpse_app",
      // A transaction that writes says so in its BEGIN.
      default_transaction_read_only: true,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
      TimeZone: "UTC",
    },
  };
}

/** A database that can only be read: its sessions are read only in PostgreSQL too. */
export function readDatabase(): ReadDatabase {
  return pools().read;
}

/**
 * One writing transaction; `last` names its last statement, which must write. It is acknowledged when it cannot be lost.
 * Imported by lib/audit/recorded.ts alone: no write without its event.
 *
 * Whoever appends to the log holds its head until the commit. Where others are at work, that commit does not wait for the
 * disk, and the next one may append meanwhile; a flush that all of them share comes after. Alone, the commit flushes.
 */
export async function writeTransaction<T>(
  work: (tx: WriteTransaction) => Promise<T>,
  last: (done: T) => LastStatement,
): Promise<T> {
  try {
    const { write, flush } = pools();
    const othersWork = () => write.lent > 1 || flush.isBusy;
    const { done, unflushed } = await write.lend((writer) =>
      shortTransaction(writer, work, last, othersWork),
    );
    if (unflushed) await flush.kept(unflushed);
    return done;
  } catch (error) {
    // What drizzle does not send fails outside of it.
    throw withoutWords(error);
  }
}

/**
 * Reads by one constant statement over the connection that was used last. Outside of a transaction the writers read
 * only; their server process is warm, which counts where somebody waits for a value.
 */
export async function readWarm<Row extends Record<string, unknown>>(
  text: string,
  params: readonly (string | null)[],
): Promise<Row[]> {
  return pools().write.lend(({ tx }) => plainQuery<Row>(tx, text, params));
}

/** Closes all connections, for scripts and tests that end. */
export async function closeControlDatabase(): Promise<void> {
  const others = [closeJobDatabase(), closeLogBookkeeping(), closeDownloadBooks(), closeDownloadDatabase()];
  await Promise.all([kept.glimpsePools?.end(), ...others]);
  delete kept.glimpsePools;
}
