import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { dataClass, dataClasses } from "@/lib/catalog/classes";
import { sharedData } from "@/lib/testing/shared-data";

test("the classes are those of the taxonomy, as sensitive and shown for as long as it says", () => {
  const [, ...lines] = fs.readFileSync(path.join(sharedData(), "taxonomy.tsv"), "utf8").trim().split("\n");
  const rows = lines.map((line) => line.split("\t"));
  expect(rows.map(([id]) => id)).toEqual(dataClasses.map(({ id }) => id));
  for (const [id = "", , level, , , , , , minutes = ""] of rows) {
    expect(dataClass(id)?.sensitivity, id).toBe(Number(level));
    if (/^\d+$/u.test(minutes)) expect(dataClass(id)?.maxRevealMinutes, id).toBe(Number(minutes));
  }
});

test("what is never revealed is never shown by its mask either", () => {
  for (const { id, maxRevealMinutes, defaultMask } of dataClasses)
    if (maxRevealMinutes === 0) expect(defaultMask, id).toEqual({ method: "hidden" });
});

test("nothing as sensitive as 3 or more is clear", () => {
  const clear = dataClasses.filter(({ defaultMask }) => defaultMask.method === "clear");
  expect(clear.filter(({ sensitivity }) => sensitivity > 2)).toEqual([]);
});

test("an id that is none is no class", () => {
  expect(dataClass("none")).toBeUndefined();
  expect(dataClass("__proto__")).toBeUndefined();
});
