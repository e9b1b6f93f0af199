import "server-only";
import { logSettings } from "@/lib/audit/log-settings";
import { newestCheckpoint, withCosignatures } from "@/lib/audit/read-checkpoints";
import { readEntries, readTileHashes } from "@/lib/audit/read-tiles";
import { record } from "@/lib/audit/recorded";
import { entryBundle, parseTilePath, tileWidth, widthAt } from "@/lib/audit/tile";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { Sparingly } from "@/lib/web/sparingly";

/** What a path of the log answers with, or why it does not. */
export type LogAnswer = { bytes: Buffer } | { why: string; status: 404 | 410 | 422 };

/**
 * The newest checkpoint with its cosignatures, as C2SP tlog-tiles serves it; or the one that was signed of so many events,
 * as for an export that carries none.
 */
export async function serveCheckpoint(ctx: Context, size?: string): Promise<LogAnswer> {
  requireReader(ctx);
  const settings = logSettings();
  const none = { status: 404, why: "There is no such checkpoint signed by the present keys." } as const;
  if (size !== undefined && !/^\d{1,15}$/.test(size)) return none;
  const newest = await newestCheckpoint(ctx.db, settings, size === undefined ? undefined : Number(size));
  if (!newest) return none;
  return { bytes: Buffer.from(await withCosignatures(ctx.db, settings, newest), "utf8") };
}

/**
 * A tile of the log up to its newest checkpoint, as C2SP tlog-tiles serves it: hashes, or whole entries. Reading entries
 * is on record before the answer.
 */
export async function serveTile(ctx: Context, path: readonly string[]): Promise<LogAnswer> {
  requireReader(ctx);
  const none = { status: 404, why: "The log has no such tile." } as const;
  const tile = parseTilePath(path);
  const newest = tile && (await newestCheckpoint(ctx.db, logSettings()));
  if (!tile || !newest || tile.width > widthAt(newest.checkpoint.size, tile)) return none;
  const { level, place, width } = tile;
  if (level !== "entries") {
    const hashes = await readTileHashes(ctx.db, { level, place, from: 0, to: width });
    return hashes.length === width ? { bytes: Buffer.concat(hashes) } : none;
  }
  const from = place * tileWidth;
  await recordReading(ctx, from);
  const entries = await readEntries(ctx.db, from, from + width);
  if (entries.length !== width)
    return { status: 410, why: "Entries of this bundle were pruned. Its hashes are in the tile of level 0." };
  const bytes = entryBundle(entries);
  return bytes
    ? { bytes }
    : { status: 422, why: "One of these entries is longer than a bundle can hold. Take the export." };
}

/** An auditor, or a program with the token of a monitor. */
function requireReader(ctx: Context): void {
  if (ctx.actor.kind !== "monitor") requirePermission(ctx, "audit");
}

const readings = new Map<string, Sparingly>();

/**
 * One event in ten minutes for each reader and instance, with the number of the bundles since: a monitor that reads what
 * is new would else make new events by reading.
 */
async function recordReading(ctx: Context, from: number): Promise<void> {
  const reader = ctx.actor.id ?? ctx.actor.name;
  const sparingly = readings.get(reader) ?? new Sparingly(10 * 60_000);
  readings.set(reader, sparingly);
  const bundlesBefore = sparingly.take(performance.now());
  if (bundlesBefore === null) return;
  try {
    await record(ctx, { code: "audit.entries_read", details: { from, bundlesBefore } });
  } catch (error) {
    // What could not be put on record is asked for again by the next one: nothing is read in between.
    readings.delete(reader);
    throw error;
  }
}
