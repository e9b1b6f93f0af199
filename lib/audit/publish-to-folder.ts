import "server-only";
import fs from "node:fs/promises";
import path from "node:path";
import { openCheckpoint, type Checkpoint } from "@/lib/audit/checkpoint";
import type { LogSettings } from "@/lib/audit/log-settings";
import { rootHash } from "@/lib/audit/merkle";
import { frontierAt } from "@/lib/audit/proof";
import { hashReader, readTileHashes } from "@/lib/audit/read-tiles";
import { tilePath, tileWidth, widthAt } from "@/lib/audit/tile";
import type { ReadDatabase } from "@/lib/db/control-database";

/** What a place outside says of a checkpoint: it has it, has a later one, or has seen another log. */
export type Arrival =
  | { kind: "arrived" }
  | { kind: "ahead"; size: number }
  | { kind: "another-log"; why: string };

type Publishing = { db: ReadDatabase; settings: LogSettings; checkpoint: Checkpoint; note: string };

/**
 * Writes a checkpoint and the hashes of all events into a folder, laid out as C2SP tlog-tiles, without the entries: what
 * is written stays, and what lies there already must be of the same log.
 */
export async function publishToFolder(folder: string, publishing: Publishing): Promise<Arrival> {
  const { db, settings, checkpoint, note } = publishing;
  const before = await readOr(path.join(folder, "checkpoint"), null);
  const opened = before === null ? null : openCheckpoint(before, settings.keys);
  if (opened?.ok === false)
    return { kind: "another-log", why: `The checkpoint in the folder: ${opened.why}` };
  const old = opened?.checkpoint ?? null;
  if (old && old.size > checkpoint.size) return { kind: "ahead", size: old.size };
  if (old && !rootHash(await frontierAt(old.size, hashReader(db))).equals(old.root))
    return { kind: "another-log", why: `The folder has a checkpoint of another log, of ${old.size} events.` };
  const differs = await writeTiles(db, folder, old?.size ?? 0, checkpoint.size);
  if (differs !== null) return { kind: "another-log", why: `The folder has another tile ${differs}.` };
  await writeOnce(
    path.join(folder, "checkpoints", `${checkpoint.size}-${settings.key?.id.toString("hex") ?? ""}`),
    note,
  );
  await replace(path.join(folder, "checkpoint"), note);
  return { kind: "arrived" };
}

/** Writes the tiles that a log has more than it had; gives the path of one that lies there with other hashes. */
async function writeTiles(
  db: ReadDatabase,
  folder: string,
  from: number,
  to: number,
): Promise<string | null> {
  for (let level = 0; level <= 5 && to >= tileWidth ** level; level++) {
    const span = tileWidth ** (level + 1);
    for (let place = Math.floor(from / span); ; place++) {
      const width = widthAt(to, { level, place });
      if (width === 0) break;
      const hashes = await readTileHashes(db, { level, place, from: 0, to: width });
      if (hashes.length !== width) throw new Error("A tile is not whole.");
      const name = tilePath({ level, place, width });
      const file = path.join(folder, "tile", name);
      if (!(await writeOnce(file, Buffer.concat(hashes)))) return name;
      // Parts of a tile that is full now have served.
      if (width === tileWidth) await fs.rm(`${file}.p`, { recursive: true, force: true });
    }
  }
  return null;
}

/** Whether the file holds these bytes now: what lies there already is not written over. */
async function writeOnce(file: string, bytes: Buffer | string): Promise<boolean> {
  const there = await readOr(file, null, "latin1");
  if (there !== null) return Buffer.from(there, "latin1").equals(Buffer.from(bytes));
  await replace(file, bytes);
  return true;
}

/** Written beside and moved into place, so that nobody reads a half. */
async function replace(file: string, bytes: Buffer | string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.new`;
  await fs.writeFile(draft, bytes);
  await fs.rename(draft, file);
}

async function readOr(
  file: string,
  otherwise: null,
  encoding: BufferEncoding = "utf8",
): Promise<string | null> {
  try {
    return await fs.readFile(file, encoding);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return otherwise;
    throw error;
  }
}
