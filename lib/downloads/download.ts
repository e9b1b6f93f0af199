import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import type { EventCode } from "@/lib/audit/codes";
import type { Context } from "@/lib/auth/context";
import type { Permission } from "@/lib/auth/permissions";
import type { WriteTransaction } from "@/lib/db/control-database";
import { downloadDatabase } from "@/lib/db/download-database";
import type { Beat } from "@/lib/db/download-books";
import { endDownload } from "@/lib/downloads/end-download";
import { UNREAD_MS, type DownloadEnd } from "@/lib/downloads/ending";
import { Leaving, wasStopped, whyOf, type Batches } from "@/lib/downloads/leaving";
import type { DownloadFormat } from "@/lib/downloads/view";
import { Refusal } from "@/lib/refusal";
import { reportFailure } from "@/lib/web/report-failure";

export type DownloadPlan = {
  /** What it is of, in words: never the name of a record or of a person. */
  title: string;
  format: DownloadFormat;
  /** What whoever asks must be allowed, from the beginning to the end. */
  permission: Permission;
  /** Of rows of a source: a stop of it ends the download. */
  sourceId?: string;
  /** What is on record before anything is read; refuses, in the transaction that records it, where it may not begin. */
  begin: (tx: WriteTransaction) => AuditEvent | Promise<AuditEvent>;
  /** What is on record at the end, with the same parts and what had left. */
  ended: EventCode;
};

/** A download whose beginning is on record. */
export type BegunPlan = DownloadPlan & { begun: AuditEvent };

/** A download that this instance sends: how far it is, and the one way in which it ends, whoever ends it. */
export class Download {
  readonly id: string;
  readonly plan: BegunPlan;
  /** The context of whoever asked. What is read through it is cancelled in the database when the download ends. */
  readonly ctx: Context;
  readonly #stopping = new AbortController();
  readonly #onEnd: () => void;
  #stopped: DownloadEnd | null = null;
  #ending: Promise<void> | null = null;
  #rows = 0;
  #bytes = 0;
  #total: number | null = null;
  #share: number | null = null;
  #takenAt = performance.now();

  constructor(ctx: Context, id: string, plan: BegunPlan, onEnd: () => void) {
    this.id = id;
    this.plan = plan;
    this.ctx = { ...ctx, db: downloadDatabase(this.signal) };
    this.#onEnd = onEnd;
  }

  /** Aborts when the download is stopped, for what is read elsewhere than through `ctx`. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** How it was stopped from outside, if it was. */
  get stopped(): DownloadEnd | null {
    return this.#stopped;
  }

  /** How far it is. */
  get beat(): Beat {
    const ofTotal = this.#total === null ? null : this.#rows / Math.max(1, this.#total);
    const share = this.#share ?? ofTotal;
    return {
      id: this.id,
      rows: this.#rows,
      bytes: this.#bytes,
      total: this.#total === null ? null : Math.max(this.#total, this.#rows),
      share: share === null ? null : Math.min(1, share),
    };
  }

  /** Whether nobody has taken anything of it for a long time. */
  get isUnread(): boolean {
    return performance.now() - this.#takenAt > UNREAD_MS;
  }

  /** Says how many rows there will be. */
  expect(total: number): void {
    this.#total = total;
  }

  /** Counts rows that leave; `share` says how much of the way is behind them where nobody knows how many there will be. */
  count(rows: number, share?: number): void {
    this.#rows += rows;
    this.#share = share ?? this.#share;
    this.#takenAt = performance.now();
  }

  /** Counts bytes that leave. */
  readonly wrote = (bytes: number): void => {
    this.#bytes += bytes;
    this.#takenAt = performance.now();
  };

  /** Does what comes before the first row; a failure ends the download, and what was stopped meanwhile is refused. */
  async make<T>(work: () => Promise<T>, gone?: AbortSignal): Promise<T> {
    const leave = () => this.stop({ state: "cancelled", why: "left" });
    gone?.addEventListener("abort", leave, { once: true });
    if (gone?.aborted === true) leave();
    try {
      const made = await work();
      if (this.#stopped === null) return made;
    } catch (error) {
      if (this.#stopped === null) {
        await this.end({ state: "broken", why: whyOf(error) });
        throw error;
      }
    } finally {
      gone?.removeEventListener("abort", leave);
    }
    await this.#ending;
    throw this.#stopped === null ? new Refusal("download-over") : wasStopped(this.#stopped);
  }

  /** The batches as they leave: whoever reads them to the end, or stops reading, ends the download. */
  leaving<T>(batches: AsyncIterable<T>): Batches<T> {
    return new Leaving(this, batches);
  }

  /** Ends it from outside, at once: what it reads is cancelled, and nothing more of it leaves. */
  stop(end: DownloadEnd): void {
    if (this.#ending !== null) return;
    this.#stopped = end;
    this.#stopping.abort(wasStopped(end));
    this.end(end).catch((error: unknown) => {
      // Refused: its end is on record already.
      if (!(error instanceof Refusal)) reportFailure(error);
    });
  }

  /** Puts its end on record, once; throws where that cannot be done, and nobody may believe then that it is whole. */
  end(end: DownloadEnd): Promise<void> {
    this.#ending ??= endDownload(this, end).finally(this.#onEnd);
    return this.#ending;
  }
}
