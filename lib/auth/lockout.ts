/** How many failures are free, how long the first lock lasts, and where the doubling of it stops. */
export type LockRule = { freeFailures: number; firstLockSeconds: number; longestLockSeconds: number };

export const accountRule: LockRule = { freeFailures: 5, firstLockSeconds: 60, longestLockSeconds: 3600 };

/** Many people may sit behind one address, so it has more failures free. */
export const addressRule: LockRule = { freeFailures: 20, firstLockSeconds: 60, longestLockSeconds: 3600 };

/** Failures are forgotten this long after the last lock, or after the first failure where none followed. */
export const FORGET_HOURS = 24;

export type Failures = { failures: number; firstAt: Date; lockedUntil: Date | null };

/** Seconds for which the last failure of this many locks the door; 0 while failures are free. */
export function lockSeconds(rule: LockRule, failures: number): number {
  if (failures < rule.freeFailures) return 0;
  const doublings = Math.min(failures - rule.freeFailures, 30);
  return Math.min(rule.firstLockSeconds * 2 ** doublings, rule.longestLockSeconds);
}

/** The failures that still count at `now`. */
export function countedFailures(known: Failures, now: Date): number {
  const quietSince = known.lockedUntil ?? known.firstAt;
  return now.getTime() - quietSince.getTime() >= FORGET_HOURS * 3_600_000 ? 0 : known.failures;
}

/** Whole minutes until the lock opens, rounded up; 0 when it is open at `now`. */
export function minutesLocked(known: Pick<Failures, "lockedUntil">, now: Date): number {
  if (known.lockedUntil === null) return 0;
  return Math.max(0, Math.ceil((known.lockedUntil.getTime() - now.getTime()) / 60_000));
}
