import { expect, test } from "vitest";
import { durationText, exactTime, relativeTime } from "./time-text";

const now = Date.parse("2026-03-10T12:00:00Z");
const ago = (seconds: number) => relativeTime(new Date(now - seconds * 1000).toISOString(), now);

test("a moment is told in the largest unit that is exact enough", () => {
  expect(ago(10)).toBe("just now");
  expect(ago(50)).toBe("1 min ago");
  expect(ago(180)).toBe("3 min ago");
  expect(ago(3590)).toBe("1 h ago");
  expect(ago(86_400)).toBe("1 day ago");
  expect(ago(5 * 86_400)).toBe("5 days ago");
  expect(ago(-7200)).toBe("in 2 h");
});

test("a moment of more than a month ago is told as a date", () => {
  expect(ago(40 * 86_400)).toBe("2026-01-29");
});

test("the exact time names its zone", () => {
  expect(exactTime("2026-03-10T12:00:05Z", "UTC")).toBe("10 Mar 2026, 12:00:05 UTC");
});

test("a duration is told as people say it", () => {
  expect([30, 300, 5400, 7200, 86_400, 172_800].map(durationText)).toEqual([
    "30 s",
    "5 min",
    "1 h 30 min",
    "2 h",
    "1 day",
    "2 days",
  ]);
});
