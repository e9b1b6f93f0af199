import { expect, test } from "vitest";
import { driftTables, driftWords, type DriftedColumn } from "@/lib/catalog/drift";

const drifted = (...kinds: DriftedColumn["drift"][]) =>
  driftTables(kinds.map((drift, at) => ({ schema: "public", table: "people", column: `c${at}`, drift })));

test.each([
  [drifted("new"), "1 new column is hidden"],
  [drifted("new", "new", "new"), "3 new columns are hidden"],
  [drifted("changed"), "1 changed column is hidden"],
  [drifted("new", "changed", "gone"), "1 new column and 1 changed are hidden; 1 is gone"],
  [drifted("gone", "gone"), "2 columns are gone"],
  [drifted(), ""],
])("differences are told in a sentence: %#", (tables, words) => {
  expect(driftWords(tables)).toBe(words);
});

test("differences are listed table by table", () => {
  const column = (table: string, name: string): DriftedColumn => ({
    schema: "public",
    table,
    column: name,
    drift: "new",
  });
  expect(driftTables([column("a", "x"), column("b", "y"), column("a", "z")])).toEqual([
    { schema: "public", table: "a", new: ["x", "z"], changed: [], gone: [] },
    { schema: "public", table: "b", new: ["y"], changed: [], gone: [] },
  ]);
});
