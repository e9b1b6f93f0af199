/** A row of bench/results.json: a figure, and its ratio to a baseline measured beside it in the same run. */
export type Row = { name: string; value: number; unit: string; baseline: number; ratio: number; n: number };

/** Makes a row out of two figures of the same unit. */
export function row(name: string, unit: string, value: number, baseline: number, n: number): Row {
  return {
    name,
    value: rounded(value),
    unit,
    baseline: rounded(baseline),
    ratio: rounded(value / baseline),
    n,
  };
}

/** One thing to time, called once a round; its answer is checked by itself. */
export type Subject = () => Promise<void>;

/**
 * Times subjects side by side: each round runs every one of them once, in an order that turns from round to
 * round, so that whatever else the machine does falls on all alike. Returns the median of each in milliseconds.
 */
export async function timeSideBySide<Name extends string>(
  subjects: Record<Name, Subject>,
  { rounds, warmUp }: { rounds: number; warmUp: number },
): Promise<Record<Name, number>> {
  const names = Object.keys(subjects) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = -warmUp; round < rounds; round++) {
    for (let index = 0; index < names.length; index++) {
      const name = names[(index + Math.max(round, 0)) % names.length]!;
      const startedAt = performance.now();
      await subjects[name]();
      const ms = performance.now() - startedAt;
      if (round >= 0) times.get(name)!.push(ms);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name)!)])) as Record<Name, number>;
}

/** The time that so many in a hundred did not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
