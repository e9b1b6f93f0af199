import fc from "fast-check";
import { expect, test } from "vitest";
import { limitOf, poissonTail, quantile, usualOf } from "./usual";

test("the tail of a Poisson count is right where tables have it, and where it is tiny", () => {
  expect(poissonTail(3, 1)).toBeCloseTo(0.0803014, 6);
  expect(poissonTail(10, 10)).toBeCloseTo(0.5420703, 6);
  expect(poissonTail(0, 5)).toBe(1);
  expect(poissonTail(30, 1) / 1.4368e-33).toBeCloseTo(1, 2);
});

test("the tail falls as the count grows and rises with the mean, and stays a probability", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.double({ min: 0, max: 100, noNaN: true }), (count, mean) => {
      const tail = poissonTail(count, mean);
      expect(tail).toBeGreaterThanOrEqual(0);
      expect(tail).toBeLessThanOrEqual(1);
      expect(poissonTail(count + 1, mean)).toBeLessThanOrEqual(tail + 1e-9);
      expect(poissonTail(count, mean + 1)).toBeGreaterThanOrEqual(tail - 1e-9);
    }),
  );
});

test("one wild day in ten does not move the limit beyond twice what the other days allow", () => {
  const calm = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 20, maxLength: 40 });
  fc.assert(
    fc.property(calm, fc.integer({ min: 1000, max: 100_000 }), (days, wild) => {
      const withWild = [...days, ...Array.from({ length: Math.floor(days.length / 12) }, () => wild)];
      expect(limitOf(usualOf(withWild), 20)).toBeLessThanOrEqual(20 + 6 * 1.4826 * 20 + 40);
    }),
  );
});

test("a quantile lies between the least and the most, and does not depend on the order", () => {
  const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1 });
  fc.assert(
    fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (some, share) => {
      const value = quantile(some, share);
      expect(value).toBeGreaterThanOrEqual(Math.min(...some));
      expect(value).toBeLessThanOrEqual(Math.max(...some));
      expect(quantile(some.toReversed(), share)).toBe(value);
    }),
  );
});
