import { afterAll, expect, test } from "vitest";
import { crash } from "./run";
import { Lifetime } from "@/scripts/lifetime";

const lifetime = new Lifetime();
afterAll(() => lifetime.stop());

test(
  "a database and an application that are killed under load lose nothing that was acknowledged, and leave no gap and no fork",
  { timeout: 600_000 },
  async () => {
    const report = await crash(2, lifetime);
    expect(report.faults).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(100);
    expect(report.received).toBeGreaterThan(100);
    expect(report.seen).toBeGreaterThan(4);
  },
);
