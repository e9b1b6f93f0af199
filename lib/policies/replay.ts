import type { CompiledPolicy } from "@/lib/policies/compile-policy";
import type { Outcome } from "@/lib/policies/policy";
import { ruleOn } from "@/lib/policies/ruling";
import type { RequestSignals } from "@/lib/policies/signals";
import type { ReplayResult, ReplayRow } from "@/lib/policies/view";

/** A request of the past: its frozen signals, how the policy of its day ruled, and how long it waited for people. */
export type PastRequest = {
  number: number;
  requesterId: string;
  tableId: string;
  records: readonly string[];
  signals: RequestSignals;
  was: Pressure;
  waitedSeconds: number;
};

/** How hard an outcome presses: of a review, the number of people who must agree at the least. */
export type Pressure = { kind: Outcome["kind"]; people: number };

const MOST_NUMBERS = 20;

/** Asks a policy about requests of the past, one after the other, from their frozen signals alone. */
export class Replay {
  readonly #compiled: CompiledPolicy;
  readonly #rows = new Map<string, ReplayRow>();
  readonly #watched = new Map<string, ReplayResult["watched"][number]>();
  readonly #people = new Set<string>();
  readonly #records = new Set<string>();
  #requests = 0;
  #changed = 0;
  #savedSeconds = 0;

  constructor(compiled: CompiledPolicy) {
    this.#compiled = compiled;
  }

  add(past: PastRequest): void {
    const { outcome, shadow } = ruleOn(this.#compiled, past.signals);
    for (const { rule, would } of shadow) this.#watch(rule, would);
    const now = pressureOf(outcome);
    const [from, to] = [pressureWords(past.was), pressureWords(now)];
    this.#requests++;
    if (from === to) return;
    this.#changed++;
    const key = `${from}\n${to}`;
    const row = this.#rows.get(key) ?? { from, to, requests: 0, numbers: [] };
    row.requests++;
    if (row.numbers.length < MOST_NUMBERS) row.numbers.push(past.number);
    this.#rows.set(key, row);
    this.#people.add(past.requesterId);
    for (const record of past.records) this.#records.add(`${past.tableId} ${record}`);
    if (now.kind === "auto") this.#savedSeconds += past.waitedSeconds;
  }

  #watch(rule: string, would: Outcome["kind"]): void {
    const row = this.#watched.get(rule) ?? { rule, would, requests: 0 };
    row.requests++;
    this.#watched.set(rule, row);
  }

  result(): ReplayResult {
    const rows = [...this.#rows.values()].toSorted((one, other) => other.requests - one.requests);
    return {
      requests: this.#requests,
      changed: this.#changed,
      rows,
      people: this.#people.size,
      records: this.#records.size,
      savedSeconds: this.#savedSeconds,
      watched: [...this.#watched.values()],
    };
  }
}

/** The pressure of an outcome; a step with alternatives counts with the fewest people. */
export function pressureOf(outcome: Outcome): Pressure {
  if (outcome.kind !== "review") return { kind: outcome.kind, people: 0 };
  const people = outcome.steps.reduce(
    (sum, step) => sum + Math.min(...step.anyOf.map((alternative) => alternative.count)),
    0,
  );
  return { kind: "review", people };
}

function pressureWords({ kind, people }: Pressure): string {
  if (kind === "auto") return "automatic";
  if (kind === "deny") return "denied";
  return people === 1 ? "one person" : `${people} people`;
}
