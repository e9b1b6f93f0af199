import "server-only";
import { openJobDatabase, type JobDatabase } from "@/lib/db/job-database";

const kept = globalThis as typeof globalThis & { glimpseLogBooks?: JobDatabase };

function books(): JobDatabase {
  return (kept.glimpseLogBooks ??= openJobDatabase(1));
}

/**
 * Keeps a signed checkpoint; whoever makes the same one changes nothing. Written without an event, which would ask for
 * the next checkpoint: it says of the log what the log says already.
 */
export async function keepCheckpoint(made: { size: number; keyId: Buffer; note: string }): Promise<void> {
  await books().executeSql(
    "INSERT INTO audit_checkpoints (size, key_id, note) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    [made.size, made.keyId, made.note],
  );
}

/** Keeps what a witness said of a checkpoint. */
export async function keepCosignature(made: { size: number; keyId: Buffer; line: string }): Promise<void> {
  await books().executeSql(
    "INSERT INTO audit_cosignatures (size, key_id, line) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    [made.size, made.keyId, made.line],
  );
}

/** Keeps that a checkpoint has arrived somewhere. */
export async function keepPublication(place: string, size: number): Promise<void> {
  await books().executeSql(
    "INSERT INTO audit_publications (place, size) VALUES ($1, $2) ON CONFLICT DO NOTHING",
    [place, size],
  );
}

/** The root of a full tile. */
export type TileHash = { level: number; place: number; hash: Buffer };

/** Keeps the roots of tiles that are full now, and gives those that another hash had been kept for. */
export async function keepTileHashes(made: readonly TileHash[]): Promise<TileHash[]> {
  if (made.length === 0) return [];
  const rows = JSON.stringify(
    made.map(({ level, place, hash }) => ({ level, place, hash: hash.toString("hex") })),
  );
  const told = `SELECT level, place, decode(hash, 'hex') AS hash
    FROM jsonb_to_recordset($1::text::jsonb) AS told (level smallint, place bigint, hash text)`;
  await books().executeSql(
    `INSERT INTO audit_tile_hashes (level, place, hash) ${told} ON CONFLICT DO NOTHING`,
    [rows],
  );
  const { rows: others } = await books().executeSql(
    `SELECT told.level, told.place FROM (${told}) AS told JOIN audit_tile_hashes AS kept USING (level, place)
     WHERE told.hash <> kept.hash ORDER BY told.level, told.place`,
    [rows],
  );
  const isOther = new Set(others.map(({ level, place }) => `${String(level)}/${String(place)}`));
  return made.filter(({ level, place }) => isOther.has(`${level}/${place}`));
}

/** Closes the connection, for scripts and tests that end. */
export async function closeLogBookkeeping(): Promise<void> {
  await kept.glimpseLogBooks?.end();
  delete kept.glimpseLogBooks;
}
