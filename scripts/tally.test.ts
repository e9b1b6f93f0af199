import { describe, expect, test } from "vitest";
import { judge, noTests, readPlaywright, readVitest } from "./tally";

const fine = { code: 0, output: "" };

describe("a runner has failed", () => {
  test("when it gave no report", () => {
    expect(judge("unit", { code: 1, output: "boom" }, undefined).failed).toEqual([
      { name: "unit: gave no report", output: "boom" },
    ]);
  });
  test("when it ran no test", () => {
    expect(judge("unit", fine, noTests).failed).toHaveLength(1);
  });
  test("when it ended badly although all its tests passed", () => {
    expect(judge("unit", { code: 1, output: "" }, { ...noTests, passed: 3 }).failed).toHaveLength(1);
  });
  test("and not otherwise", () => {
    expect(judge("unit", fine, { ...noTests, passed: 3 }).failed).toEqual([]);
  });
});

test("vitest's report counts tests, and a file that does not load as one failure", () => {
  const report = {
    testResults: [
      {
        name: "/x/a.test.ts",
        status: "failed",
        assertionResults: [
          { fullName: "one", status: "passed" },
          { fullName: "two", status: "failed", failureMessages: ["why"] },
          { fullName: "three", status: "skipped" },
        ],
      },
      { name: "/x/b.test.ts", status: "failed", message: "no such module", assertionResults: [] },
    ],
  };
  expect(readVitest(report, "/x")).toEqual({
    passed: 1,
    failed: [
      { name: "a.test.ts: two", output: "why" },
      { name: "b.test.ts", output: "no such module" },
    ],
    skipped: ["a.test.ts: three"],
  });
});

test("playwright's report counts nested tests, and one that needed a second try as failed", () => {
  const spec = (title: string, status: string) => ({
    title,
    file: "a.spec.ts",
    line: 1,
    tests: [{ status, results: [{ errors: [{ message: "why" }] }] }],
  });
  const report = {
    suites: [
      {
        title: "a.spec.ts",
        specs: [spec("one", "expected"), spec("two", "skipped")],
        suites: [{ title: "inner", specs: [spec("three", "flaky"), spec("four", "unexpected")] }],
      },
    ],
    errors: [{ message: "no browser" }],
  };
  expect(readPlaywright(report)).toEqual({
    passed: 1,
    failed: [
      { name: "e2e", output: "no browser" },
      { name: "a.spec.ts:1: three", output: "why" },
      { name: "a.spec.ts:1: four", output: "why" },
    ],
    skipped: ["a.spec.ts:1: two"],
  });
});
