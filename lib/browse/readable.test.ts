import { expect, test } from "vitest";
import { arrayItems, readableCell, readableInFull } from "@/lib/browse/readable";

test("an array is a list of its items", () => {
  expect(arrayItems("{}")).toEqual([]);
  expect(arrayItems(`{a,"b c",NULL,"say \\"hi\\"","a,b","{}"}`)).toEqual([
    "a",
    "b c",
    "NULL",
    'say "hi"',
    "a,b",
    "{}",
  ]);
  expect(readableCell(`{a,"b c"}`, "array")).toBe("a, b c");
});

test("what is no simple array, or was cut, stays as it is", () => {
  for (const text of ["{{1,2},{3,4}}", "[0:1]={1,2}", '{a,"b', "{a,b… ‹900 characters›"]) {
    expect(arrayItems(text), text).toBeNull();
    expect(readableCell(text, "array")).toBe(text);
  }
});

test("json is spaced out without a number being read", () => {
  expect(readableInFull('{"id":12345678901234567890,"a": [1, {"b":"x, y: {"}],"e":{}}', "json")).toBe(
    `{\n  "id": 12345678901234567890,\n  "a": [\n    1,\n    {\n      "b": "x, y: {"\n    }\n  ],\n  "e": {}\n}`,
  );
});

test("a moment is shown to the second, and a long value is cut", () => {
  expect(readableCell("2024-03-31 14:05:06.789012+00", "timestamp")).toBe("2024-03-31 14:05:06");
  expect(readableCell("x".repeat(500), "text")).toHaveLength(161);
});
