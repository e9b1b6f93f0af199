import "server-only";
import { checkServerIdentity, type ConnectionOptions } from "node:tls";
import postgres from "postgres";
import type { ConnectionParts } from "@/lib/source/connection";

/** A source to connect to; the version goes up whenever its connection is changed. */
export type PoolSource = { id: string; version: number; connection: ConnectionParts };

/** The connections to one source; every value comes back as text. */
export type SourcePool = postgres.Sql<Record<string, string>>;

export const maxConnections = 6;
export const sessionTimeoutMs = 30_000;

type Cached = { version: number; pool: SourcePool };

// Kept on globalThis: a hot reload makes a new module, and each would open connections of its own.
const holder = globalThis as typeof globalThis & { glimpseSourcePools?: Map<string, Cached> };
const pools = (holder.glimpseSourcePools ??= new Map<string, Cached>());

/** The one pool of a source; a pool of an older version is closed when a newer one is asked for. */
export function sourcePool(source: PoolSource): SourcePool {
  const cached = pools.get(source.id);
  if (cached !== undefined && cached.version === source.version) return cached.pool;
  const pool = openPool(source.connection);
  if (cached === undefined || cached.version < source.version) {
    pools.set(source.id, { version: source.version, pool });
    if (cached !== undefined) void cached.pool.end({ timeout: 5 });
  }
  return pool;
}

/** The pool of a source if it is open in this version: its connection then needs not to be unsealed again. */
export function openedPool(id: string, version: number): SourcePool | undefined {
  const cached = pools.get(id);
  return cached?.version === version ? cached.pool : undefined;
}

/** Closes the connections of a source; the next use opens new ones. */
export async function closePool(id: string): Promise<void> {
  const cached = pools.get(id);
  pools.delete(id);
  await cached?.pool.end({ timeout: 1 });
}

/** Closes a pool at once, answers or not; the next use of its source opens a new one. */
export async function dropPool(pool: SourcePool): Promise<void> {
  for (const [id, cached] of pools) if (cached.pool === pool) pools.delete(id);
  await pool.end({ timeout: 0 }).catch(() => undefined);
}

/** Closes all connections to all sources. */
export async function closeAllPools(): Promise<void> {
  await Promise.all([...pools.keys()].map(closePool));
}

/** Opens connections whose sessions read only, say what they are, and answer in one notation everywhere. */
export function openPool(parts: ConnectionParts, max = maxConnections): SourcePool {
  const options = {
    // As lists: postgres.js would cut an IPv6 address at its colons.
    host: [parts.host],
    port: [parts.port],
    database: parts.database,
    user: parts.user,
    // As a function: an empty password would make postgres.js look into the environment.
    pass: () => parts.password,
    ssl: tlsOptions(parts),
    max,
    // As few as transactions allow: a slow statement must not hold others behind it.
    max_pipeline: 1,
    connect_timeout: 10,
    idle_timeout: 60,
    max_lifetime: 900,
    keep_alive: 30,
    backoff: () => 0.1,
    fetch_types: false,
    prepare: true,
    debug: false,
    onnotice: () => undefined,
    types: { text: asText },
    connection: sessionSettings,
  };
  return postgres(options as unknown as postgres.Options<Record<string, never>>) as unknown as SourcePool;
}

const sessionSettings = {
  application_name: "glimpse",
  default_transaction_read_only: "on",
  statement_timeout: String(sessionTimeoutMs),
  idle_in_transaction_session_timeout: "15000",
  lock_timeout: "5000",
  TimeZone: "UTC",
  DateStyle: "ISO, YMD",
  IntervalStyle: "postgres",
  bytea_output: "hex",
  extra_float_digits: "1",
  // Masks are written for it: with "off" a backslash in a literal would mean something else.
  standard_conforming_strings: "on",
  client_min_messages: "error",
};

/** Every type the driver has a parser for (bool, bytea, numbers, json, dates) comes and goes as text. */
const asText = {
  to: 25,
  from: [16, 17, 20, 21, 23, 26, 114, 700, 701, 1009, 1082, 1114, 1184, 1700, 3802],
  serialize: (text: string) => text,
  parse: (text: string) => text,
};

/** What Node's TLS needs for a mode; `require` encrypts without asking who answers, as libpq does. */
export function tlsOptions({ host, tls }: Pick<ConnectionParts, "host" | "tls">): false | ConnectionOptions {
  const ca = tls.ca === undefined ? {} : { ca: tls.ca };
  switch (tls.mode) {
    case "disable":
      return false;
    case "require":
      return { rejectUnauthorized: false };
    case "verify-ca":
      return { ...ca, rejectUnauthorized: true, checkServerIdentity: () => undefined };
    case "verify-full":
      // By our own host: over a socket that is already open Node would take an address for "localhost".
      return {
        ...ca,
        rejectUnauthorized: true,
        checkServerIdentity: (_, cert) => checkServerIdentity(host, cert),
      };
  }
}
