const day = 86_400;

/** Where a time stands on a line from one second to a day, 0 to 1, by its logarithm; what is outside stands at its end. */
export function spanOf(seconds: number): number {
  return Math.log(Math.min(day, Math.max(1, seconds))) / Math.log(day);
}
