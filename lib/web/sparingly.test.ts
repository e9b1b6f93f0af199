import fc from "fast-check";
import { expect, test } from "vitest";
import { Sparingly } from "./sparingly";

test("the first comes through; of those that follow within the time none does, and they are counted", () => {
  const sparingly = new Sparingly(1000);
  expect([0, 1, 999, 1000, 1500, 2000].map((at) => sparingly.take(at))).toEqual([0, null, null, 2, null, 1]);
});

test("however many come, few come through, and none is lost in the count", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 200 }), (gaps) => {
      const sparingly = new Sparingly(1000);
      let now = 0;
      const taken = gaps.map((gap) => sparingly.take((now += gap)));
      const through = taken.filter((count) => count !== null);
      expect(through.length).toBeLessThanOrEqual(Math.ceil((now + 1) / 1000));
      const counted = through.reduce((total, heldBack) => total + heldBack + 1, 0);
      const atTheEnd = taken.length - 1 - taken.findLastIndex((count) => count !== null);
      expect(counted + (taken.length === 0 ? 0 : atTheEnd)).toBe(taken.length);
    }),
  );
});
