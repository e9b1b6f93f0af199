import "server-only";
import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres, { type Options } from "postgres";
import { withoutWords } from "@/lib/db/database-failure";
import { quietDriver } from "@/lib/db/quiet-driver";
import { env } from "@/lib/env";

type Database = PostgresJsDatabase;

/** What everybody gets: select, nothing else. Writing goes through `recorded` (law 3). */
export type ReadDatabase = Pick<
  Database,
  "select" | "selectDistinct" | "selectDistinctOn" | "$with" | "with"
>;

/** What `recorded` hands out: everything inside one transaction. */
export type WriteTransaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

type Pools = { read: Database; write: Database; end: () => Promise<void> };

// Development reloads modules: the pools live on the global object so that they are not opened again.
const kept = globalThis as typeof globalThis & { glimpsePools?: Pools };

function pools(): Pools {
  kept.glimpsePools ??= openPools(env().databaseUrl);
  return kept.glimpsePools;
}

function openPools(url: string): Pools {
  const options = (readOnly: boolean): Options<Record<string, never>> => ({
    max: 10,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    connection: {
      application_name: readOnly ? "glimpse-read" : "glimpse-write",
      // Even an owner's URL works as the role that cannot rewrite the audit log.
      role: "glimpse_app",
      default_transaction_read_only: readOnly,
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
      TimeZone: "UTC",
    },
  });
  quietDriver();
  const read = postgres(url, options(true));
  const write = postgres(url, options(false));
  return {
    read: drizzle({ client: read }),
    write: drizzle({ client: write }),
    end: async () => {
      await Promise.all([read.end({ timeout: 5 }), write.end({ timeout: 5 })]);
    },
  };
}

/** A database that can only be read: its sessions are read only in PostgreSQL too. */
export function readDatabase(): ReadDatabase {
  return pools().read;
}

/** One writing transaction. Imported by lib/audit/recorded.ts alone: no write without its event. */
export async function writeTransaction<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
  try {
    return await pools().write.transaction(work);
  } catch (error) {
    // BEGIN, COMMIT and a lost connection fail outside of any query.
    throw withoutWords(error);
  }
}

/** Closes all connections, for scripts and tests that end. */
export async function closeControlDatabase(): Promise<void> {
  await kept.glimpsePools?.end();
  delete kept.glimpsePools;
}
