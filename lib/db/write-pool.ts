import "server-only";
import type { Writer } from "@/lib/db/short-transaction";

/**
 * Lends each writer to one transaction at a time; others wait in turn. The one that came back last is lent first: its
 * server process is the warm one.
 */
export class WritePool {
  readonly #all: readonly Writer[];
  readonly #free: Writer[];
  readonly #waiting: ((writer: Writer) => void)[] = [];

  constructor(writers: readonly Writer[]) {
    this.#all = writers;
    this.#free = [...writers];
  }

  /** Runs the work with a writer of its own. */
  async lend<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    const writer = this.#free.pop() ?? (await new Promise<Writer>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(writer);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(writer);
      else this.#free.push(writer);
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.#all.map(({ client }) => client.end({ timeout: 5 })));
  }
}
