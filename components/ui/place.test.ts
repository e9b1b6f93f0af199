import { expect, test } from "vitest";
import { placeNear } from "./place";

const view = { width: 390, height: 600 };
const box = { width: 200, height: 40 };

test("a box stands centred under its target", () => {
  expect(placeNear({ top: 100, bottom: 130, left: 150, width: 60 }, box, view)).toEqual({
    top: 136,
    left: 80,
  });
});

test("a box goes above its target when there is no room below", () => {
  expect(placeNear({ top: 560, bottom: 590, left: 150, width: 60 }, box, view).top).toBe(514);
});

test("a box never leaves the window", () => {
  expect(placeNear({ top: 100, bottom: 130, left: 0, width: 10 }, box, view).left).toBe(8);
  expect(placeNear({ top: 100, bottom: 130, left: 380, width: 10 }, box, view).left).toBe(182);
  expect(placeNear({ top: 5, bottom: 598, left: 380, width: 10 }, box, view).top).toBe(8);
});
