import "server-only";
import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { HashOf } from "@/lib/audit/proof";
import { perfectRoot, tileOf, tileWidth } from "@/lib/audit/tile";
import type { ReadDatabase } from "@/lib/db/control-database";
import { auditEvents, auditTileHashes } from "@/lib/db/schema/audit";
import { auditLeaves } from "@/lib/db/schema/retention";

/** The hashes of a tile from `from` up to `to`; fewer where the log does not have them. Reads at most 256 rows. */
export async function readTileHashes(
  db: ReadDatabase,
  { level, place, from, to }: { level: number; place: number; from: number; to: number },
): Promise<Buffer[]> {
  const first = place * tileWidth + from;
  const end = place * tileWidth + to;
  if (level === 0) {
    const rows = await db
      .select({ hash: auditLeaves.leafHash })
      .from(auditLeaves)
      .where(and(gte(auditLeaves.seq, first), lt(auditLeaves.seq, end)))
      .orderBy(asc(auditLeaves.seq));
    return rows.map(({ hash }) => hash);
  }
  const { level: ofTile, place: inLevel, hash } = auditTileHashes;
  const rows = await db
    .select({ hash })
    .from(auditTileHashes)
    .where(and(eq(ofTile, level), gte(inLevel, first), lt(inLevel, end)))
    .orderBy(asc(inLevel));
  return rows.map((row) => row.hash);
}

/** The entries from `from` up to `to`. */
export async function readEntries(db: ReadDatabase, from: number, to: number): Promise<string[]> {
  const rows = await db
    .select({ entry: auditEvents.entry })
    .from(auditEvents)
    .where(and(gte(auditEvents.seq, from), lt(auditEvents.seq, to)))
    .orderBy(asc(auditEvents.seq));
  return rows.map(({ entry }) => entry);
}

const mostKept = 64;

/**
 * Finds the hash of any perfect subtree of a log. It keeps the last tiles that it has read whole, so that the proofs of
 * events beside each other read each tile once.
 */
export function hashReader(db: ReadDatabase): HashOf {
  const tiles = new Map<string, Promise<Buffer[]>>();
  return async (node) => {
    const { level, place, from, to } = tileOf(node);
    const name = `${level}/${place}`;
    const reading = tiles.get(name) ?? readTileHashes(db, { level, place, from: 0, to: tileWidth });
    tiles.delete(name);
    tiles.set(name, reading);
    const [oldest] = tiles.keys();
    if (tiles.size > mostKept && oldest !== undefined) tiles.delete(oldest);
    const hashes = (await reading).slice(from, to);
    if (hashes.length !== to - from) throw new MissingHash(node.height, node.place);
    return perfectRoot(hashes);
  };
}

/** A part of the tree is not in the database: its events are not there, or nobody has hashed their tile yet. */
export class MissingHash extends Error {
  constructor(height: number, place: number) {
    super(`The hash ${place} of height ${height} is missing.`);
    this.name = "MissingHash";
  }
}
