import { expect, test } from "vitest";
import { forgetMasked } from "@/lib/catalog/stored-filter";

test("filters lose their values, not their names, unless their column is clear, however names and values are written", () => {
  const filters = ["a:is:x", "b:any:x,y%2Cz", "c%3Ad:between:1..2", "b:null", "a:is::b:is:x", "nonsense"];
  expect(forgetMasked(filters, (name) => name === "a")).toEqual([
    "a:is:x",
    "b:any",
    "c%3Ad:between",
    "b:null",
    "a:is::b:is:x",
  ]);
  expect(forgetMasked(filters, (name) => name === "c:d")).toContain("c%3Ad:between:1..2");
});
