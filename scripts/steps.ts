/** Prints every step of a start with its time, as soon as it is done; steps may overlap. */
export class Steps {
  readonly #running = new Map<string, number>();
  readonly #ticker: NodeJS.Timeout | undefined;

  constructor() {
    if (!process.stdout.isTTY) return;
    this.#ticker = setInterval(() => this.#tick(), 200);
    this.#ticker.unref();
  }

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const startedAt = Date.now();
    const result = await this.watch(name, work);
    this.done(name, (Date.now() - startedAt) / 1000);
    return result;
  }

  /** Shows on a terminal that the work is going on; its end is the caller's to print. */
  async watch<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.#running.set(name, Date.now());
    try {
      return await work();
    } finally {
      this.#running.delete(name);
    }
  }

  done(name: string, seconds: number, note = ""): void {
    this.#clear();
    console.log(`  ${name.padEnd(18)}${seconds.toFixed(1).padStart(6)} s${note && `  ${note}`}`);
  }

  end(): void {
    clearInterval(this.#ticker);
    this.#clear();
  }

  #tick(): void {
    const now = Date.now();
    const names = [...this.#running].map(([name, since]) => `${name} ${Math.round((now - since) / 1000)} s`);
    if (names.length > 0) process.stdout.write(`\r\u001b[K  ${names.join(", ")} ...`);
  }

  #clear(): void {
    if (process.stdout.isTTY) process.stdout.write("\r\u001b[K");
  }
}
