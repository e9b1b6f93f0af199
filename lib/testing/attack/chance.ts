/** How likely a coin that is fair shows at least so many heads: the chance that a guesser who knows nothing did as well. */
export function chanceOf(right: number, of: number): number {
  let sum = 0;
  for (let heads = right; heads <= of; heads++) sum += Math.exp(logWays(heads, of) - of * Math.LN2);
  return Math.min(1, sum);
}

/**
 * Whether guesses tell anything: so many right ones, or so many wrong ones, that blind luck would do it less than once in
 * a million games.
 */
export function isAboveChance(right: number, of: number): boolean {
  return 2 * chanceOf(Math.max(right, of - right), of) < 1e-6;
}

/** The logarithm of the number of ways to choose some of many. */
function logWays(some: number, of: number): number {
  let log = 0;
  for (let at = 1; at <= some; at++) log += Math.log((of - some + at) / at);
  return log;
}
