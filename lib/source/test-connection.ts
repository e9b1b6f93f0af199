import "server-only";
import { causeOf, type ConnectionAnswer, refused } from "@/lib/source/connection-answer";
import type { ConnectionParts } from "@/lib/source/connection";
import { knock } from "@/lib/source/knock";
import { openPool, type SourcePool } from "@/lib/source/pool";

const oldestVersion = 130_000;

/** Tries a connection and says what it found or why it failed, within twice `timeoutMs`; changes nothing. */
export async function testConnection(parts: ConnectionParts, timeoutMs = 8_000): Promise<ConnectionAnswer> {
  const cause = await knock(parts, timeoutMs);
  if (cause !== null) return refused(cause);
  const pool = openPool(parts, 1);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ConnectionAnswer>((resolve) => {
    timer = setTimeout(() => resolve(refused("timeout")), timeoutMs);
  });
  try {
    return await Promise.race([look(pool), late]);
  } catch (error) {
    return refused(causeOf(error));
  } finally {
    clearTimeout(timer);
    // Not awaited: a server that keeps silent would keep the answer waiting.
    void pool.end({ timeout: 1 }).catch(() => undefined);
  }
}

async function look(pool: SourcePool): Promise<ConnectionAnswer> {
  // By itself and by SHOW: what an old server cannot answer must not hide how old it is.
  const [version] = await pool.unsafe("SHOW server_version_num").values();
  const number = Number(version?.[0] ?? 0);
  if (!(number >= oldestVersion)) return refused("too-old");
  const [row] = await pool.unsafe(lookQuery).values();
  const [database, tables, readable, writable, superuser] = (row ?? []) as unknown as string[];
  if (Number(tables) > 0 && Number(readable) === 0) return refused("no-right-to-read");
  return {
    ok: true,
    version: `${Math.floor(number / 10_000)}.${number % 10_000}`,
    database: database ?? "",
    tables: Number(readable),
    readOnly: Number(writable) === 0,
    superuser: superuser === "true",
  };
}

const lookQuery = `
SELECT pg_catalog.current_database()::text, count(*)::text,
  (count(*) FILTER (WHERE usable AND readable))::text, (count(*) FILTER (WHERE usable AND writable))::text,
  (SELECT rolsuper::text FROM pg_catalog.pg_roles WHERE rolname = current_user)
FROM (
  SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS usable,
    pg_catalog.has_any_column_privilege(c.oid, 'SELECT') AS readable,
    pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE')
      OR pg_catalog.has_table_privilege(c.oid, 'DELETE, TRUNCATE') AS writable
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema') AS seen`;
