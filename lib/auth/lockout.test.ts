import fc from "fast-check";
import { expect, test } from "vitest";
import { accountRule, addressRule, countedFailures, lockSeconds, minutesLocked } from "./lockout";

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 0, minutes));

test("four failures are free, the fifth locks for a minute, each further one for twice as long, up to an hour", () => {
  const seconds = Array.from({ length: 14 }, (_, index) => lockSeconds(accountRule, index + 1));
  expect(seconds).toEqual([0, 0, 0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600, 3600]);
});

test("an address has more failures free than an account", () => {
  expect(lockSeconds(addressRule, 19)).toBe(0);
  expect(lockSeconds(addressRule, 20)).toBe(60);
});

test("a further failure never shortens a lock", () => {
  fc.assert(
    fc.property(fc.nat(10_000), (failures) => {
      expect(lockSeconds(accountRule, failures + 1)).toBeGreaterThanOrEqual(
        lockSeconds(accountRule, failures),
      );
    }),
  );
});

test("failures are forgotten a day after the last lock opened, and not a moment earlier", () => {
  const known = { failures: 7, firstAt: at(0), lockedUntil: at(4) };
  expect(countedFailures(known, at(4 + 24 * 60 - 1))).toBe(7);
  expect(countedFailures(known, at(4 + 24 * 60))).toBe(0);
});

test("a lock says whole minutes, rounded up, and nothing once it is open", () => {
  expect(minutesLocked({ lockedUntil: at(5) }, at(0))).toBe(5);
  expect(minutesLocked({ lockedUntil: new Date(at(1).getTime() + 1) }, at(1))).toBe(1);
  expect(minutesLocked({ lockedUntil: at(1) }, at(1))).toBe(0);
  expect(minutesLocked({ lockedUntil: null }, at(0))).toBe(0);
});
