import { expect, test } from "vitest";
import { heldOutSchemas } from "@/lib/testing/held-out/all";
import { judgeHeldOut, judgeSample } from "@/lib/testing/held-out/judge";
import { type Judged, scoreOf } from "@/lib/testing/held-out/score";

const all: Judged[] = [];

test.each(["pagila", "chinook", "northwind"] as const)("tells what %s holds of people", async (name) => {
  const judged = await judgeSample(name);
  expect(judged.length).toBeGreaterThan(60);
  const { f1, exact, wrong } = scoreOf(judged);
  expect(f1, wrong.join("\n")).toBeGreaterThanOrEqual(0.97);
  expect(exact, wrong.join("\n")).toBeGreaterThanOrEqual(0.95);
});

test.each(heldOutSchemas)(
  "tells what $name holds of people, whose rules were not made for it",
  async (schema) => {
    const judged = await judgeHeldOut(schema);
    all.push(...judged);
    const { f1, exact, wrong } = scoreOf(judged);
    expect(f1, wrong.join("\n")).toBeGreaterThanOrEqual(0.94);
    expect(exact, wrong.join("\n")).toBeGreaterThanOrEqual(0.93);
  },
);

test("tells them all together, sensitive or not and the exact class", () => {
  const { f1, precision, recall, exact, wrong } = scoreOf(all);
  expect(all.length).toBeGreaterThan(1_000);
  expect(f1, wrong.join("\n")).toBeGreaterThanOrEqual(0.97);
  expect(precision).toBeGreaterThanOrEqual(0.97);
  expect(recall).toBeGreaterThanOrEqual(0.97);
  expect(exact).toBeGreaterThanOrEqual(0.97);
});
