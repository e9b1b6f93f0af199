import "server-only";
import { PgDialect } from "drizzle-orm/pg-core";
import { drizzle, PostgresJsDatabase, PostgresJsSession } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { ReadDatabase } from "@/lib/db/control-database";
import { quietDriver } from "@/lib/db/quiet-driver";
import { env } from "@/lib/env";

/** Downloads read over few connections of their own: however many there are, pages do not wait for them. */
const CONNECTIONS = 4;
const QUERY_MS = 15_000;
const MOST_TRIES = 3;

const kept = globalThis as typeof globalThis & { glimpseDownloadPool?: postgres.Sql };
const dialect = new PgDialect();

function pool(): postgres.Sql {
  quietDriver();
  kept.glimpseDownloadPool ??= drizzle({
    client: postgres(env().databaseUrl, {
      max: CONNECTIONS,
      // A slow statement must not hold others behind it.
      max_pipeline: 1,
      idle_timeout: 30,
      connect_timeout: 10,
      onnotice: () => {},
      connection: {
        application_name: "glimpse-downloads",
        role: "glimpse_app",
        default_transaction_read_only: true,
        statement_timeout: QUERY_MS,
        idle_in_transaction_session_timeout: 30_000,
        TimeZone: "UTC",
      },
    } as postgres.Options<Record<string, never>>),
  }).$client;
  return kept.glimpseDownloadPool;
}

/** A database that can only be read, and whose query that runs is cancelled in PostgreSQL when the signal says so. */
export function downloadDatabase(signal: AbortSignal): ReadDatabase {
  const running: Running = new Set();
  signal.addEventListener("abort", () => running.forEach((stop) => stop()), { once: true });
  const run = (ask: () => Query) => again(signal, () => once(signal, running, ask));
  const client = {
    options: {},
    unsafe: (text: string, params: never[], options: object) => ({
      values: () => run(() => pool().unsafe(text, params, options).values()),
      // drizzle awaits a query without fields as it is.
      // oxlint-disable-next-line unicorn/no-thenable
      then: (...awaited: Parameters<Promise<unknown>["then"]>) =>
        run(() => pool().unsafe(text, params, options)).then(...awaited),
    }),
  };
  const session = new PostgresJsSession(client as never, dialect, undefined, {});
  return new PostgresJsDatabase(dialect, session as never, undefined as never);
}

type Query = PromiseLike<unknown> & { cancel: () => unknown };
/** How to stop each query that runs. */
type Running = Set<() => void>;

async function again(signal: AbortSignal, ask: () => Promise<unknown>): Promise<unknown> {
  const begun = performance.now();
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      // PostgreSQL cancels whatever a connection does when the word arrives: it may have been meant for the query before.
      const isStray = (error as { code?: unknown }).code === "57014" && !signal.aborted;
      if (!isStray || tries >= MOST_TRIES || performance.now() - begun > QUERY_MS / 2) throw error;
    }
  }
}

async function once(signal: AbortSignal, running: Running, ask: () => Query): Promise<unknown> {
  signal.throwIfAborted();
  const query = ask();
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      reject(signal.reason as Error);
      query.cancel();
    };
  });
  running.add(stop);
  try {
    return await Promise.race([query, stopped]);
  } finally {
    running.delete(stop);
  }
}

/** Closes the connections, for scripts and tests that end. */
export async function closeDownloadDatabase(): Promise<void> {
  await kept.glimpseDownloadPool?.end({ timeout: 5 });
  delete kept.glimpseDownloadPool;
}
