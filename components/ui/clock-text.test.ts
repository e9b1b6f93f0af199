import { expect, test } from "vitest";
import { clockText, dueMarks } from "./clock-text";

test("a countdown reads like a clock and shows zero only when it is over", () => {
  expect(clockText(300_000)).toBe("5:00");
  expect(clockText(61_001)).toBe("1:02");
  expect(clockText(1)).toBe("0:01");
  expect(clockText(0)).toBe("0:00");
  expect(clockText(3_729_000)).toBe("1:02:09");
});

test("60, 30 and 10 seconds are each announced once, and never after the end", () => {
  expect(dueMarks(61_000, 60_000)).toEqual([60]);
  expect(dueMarks(60_000, 59_000)).toEqual([]);
  expect(dueMarks(10_500, 9_900)).toEqual([10]);
  expect(dueMarks(11_000, 0)).toEqual([]);
});

test("a tab that slept through several marks announces the last one only", () => {
  expect(dueMarks(90_000, 9_000)).toEqual([10]);
});
