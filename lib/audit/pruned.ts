import { parseEntry } from "@/lib/audit/entry";

/** Events that were pruned, both ends included. */
export type Span = { from: number; to: number };

/** What an event `audit.pruned` says was pruned; what cannot be read accounts for nothing. */
export function prunedSpans(entry: string): Span[] {
  const ranges = readRanges(entry);
  return ranges.flatMap((range) => {
    const [, from, to] = /^(\d{1,15})-(\d{1,15})$/.exec(String(range)) ?? [];
    return from === undefined ? [] : [{ from: Number(from), to: Number(to) }];
  });
}

/** Whoever changed the entry may have left no JSON of it. */
function readRanges(entry: string): readonly unknown[] {
  try {
    const ranges = parseEntry(entry).details?.["ranges"];
    return Array.isArray(ranges) ? ranges : [];
  } catch {
    return [];
  }
}

/** What all events `audit.pruned` together account for: a pruned entry counts only where a later one of them covers it. */
export class PrunedAccount {
  readonly #spans: (Span & { by: number })[];

  constructor(events: readonly { seq: number; entry: string }[]) {
    this.#spans = events
      .flatMap(({ seq, entry }) => prunedSpans(entry).map((span) => ({ ...span, by: seq })))
      .toSorted((a, b) => a.from - b.from);
  }

  covers(seq: number): boolean {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.from ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    const span = this.#spans[low - 1];
    return span !== undefined && seq <= span.to && span.by > seq;
  }
}
