import { expect, test } from "vitest";
import { chanceOf, isAboveChance } from "./chance";

test("the chance of a number of heads is that of the binomial distribution", () => {
  expect(chanceOf(0, 10)).toBeCloseTo(1, 12);
  expect(chanceOf(10, 10)).toBeCloseTo(2 ** -10, 12);
  expect(chanceOf(2, 3)).toBeCloseTo(0.5, 12);
  expect(chanceOf(60, 100)).toBeCloseTo(0.028_443_966_8, 9);
});

test("who is right, or wrong, nearly always knows something, and who is so half the time does not", () => {
  expect([0, 24].map((right) => isAboveChance(right, 24))).toEqual([true, true]);
  expect([6, 12, 18].map((right) => isAboveChance(right, 24))).toEqual([false, false, false]);
  expect(isAboveChance(5_300, 10_000)).toBe(true);
  expect(isAboveChance(5_200, 10_000)).toBe(false);
});
