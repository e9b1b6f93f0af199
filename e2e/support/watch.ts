import fs from "node:fs";
import type { BrowserContext, Response } from "@playwright/test";
import { findCanaries, type Canary } from "@/lib/testing/canaries";

/** Looks for canaries in whatever crosses the wire to a browser, and in what the server writes to its log. */
export class Watch {
  #canaries: readonly Canary[];
  readonly #revealed: string[] = [];
  readonly #pending: Promise<void>[] = [];
  readonly #leaks: string[] = [];
  readonly #logFile: string;
  readonly #logStart: number;

  constructor(canaries: readonly Canary[], logFile: string) {
    this.#canaries = canaries;
    this.#logFile = logFile;
    this.#logStart = fs.statSync(logFile).size;
  }

  /** Looks for these values as well, of a source that has no canaries of its own. */
  guard(values: readonly Canary[]): void {
    this.#canaries = [...this.#canaries, ...values];
  }

  /** From now on this value may cross to a browser: a test says so right before it reveals it. */
  expectReveal(raw: string): void {
    this.#revealed.push(raw);
  }

  /** Reads every response of a browser: pages, payloads, answers of actions, downloads. */
  follow(context: BrowserContext): void {
    context.on("response", (response) => this.#pending.push(this.#read(response)));
  }

  /** Looks into a text that reached a client by another way. */
  inspect(where: string, text: string | Uint8Array, revealed: readonly string[] = this.#revealed): void {
    for (const canary of findCanaries(text, this.#canaries, revealed)) {
      this.#leaks.push(`${canary.table}.${canary.column} of record ${canary.key} in ${where}`);
    }
  }

  /** What leaked so far. Log lines are looked at without exception: a revealed value is no line's business. */
  async leaks(): Promise<string[]> {
    await Promise.all(this.#pending);
    this.inspect("the log of the server", fs.readFileSync(this.#logFile).subarray(this.#logStart), []);
    return [...new Set(this.#leaks)];
  }

  async #read(response: Response): Promise<void> {
    const where = `${response.request().method()} ${new URL(response.url()).pathname}`;
    this.inspect(`${where} (headers)`, JSON.stringify(await response.allHeaders()));
    this.inspect(`${where} (address)`, response.url(), []);
    // A stream has no end to wait for; lib/notify says in it that somebody should look, and nothing else.
    if ((await response.headerValue("content-type")) === "text/event-stream") return;
    // A redirect and a navigation that was left behind have no body to read.
    const body = await response.body().catch(() => null);
    if (body) this.inspect(where, body);
  }
}
