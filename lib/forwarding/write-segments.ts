import "server-only";
import fs from "node:fs/promises";
import path from "node:path";
import { exportEnd, exportHeader, exportLine, type ExportedRow } from "@/lib/audit/export-proof";
import type { LogSettings } from "@/lib/audit/log-settings";
import { proveInclusion } from "@/lib/audit/proof";
import { newestCheckpoint, type KeptCheckpoint } from "@/lib/audit/read-checkpoints";
import { withPruned } from "@/lib/audit/read-pruned";
import { hashReader } from "@/lib/audit/read-tiles";
import type { ReadDatabase } from "@/lib/db/control-database";
import type { ForwardCursor, ForwardSegment } from "@/lib/db/forward-books";
import { readBatch } from "@/lib/forwarding/read-committed";
import { Trouble } from "@/lib/forwarding/trouble";

const piece = 1_000;

type World = { db: ReadDatabase; settings: () => LogSettings };

/**
 * Writes the log into a folder, a file for each day in UTC. The day that runs is `DAY.open.ndjson`, to which lines are
 * added; when it is over and a checkpoint covers it, it becomes `DAY.ndjson`, an export whose every event carries the proof
 * that leads to `DAY.checkpoint` beside it. A finished day is never written again.
 */
export class SegmentWriter {
  readonly #folder: string;
  readonly #world: World;
  /** What this process itself has left in the open file; anything else is written anew from the log. */
  #open: { file: string; bytes: number } | null = null;

  constructor(folder: string, world: World) {
    this.#folder = folder;
    this.#world = world;
  }

  /** Writes as many of the events as are of one day, on disk when it returns, and says where it stands then. */
  async write(rows: readonly ExportedRow[], cursor: ForwardCursor): Promise<ForwardCursor> {
    const [first] = rows;
    if (!first) return cursor;
    const segment = cursor.segment ?? { day: dayOf(first), from: first.seq };
    // The clock of a database may go back: what is said later than its day belongs to the day that runs.
    const ends = rows.findIndex((row) => dayOf(row) > segment.day);
    const now = ends === -1 ? rows : rows.slice(0, ends);
    const last = now.at(-1);
    if (!last) return cursor;
    await this.#append(segment, cursor, now);
    return { next: last.seq + 1, segment };
  }

  /** Finishes the day that runs; throws where no checkpoint covers it yet. Gives where it stands then. */
  async finish({ next, segment }: ForwardCursor): Promise<ForwardCursor> {
    if (!segment) return { next, segment };
    const { db, settings } = this.#world;
    const newest = await newestCheckpoint(db, settings());
    if (settings().key !== null && (!newest || newest.checkpoint.size < next))
      throw new Trouble("No checkpoint covers the day that is over yet.");
    const name = path.join(this.#folder, segment.day);
    if (!(await this.#isFinished(name, segment.from, next))) {
      if (newest) await replace(`${name}.checkpoint`, [newest.note]);
      await replace(`${name}.ndjson`, this.#segmentLines(segment.from, next, newest || null));
    }
    await fs.rm(`${name}.open.ndjson`, { force: true });
    this.#open = null;
    return { next, segment: null };
  }

  async *#segmentLines(from: number, to: number, newest: KeptCheckpoint | null): AsyncGenerator<string> {
    const size = newest?.checkpoint.size ?? to;
    const checkpoint = newest?.note ?? null;
    yield exportHeader({ kind: "part", size, filter: {}, checkpoint, from, to });
    const hashOf = hashReader(this.#world.db);
    let count = 0;
    for await (const rows of withPruned(this.#world.db, this.#rows(from, to), { from, end: to })) {
      const lines: string[] = [];
      for (const row of rows)
        lines.push(exportLine(row, newest ? await proveInclusion(row.seq, size, hashOf) : null));
      count += rows.length;
      yield lines.join("");
    }
    yield exportEnd(count);
  }

  async *#rows(from: number, to: number): AsyncGenerator<ExportedRow[]> {
    for (let at = from; at < to;) {
      const rows = await readBatch(this.#world.db, { from: at, until: to, limit: piece });
      const last = rows.at(-1);
      if (!last) return;
      yield rows;
      at = last.seq + 1;
    }
  }

  async #append(
    segment: ForwardSegment,
    { next }: ForwardCursor,
    rows: readonly ExportedRow[],
  ): Promise<void> {
    const file = path.join(this.#folder, `${segment.day}.open.ndjson`);
    const known = this.#open?.file === file ? this.#open.bytes : null;
    this.#open = null;
    if (known === null || known !== (await sizeOf(file))) {
      const before = this.#rows(segment.from, next);
      await replace(
        file,
        (async function* () {
          for await (const some of before) yield some.map((row) => exportLine(row, null)).join("");
        })(),
      );
    }
    const handle = await fs.open(file, "a");
    try {
      await handle.writeFile(rows.map((row) => exportLine(row, null)).join(""));
      await handle.sync();
      this.#open = { file, bytes: (await handle.stat()).size };
    } finally {
      await handle.close();
    }
  }

  /** Whether this day lies there whole already, as after a stop between writing and noting it. */
  async #isFinished(name: string, from: number, to: number): Promise<boolean> {
    const file = `${name}.ndjson`;
    if ((await sizeOf(file)) === null) return false;
    const handle = await fs.open(file, "r");
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
      const told = JSON.parse(buffer.toString("utf8", 0, bytesRead).split("\n")[0] ?? "") as Record<
        string,
        unknown
      >;
      if (told["from"] === from && told["to"] === to) return true;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    } finally {
      await handle.close();
    }
    throw new Trouble(`The folder has another file of ${path.basename(name)} already.`);
  }
}

/** The day of an event in UTC. */
const dayOf = ({ occurredAt }: ExportedRow) => occurredAt.toISOString().slice(0, 10);

async function sizeOf(file: string): Promise<number | null> {
  try {
    return (await fs.stat(file)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Written beside, brought to disk and moved into place, so that nobody finds a half. */
async function replace(file: string, texts: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const draft = `${file}.new`;
  const handle = await fs.open(draft, "w");
  try {
    for await (const text of texts) await handle.write(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(draft, file);
  const folder = await fs.open(path.dirname(file), "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
