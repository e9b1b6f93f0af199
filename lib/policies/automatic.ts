import type { CompiledPolicy } from "@/lib/policies/compile-policy";
import { ruleOn } from "@/lib/policies/ruling";
import type { RequestSignals } from "@/lib/policies/signals";

/** A change of one's own request. */
export type Change =
  | { kind: "ticket" }
  | { kind: "partial" }
  | { kind: "records"; atMost: number }
  | { kind: "time"; viewSeconds: number }
  | { kind: "hours"; hour: number; weekday: number };

const recordSteps = [100, 20, 5, 1];
const timeSteps = [900, 600, 300, 60];

/**
 * What would make a request automatic: the smallest sets of changes of ticket, level, records, view time or hour of
 * the day that do, fewest changes first; none where it is automatic already or nothing of the kind helps.
 */
export function waysToAutomatic(compiled: CompiledPolicy, signals: RequestSignals): Change[][] {
  if (isAutomatic(compiled, signals)) return [];
  const found: Change[][] = [];
  const tried = setsOf(choicesFor(compiled, signals))
    .toSorted((one, other) => one.length - other.length)
    .slice(0, triesOf(compiled));
  for (const changes of tried) {
    const covers = (smaller: readonly Change[]) =>
      smaller.every((change) => changes.some((one) => one.kind === change.kind));
    if (found.some(covers)) continue;
    if (isAutomatic(compiled, changes.reduce(changed, signals))) found.push(changes);
  }
  return found.slice(0, 5);
}

/** Comparisons that all tries together may make: a sheet asks while people type. */
const MOST_WORK = 1_000_000;

/** How many sets of changes are tried: all of them but for a policy that is at the bounds of what it may ask. */
function triesOf({ rules }: CompiledPolicy): number {
  const work = rules.reduce((sum, { condition }) => sum + condition.work, 1);
  return Math.max(1, Math.floor(MOST_WORK / work));
}

/** Whether it is granted at once as it stands: nothing is lacking. */
function isAutomatic(compiled: CompiledPolicy, signals: RequestSignals): boolean {
  const ruling = ruleOn(compiled, signals);
  return ruling.outcome.kind === "auto" && ruling.needs.length === 0;
}

/** For each kind of change the values worth trying, the least that is given up first. */
function choicesFor({ policy }: CompiledPolicy, signals: RequestSignals): Change[][] {
  const { hours } = policy.risk;
  const [weekday] = hours.days;
  const late = signals.hour === null || signals.hour < hours.from || signals.hour >= hours.to;
  const dayOff = signals.weekday === null || !hours.days.includes(signals.weekday);
  return [
    signals.ticket ? [] : [{ kind: "ticket" }],
    signals.fields.some((field) => field.level === "full") ? [{ kind: "partial" }] : [],
    recordSteps
      .filter((atMost) => atMost < signals.records)
      .map((atMost) => ({ kind: "records" as const, atMost })),
    timeSteps
      .filter((seconds) => seconds < signals.viewSeconds)
      .map((viewSeconds) => ({ kind: "time" as const, viewSeconds })),
    (late || dayOff) && weekday !== undefined ? [{ kind: "hours", hour: hours.from, weekday }] : [],
  ];
}

function setsOf([choices, ...rest]: Change[][]): Change[][] {
  if (!choices) return [[]];
  const without = setsOf(rest);
  return [...without, ...choices.flatMap((change) => without.map((set) => [change, ...set]))];
}

function changed(signals: RequestSignals, change: Change): RequestSignals {
  switch (change.kind) {
    case "ticket":
      return { ...signals, ticket: true };
    case "partial":
      return { ...signals, fields: signals.fields.map((field) => ({ ...field, level: "partial" })) };
    case "records":
      return { ...signals, records: change.atMost };
    case "time":
      return { ...signals, viewSeconds: change.viewSeconds };
    case "hours":
      return { ...signals, hour: change.hour, weekday: change.weekday };
  }
}
