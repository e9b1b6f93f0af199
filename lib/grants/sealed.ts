import { Coverage } from "@/lib/grants/coverage";

export type Cell = { record: string; columnId: string };

/**
 * A raw value on its way from the driver to the one action that returns it. React cannot render it, JSON shows
 * an empty object, `inspect` shows nothing; it opens only for a coverage of its own cell (law 6).
 */
export class Sealed {
  readonly #raw: string | null;
  readonly #cell: Cell;

  constructor(cell: Cell, raw: string | null) {
    this.#cell = cell;
    this.#raw = raw;
  }

  /** The cell and its raw value, text as PostgreSQL prints it. Throws unless the coverage covers this very cell. */
  open(coverage: Coverage): Cell & { value: string | null } {
    Coverage.assertGenuine(coverage);
    if (!coverage.covers(this.#cell)) throw new Error("The coverage does not cover this cell.");
    return { ...this.#cell, value: this.#raw };
  }
}
