import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assessRisk, type RiskSignals } from "./risk";

const signals: fc.Arbitrary<RiskSignals> = fc.record({
  fields: fc.array(
    fc.record({ sensitivity: fc.integer({ min: -1, max: 9 }), level: fc.constantFrom("partial", "full") }),
    { maxLength: 20 },
  ),
  recordCount: fc.integer({ min: 0, max: 100 }),
  ticket: fc.boolean(),
});

describe("risk", () => {
  test("is the sum of its bars, none of which is negative, and the same for the same signals", () => {
    fc.assert(
      fc.property(signals, (given) => {
        const risk = assessRisk(given);
        expect(risk.points).toBe(risk.bars.reduce((sum, bar) => sum + bar.points, 0));
        expect(risk.bars.every((bar) => bar.points >= 0)).toBe(true);
        expect(assessRisk(given)).toEqual(risk);
      }),
    );
  });

  test("never falls when more is asked for", () => {
    fc.assert(
      fc.property(signals, fc.integer({ min: 1, max: 4 }), (given, sensitivity) => {
        const points = assessRisk(given).points;
        const more = { ...given, fields: [...given.fields, { sensitivity, level: "full" as const }] };
        expect(assessRisk(more).points).toBeGreaterThanOrEqual(points);
        expect(assessRisk({ ...given, recordCount: given.recordCount + 1 }).points).toBeGreaterThanOrEqual(
          points,
        );
        expect(assessRisk({ ...given, ticket: false }).points).toBeGreaterThanOrEqual(points);
      }),
    );
  });

  test("of an unknown sensitivity is that of the highest", () => {
    const of = (sensitivity: number) =>
      assessRisk({ fields: [{ sensitivity, level: "full" }], recordCount: 1, ticket: true }).points;
    expect(of(9)).toBe(of(4));
    expect(of(-1)).toBe(of(4));
  });

  test.each([
    ["low", 2, "full", 1, true],
    ["medium", 3, "full", 2, true],
    ["high", 4, "full", 6, false],
  ] as const)("%s: sensitivity %i, %s, %i records", (grade, sensitivity, level, recordCount, ticket) => {
    expect(assessRisk({ fields: [{ sensitivity, level }], recordCount, ticket }).grade).toBe(grade);
  });
});
