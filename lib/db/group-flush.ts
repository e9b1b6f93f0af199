import "server-only";
import { DatabaseFailure } from "@/lib/db/database-failure";

/** An event in the log: its number and its leaf hash, in hexadecimal digits. No other event has both. */
export type LogPlace = { seq: string; leafHash: string };

/** Gives those of the places that are in the log, once all that it saw there is as safe as the operator wants commits. */
export type FlushedPlaces = (places: readonly LogPlace[]) => Promise<readonly LogPlace[]>;

type Waiting = { place: LogPlace; resolve: () => void; reject: (why: unknown) => void };

const nameOf = ({ seq, leafHash }: LogPlace) => `${seq} ${leafHash}`;

/**
 * One flush for all who wait in this process: whoever comes while one is under way waits for the next. An event that the
 * flush does not find again was lost, as in a crash between the commit and the flush, and is acknowledged to nobody.
 */
export class GroupFlush {
  readonly #flushed: FlushedPlaces;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(flushed: FlushedPlaces) {
    this.#flushed = flushed;
  }

  /** Whether somebody waits. */
  get isBusy(): boolean {
    return this.#isRunning;
  }

  /** Resolves when the event, committed before this call, and with it all that is before it in the log cannot be lost. */
  kept(place: LogPlace): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ place, resolve, reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let group = this.#next(); group.length > 0; group = this.#next()) await this.#flush(group);
    this.#isRunning = false;
  }

  #next(): Waiting[] {
    return this.#waiting.splice(0);
  }

  async #flush(group: readonly Waiting[]): Promise<void> {
    try {
      const found = new Set((await this.#flushed(group.map(({ place }) => place))).map(nameOf));
      for (const { place, resolve, reject } of group)
        if (found.has(nameOf(place))) resolve();
        else reject(new DatabaseFailure("CONNECTION_CLOSED"));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
