import { expect, test } from "vitest";
import { findingKinds } from "./finding";
import { dayWords, findingWords } from "./words";

test("a finding says its numbers, and what is usual", () => {
  const evidence = { count: 41, low: 3, high: 9, limit: 24, days: 38 };
  expect(findingWords("records", evidence, "Tuesday")).toBe(
    "41 records on Tuesday; usually 3 to 9 a day, over 38 days of work in 8 weeks.",
  );
  expect(
    findingWords(
      "new",
      { count: 12, days: 30, tables: ["hr.salaries"], classes: ["salary"], combinations: [] },
      "Monday",
    ),
  ).toBe(
    "12 records of hr.salaries and of the class salary in the 7 days up to Monday: never opened in the 8 weeks before (30 days of work).",
  );
});

test("every kind has words, whatever its evidence lacks", () => {
  for (const kind of Object.keys(findingKinds)) {
    const words = findingWords(kind, {}, "Monday");
    expect(words).toMatch(/^\d.*\.$/);
    expect(words).not.toMatch(/undefined|NaN/);
  }
  expect(findingWords("gone", {}, "Monday")).toContain("does not know");
});

test("a day is written as people write it", () => {
  expect(dayWords("2026-11-24")).toBe("Tuesday 24 November 2026");
});
