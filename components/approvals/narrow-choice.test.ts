import fc from "fast-check";
import { expect, test } from "vitest";
import { firstOf, matching, withAll, withBoxes, type Box } from "@/components/approvals/narrow-choice";

const boxes: Box[] = Array.from({ length: 9 }, (_, at) => ({
  id: `r${at + 1}`,
  label: `Order ${at + 1} DE`,
}));
const all = new Set(boxes.map(({ id }) => id));

test("a search finds what says all of its words, in whatever case", () => {
  expect(matching(boxes, "  order de 7").map(({ id }) => id)).toEqual(["r7"]);
  expect(matching(boxes, "")).toEqual(boxes);
  expect(matching(boxes, "fr")).toEqual([]);
});

test("with Shift all boxes between two are set as the second was, upwards as downwards", () => {
  const down = withBoxes(all, boxes, { id: "r6", on: false, since: "r4" });
  expect([...down]).toEqual(["r1", "r2", "r3", "r7", "r8", "r9"]);
  expect(withBoxes(all, boxes, { id: "r4", on: false, since: "r6" })).toEqual(down);
});

test("a range goes over what is listed alone, and from a box that is not listed it is the one box", () => {
  const listed = [boxes[0]!, boxes[4]!, boxes[8]!];
  expect(withBoxes(new Set(), listed, { id: "r9", on: true, since: "r1" })).toEqual(
    new Set(["r1", "r5", "r9"]),
  );
  expect(withBoxes(new Set(), listed, { id: "r9", on: true, since: "r2" })).toEqual(new Set(["r9"]));
});

test("the first so many are chosen and no others, whatever was typed as a number", () => {
  expect(firstOf(boxes, 2)).toEqual(new Set(["r1", "r2"]));
  expect(firstOf(boxes, 99)).toEqual(all);
  for (const odd of [0, -3, Number.NaN]) expect(firstOf(boxes, odd).size).toBe(0);
});

test("nothing that was not asked for is ever chosen", () => {
  fc.assert(
    fc.property(
      fc.subarray(boxes),
      fc.subarray(boxes, { minLength: 1 }),
      fc.boolean(),
      fc.string(),
      (chosen, listed, on, since) => {
        const before = new Set(chosen.map(({ id }) => id));
        for (const after of [
          withBoxes(before, listed, { id: listed[0]!.id, on, since }),
          withAll(before, listed, on),
        ]) {
          for (const id of after) expect(all.has(id)).toBe(true);
        }
      },
    ),
  );
});
