/** What is usual of a number: its middle, how far it strays, and the range of four days in five. */
export type Usual = { median: number; spread: number; low: number; high: number };

/**
 * What is usual in these numbers, by order statistics: a few wild days move it little. The spread is 1.4826 times the
 * median of the distances from the median, as wide as a standard deviation where numbers stray normally, and never less
 * than a Poisson count of that size strays.
 */
export function usualOf(numbers: readonly number[]): Usual {
  const median = quantile(numbers, 0.5);
  const mad = quantile(
    numbers.map((number) => Math.abs(number - median)),
    0.5,
  );
  const spread = Math.max(1.4826 * mad, Math.sqrt(Math.max(median, 1)));
  return { median, spread, low: quantile(numbers, 0.1), high: quantile(numbers, 0.9) };
}

/** The number above which one is unusual: six spreads above the middle, twice the high end, and not below the floor. */
export function limitOf({ median, spread, high }: Usual, floor: number): number {
  return Math.max(floor, median + 6 * spread, 2 * high);
}

/** The value below which a share of the numbers lies, between neighbours where it falls there; 0 for none. */
export function quantile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) return 0;
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}

/** The probability that a Poisson count of this mean is `count` or more. */
export function poissonTail(count: number, mean: number): number {
  if (count <= 0) return 1;
  if (mean <= 0) return 0;
  // Above the mean the tail is summed by itself: 1 minus the rest would lose what is small.
  let term = Math.exp(-mean + count * Math.log(mean) - logFactorial(count));
  if (count > mean) {
    let tail = 0;
    for (let k = count; term > tail * 1e-16 && term > 0; k++) {
      tail += term;
      term *= mean / (k + 1);
    }
    return Math.min(1, tail);
  }
  let below = 0;
  term = Math.exp(-mean);
  for (let k = 0; k < count; k++) {
    below += term;
    term *= mean / (k + 1);
  }
  return Math.min(1, Math.max(0, 1 - below));
}

function logFactorial(n: number): number {
  let sum = 0;
  for (let k = 2; k <= n; k++) sum += Math.log(k);
  return sum;
}

/** How often a number has doubled over its limit. A finding is told again only when this has grown. */
export function stepOver(number: number, limit: number): number {
  return Math.max(0, Math.floor(Math.log2(number / limit)));
}
