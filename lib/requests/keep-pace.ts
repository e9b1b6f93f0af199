import "server-only";
import { Refusal } from "@/lib/refusal";

/** So long a deed keeps the instance to itself at a time. */
const TURN_MS = 20;

/**
 * The pace of a deed of many steps: lets others have their turn between them, and refuses what takes longer than its
 * time. A draft of a policy may be as slow as it is allowed to be.
 */
export class Pace {
  readonly #endsAt: number;
  #turnEndsAt = performance.now() + TURN_MS;

  constructor(budgetMs: number) {
    this.#endsAt = performance.now() + budgetMs;
  }

  async step(): Promise<void> {
    const now = performance.now();
    if (now > this.#endsAt) throw new Refusal("replay-too-long");
    if (now < this.#turnEndsAt) return;
    await new Promise(setImmediate);
    this.#turnEndsAt = performance.now() + TURN_MS;
  }
}
