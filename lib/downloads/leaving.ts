import type { DownloadEnd } from "@/lib/downloads/ending";
import { Refusal } from "@/lib/refusal";

/** Batches that leave, and who wants to know how many bytes they made. */
export type Batches<T> = AsyncIterableIterator<T, undefined> & {
  return: () => Promise<IteratorResult<T, undefined>>;
  wrote: (bytes: number) => void;
};

/** What of a download counts here. */
type Followed = {
  /** How it was stopped from outside, if it was. */
  readonly stopped: DownloadEnd | null;
  wrote: (bytes: number) => void;
  stop: (end: DownloadEnd) => void;
  end: (end: DownloadEnd) => Promise<void>;
};

/** Why a download breaks off where what it reads fails. */
export const whyOf = (error: unknown) =>
  error instanceof Refusal && error.code === "access-stopped" ? error.code : "failed";

/** What whoever reads on is told of a download that was stopped. */
export const wasStopped = (end: DownloadEnd) =>
  new Refusal(end.state === "broken" && end.why === "access-stopped" ? end.why : "download-over");

/**
 * The batches of a download as they are read: none is given once it was stopped, and its end is on record before the
 * reader hears that there are no more. Whoever stops reading cancels it, even before the first batch.
 */
export class Leaving<T> implements Batches<T> {
  readonly #download: Followed;
  readonly #batches: AsyncIterator<T, unknown>;
  readonly wrote: (bytes: number) => void;

  constructor(download: Followed, batches: AsyncIterable<T>) {
    this.#download = download;
    this.#batches = batches[Symbol.asyncIterator]();
    this.wrote = download.wrote;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    try {
      if (this.#download.stopped === null) {
        const next = await this.#batches.next();
        if (this.#download.stopped === null && next.done !== true) return next;
      }
    } catch (error) {
      await this.#download.end({ state: "broken", why: whyOf(error) });
      throw this.#download.stopped === null ? error : wasStopped(this.#download.stopped);
    }
    return this.#finish();
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    const left = { state: "cancelled", why: "left" } as const;
    this.#download.stop(left);
    await this.#download.end(left);
    await this.#batches.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #finish(): Promise<IteratorResult<T, undefined>> {
    await this.#download.end({ state: "whole" });
    // It was stopped first: what has left must not look whole.
    const { stopped } = this.#download;
    if (stopped !== null) {
      await this.#batches.return?.();
      throw wasStopped(stopped);
    }
    return { done: true, value: undefined };
  }
}
