import { parseEntry, type AuditEntry } from "@/lib/audit/entry";
import { PruningRules } from "@/lib/audit/pruning-rules";

/** Events that were pruned, both ends included. */
export type Span = { from: number; to: number };

/** What one event `audit.pruned` accounts for: when at the latest it was, its days, and why it could prune nothing. */
export type Pruning = { seq: number; atUs: number; days: number; why: string | null };

/** When the events happened that stand around a pruned run, in microseconds; infinity where there is none. */
export type Neighbours = { beforeUs: number; afterUs: number };

const dayUs = 86_400e6;

/** What an event `audit.pruned` says was pruned; what cannot be read accounts for nothing. */
export function prunedSpans(entry: AuditEntry): Span[] {
  const ranges: unknown = entry.details?.["ranges"];
  return (Array.isArray(ranges) ? ranges : []).flatMap((range) => {
    const [, from, to] = /^(\d{1,15})-(\d{1,15})$/.exec(String(range)) ?? [];
    return from === undefined ? [] : [{ from: Number(from), to: Number(to) }];
  });
}

/** Whoever changed the entry may have left no JSON of it, or no entry. */
function readEntry(text: string): AuditEntry[] {
  try {
    const entry = parseEntry(text) as Partial<AuditEntry> | null;
    return typeof entry?.code === "string" && entry.actor ? [entry as AuditEntry] : [];
  } catch {
    return [];
  }
}

/**
 * What all events `audit.pruned` together account for, by the rules that the log itself says were in force: a pruned entry
 * counts only where a later one of them covers it, which named a period that two people had decided. `events`: those of
 * pruning, retention and holds, in order; `nowUs`: microseconds, which none of them may be after.
 */
export class PrunedAccount {
  readonly #spans: (Span & { by: Pruning })[] = [];

  constructor(events: readonly { entry: string }[], nowUs: number) {
    const rules = new PruningRules();
    const prunings: Pruning[] = [];
    for (const entry of events.flatMap((event) => readEntry(event.entry))) {
      notAfter(prunings, entry.occurredUs);
      rules.event(entry);
      if (entry.code !== "audit.pruned") continue;
      const told = entry.details?.["days"];
      const days = typeof told === "number" ? told : Number.NaN;
      const by = { seq: entry.seq, atUs: entry.occurredUs, days, why: rules.whyNot(days) };
      prunings.push(by);
      this.#spans.push(...prunedSpans(entry).map((span) => ({ ...span, by })));
    }
    notAfter(prunings, nowUs);
    this.#spans.sort((a, b) => a.from - b.from);
  }

  /** Why an entry may not be gone, with what stands around the run it was pruned in; null where it may. */
  faultOf(seq: number, { beforeUs, afterUs }: Neighbours): string | null {
    const by = this.#spanOf(seq)?.by;
    if (!by || by.seq <= seq) return "The event was pruned, and no later event says so.";
    const said = `The event was pruned by event ${by.seq}`;
    if (by.why !== null) return `${said}${by.why}`;
    // A day is for clocks that were set back.
    const limit = by.atUs - by.days * dayUs + dayUs;
    if (!(beforeUs < limit && afterUs < limit)) return `${said} sooner than the period that this names.`;
    return Math.floor(beforeUs / dayUs) === Math.floor(afterUs / dayUs)
      ? null
      : `${said}, and the events around it are not of one day.`;
  }

  #spanOf(seq: number): (Span & { by: Pruning }) | null {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#spans[middle]?.from ?? 0) <= seq) low = middle + 1;
      else high = middle;
    }
    const span = this.#spans[low - 1];
    return span !== undefined && seq <= span.to ? span : null;
  }
}

/** What happened later happened at this time: no pruning before it was after that. */
function notAfter(prunings: readonly Pruning[], us: number): void {
  for (let at = prunings.length - 1; at >= 0; at--) {
    const pruning = prunings[at];
    if (!pruning || pruning.atUs <= us) return;
    pruning.atUs = us;
  }
}
