import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { isDrawn } from "./lot";

const key = createHash("sha256").update("one").digest();
const ids = Array.from({ length: 20_000 }, (_, at) => `request ${at}`);
const drawn = (share: number, by = key) => ids.filter((id) => isDrawn(by, id, share));

test("of many requests the share that was wished is drawn, all of them at 1 and none at 0", () => {
  // Five standard deviations of 20,000 draws at 5 %.
  expect(Math.abs(drawn(0.05).length - 1000)).toBeLessThan(155);
  expect(drawn(1)).toHaveLength(ids.length);
  expect(drawn(0)).toEqual([]);
});

test("the draw is the same for the same key, and another for another", () => {
  expect(drawn(0.05)).toEqual(drawn(0.05));
  const other = new Set(drawn(0.05, createHash("sha256").update("two").digest()));
  expect(drawn(0.05).filter((id) => other.has(id)).length).toBeLessThan(200);
});
