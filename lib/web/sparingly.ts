/** Lets one through in a while and counts the others, so that a robot fills nothing that it is written to. */
export class Sparingly {
  readonly #everyMs: number;
  #openAt = -Infinity;
  #heldBack = 0;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** How many were held back since the last one that came through; null when this one is held back too. */
  take(nowMs: number): number | null {
    if (nowMs < this.#openAt) {
      this.#heldBack++;
      return null;
    }
    const heldBack = this.#heldBack;
    this.#openAt = nowMs + this.#everyMs;
    this.#heldBack = 0;
    return heldBack;
  }
}
