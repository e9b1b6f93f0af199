/** What must be stopped when the process ends, newest first. */
export class Lifetime {
  readonly #stops: (() => Promise<void>)[] = [];
  #stopping: Promise<void> | undefined;

  add(stop: () => Promise<void>): void {
    this.#stops.push(stop);
  }

  get isEnding(): boolean {
    return this.#stopping !== undefined;
  }

  /** Stops everything once, however often it is called. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /**
   * Ctrl-C, a polite kill, or the death of the process that started this one. `atSignal` is called when a signal comes,
   * and what it returns when all is stopped: the last words.
   */
  stopOnSignal(atSignal: (signal: string) => () => void = () => () => {}): void {
    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
    ] as const) {
      process.on(signal, () => {
        const lastWords = atSignal(signal);
        void this.stop().finally(() => {
          lastWords();
          process.exit(code);
        });
      });
    }
    process.on("disconnect", () => void this.stop().finally(() => process.exit(1)));
    process.channel?.unref();
  }

  async #stopAll(): Promise<void> {
    for (let stop = this.#stops.pop(); stop; stop = this.#stops.pop()) {
      await stop().catch((error: unknown) => console.error(error instanceof Error ? error.message : error));
    }
  }
}
