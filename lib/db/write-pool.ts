import "server-only";
import type { Writer } from "@/lib/db/writer";

/**
 * Lends each writer to one transaction at a time; others wait in turn. The one that came back last is lent first: its
 * server process is the warm one. One that lost its connection under its work is not lent again.
 */
export class WritePool {
  readonly #open: () => Writer;
  readonly #all = new Set<Writer>();
  readonly #free: Writer[] = [];
  readonly #waiting: ((writer: Writer) => void)[] = [];

  constructor(open: () => Writer, size: number) {
    this.#open = open;
    for (let count = 0; count < size; count++) this.#free.push(this.#opened());
  }

  /** Runs the work with a writer of its own. */
  async lend<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    const writer = this.#free.pop() ?? (await new Promise<Writer>((resolve) => this.#waiting.push(resolve)));
    try {
      return await writer.guard(() => work(writer));
    } finally {
      const back = writer.isLost ? this.#replaced(writer) : writer;
      const next = this.#waiting.shift();
      if (next) next(back);
      else this.#free.push(back);
    }
  }

  /** How many are lent at the moment. */
  get lent(): number {
    return this.#all.size - this.#free.length;
  }

  async end(): Promise<void> {
    await Promise.all([...this.#all].map(({ client }) => client.end({ timeout: 5 })));
  }

  #opened(): Writer {
    const writer = this.#open();
    this.#all.add(writer);
    return writer;
  }

  #replaced(writer: Writer): Writer {
    this.#all.delete(writer);
    // It has nothing left to end in order: what it held is refused at once.
    void writer.client.end({ timeout: 0 }).catch(() => undefined);
    return this.#opened();
  }
}
