import { expect, test } from "vitest";
import { spanOf } from "./time-span";

test("a second stands at the left, a day at the right, and each multiple as far as any other", () => {
  expect([0, 0.2, 1].map(spanOf)).toEqual([0, 0, 0]);
  expect([86_400, 1_000_000].map(spanOf)).toEqual([1, 1]);
  expect(spanOf(3600) - spanOf(360)).toBeCloseTo(spanOf(50) - spanOf(5));
});
