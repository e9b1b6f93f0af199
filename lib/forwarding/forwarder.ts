import "server-only";
import { readHead } from "@/lib/audit/check-events";
import type { ExportedRow } from "@/lib/audit/export-proof";
import type { LogSettings } from "@/lib/audit/log-settings";
import type { ReadDatabase } from "@/lib/db/control-database";
import { ForwardBooks, type ForwardCursor } from "@/lib/db/forward-books";
import type { Destination } from "@/lib/forwarding/forward-settings";
import { readBatch, readLook } from "@/lib/forwarding/read-committed";
import { sendHttps } from "@/lib/forwarding/send-https";
import { sendSyslog } from "@/lib/forwarding/send-syslog";
import { troubleOf } from "@/lib/forwarding/trouble";
import { SegmentWriter } from "@/lib/forwarding/write-segments";

/** At most so many events, and about so many bytes, are on their way at once. */
const mostEvents = 500;
const mostBytes = 1_000_000;
/** What a receiver of syslog took in so lately before it failed is sent again: it may have died with it. */
const againMs = 60_000;

export type ForwardWorld = {
  db: ReadDatabase;
  settings: () => LogSettings;
  /** Milliseconds that only grow. */
  now: () => number;
  /** How long a receiver may take for a batch in all. */
  wholeMs: number;
};

/** What a turn came to: nothing new, more to do at once, somebody else's turn, or trouble. */
export type Turn = "idle" | "more" | "others" | "trouble";

/**
 * Hands the log over to one destination: in order, each event at least once, and on from where any instance came to. What
 * is not on the disk of the database yet is not sent, and what is not acknowledged is sent again.
 */
export class Forwarder {
  readonly destination: Destination;
  readonly #world: ForwardWorld;
  readonly #books: ForwardBooks;
  readonly #segments: SegmentWriter | null;
  #limit = mostEvents;
  #durable = 0;
  #acknowledged: { from: number; at: number }[] = [];
  #again: number | null = null;

  constructor(destination: Destination, world: ForwardWorld) {
    this.destination = destination;
    this.#world = world;
    this.#books = new ForwardBooks(destination.id);
    this.#segments = destination.kind === "folder" ? new SegmentWriter(destination.folder, world) : null;
  }

  /** Sends one batch, if there is one and nobody else sends here. */
  async turn(stopping: AbortSignal): Promise<Turn> {
    if (!(await this.#books.hold())) return "others";
    const cursor = await this.#books.cursor();
    if (!cursor) return "idle";
    const day = await this.#lookAhead();
    const from = this.#again ?? cursor.next;
    const rows = await this.#batch(from);
    try {
      if (this.#segments) return await this.#write(this.#segments, rows, cursor, day);
      if (rows.length === 0) {
        // Nothing is left of what was here: only numbers that were pruned.
        if (cursor.next < this.#durable) await this.#advance(cursor, { next: this.#durable, segment: null });
        return "idle";
      }
      await this.#send(rows, stopping);
    } catch (error) {
      if (stopping.aborted) return "idle";
      await this.#fail(error);
      return "trouble";
    }
    return this.#sent(rows, cursor, from);
  }

  /** Gives up the right to send. */
  end(): Promise<void> {
    return this.#books.end();
  }

  /** Looks how far the log is, so that nothing of it can be lost any more; gives the day by the clock of the database. */
  async #lookAhead(): Promise<string> {
    const { db } = this.#world;
    const { size, day } = await readLook(db);
    if (size > this.#durable) this.#durable = (await readHead(db))?.size ?? 0;
    return day;
  }

  async #batch(from: number): Promise<ExportedRow[]> {
    const rows = await readBatch(this.#world.db, { from, until: this.#durable, limit: this.#limit });
    let bytes = 0;
    const end = rows.findIndex(({ entry }, at) => (bytes += Buffer.byteLength(entry)) > mostBytes && at > 0);
    return end === -1 ? rows : rows.slice(0, end);
  }

  async #send(rows: readonly ExportedRow[], stopping: AbortSignal): Promise<void> {
    const { destination } = this;
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(this.#world.wholeMs)]);
    if (destination.kind === "https") await sendHttps(destination, rows, signal);
    else if (destination.kind === "syslog") await sendSyslog(destination, rows, signal);
  }

  async #write(
    segments: SegmentWriter,
    rows: readonly ExportedRow[],
    cursor: ForwardCursor,
    day: string,
  ): Promise<Turn> {
    const reached = await segments.write(rows, cursor);
    if (reached.next > cursor.next)
      return (await this.#advance(cursor, reached))
        ? reached.next < this.#durable
          ? "more"
          : "idle"
        : "others";
    if (!cursor.segment || (rows.length === 0 && cursor.segment.day >= day)) return "idle";
    const finished = await segments.finish(cursor);
    return (await this.#advance(cursor, finished)) ? "more" : "others";
  }

  async #sent(rows: readonly ExportedRow[], cursor: ForwardCursor, from: number): Promise<Turn> {
    const next = (rows.at(-1)?.seq ?? from - 1) + 1;
    const now = this.#world.now();
    this.#acknowledged = [...this.#acknowledged.filter(({ at }) => now - at < againMs), { from, at: now }];
    this.#again = this.#again !== null && next < cursor.next ? next : null;
    this.#limit = Math.min(mostEvents, this.#limit * 2);
    if (next > cursor.next && !(await this.#advance(cursor, { next, segment: null }))) return "others";
    return next < this.#durable ? "more" : "idle";
  }

  #advance(from: ForwardCursor, to: ForwardCursor): Promise<boolean> {
    return this.#books.advance(from.next, to);
  }

  async #fail(error: unknown): Promise<void> {
    const trouble = troubleOf(error);
    // A receiver that takes no batch of this size may take a smaller one.
    if (trouble.tooMuch) this.#limit = Math.max(1, Math.floor(this.#limit / 2));
    if (this.destination.kind === "syslog") {
      const now = this.#world.now();
      const lately = this.#acknowledged.find(({ at }) => now - at < againMs);
      this.#again = lately?.from ?? this.#again;
    }
    await this.#books.trouble(trouble.message);
  }
}
