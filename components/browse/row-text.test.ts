import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsOfText, rowsToText } from "./row-text";

const cell = fc.option(fc.string({ unit: "binary" }));
const row = fc.record({ handle: cell, cells: fc.array(cell, { minLength: 1 }) });

test("rows come back from their text exactly as they were, whatever they hold", () => {
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      expect(rowsOfText(rowsToText(rows))).toEqual(rows);
    }),
  );
});

test.each(["\\N", "\\", "\\t", "a\tb", "a\nb\r\n", ""])(
  "a value that looks like a sign of the text stays itself: %j",
  (value) => {
    const rows = [{ handle: value, cells: [value, null, value] }];
    expect(rowsOfText(rowsToText(rows))).toEqual(rows);
  },
);
