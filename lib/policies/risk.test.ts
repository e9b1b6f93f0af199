import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { someSignals, signalsArbitrary } from "@/lib/testing/policies";
import { assessRisk } from "./risk";

describe("risk", () => {
  test("is the sum of its bars, none of which is negative, and the same for the same signals", () => {
    fc.assert(
      fc.property(signalsArbitrary, (given) => {
        const risk = assessRisk(given);
        expect(risk.points).toBe(risk.bars.reduce((sum, bar) => sum + bar.points, 0));
        expect(risk.bars.every((bar) => bar.points >= 0)).toBe(true);
        expect(assessRisk(given)).toEqual(risk);
      }),
    );
  });

  test("never falls when more is asked for, or more is known to speak against it", () => {
    fc.assert(
      fc.property(signalsArbitrary, fc.integer({ min: 1, max: 4 }), (given, sensitivity) => {
        const { points } = assessRisk(given);
        const field = { name: "x", class: "email", sensitivity, level: "full" as const };
        for (const more of [
          { fields: [...given.fields, field] },
          { records: given.records + 1 },
          { ticket: false },
          { firstOnTable: true },
          { newDevice: true },
          { subjectsSeen: (given.subjectsSeen ?? 1000) + 100 },
          { denials: (given.denials ?? 100) + 1 },
        ])
          expect(assessRisk({ ...given, ...more }).points).toBeGreaterThanOrEqual(points);
      }),
    );
  });

  test.each(["firstOnTable", "newDevice", "subjectsSeen", "denials", "hour", "weekday"] as const)(
    "counts a missing %s as the worst that it could be",
    (signal) => {
      fc.assert(
        fc.property(signalsArbitrary, (given) => {
          const missing = assessRisk({ ...given, [signal]: null }).points;
          expect(missing).toBeGreaterThanOrEqual(assessRisk(given).points);
        }),
      );
    },
  );

  test("of an unknown sensitivity is that of the highest", () => {
    const of = (sensitivity: number) =>
      assessRisk(someSignals({ fields: [{ name: "x", class: "email", sensitivity, level: "full" }] })).points;
    expect(of(9)).toBe(of(4));
    expect(of(-1)).toBe(of(4));
  });

  test.each([
    ["low", 2, "full", 1, true],
    ["medium", 3, "full", 2, true],
    ["high", 4, "full", 6, false],
  ] as const)("%s: sensitivity %i, %s, %i records", (grade, sensitivity, level, records, ticket) => {
    const fields = [{ name: "x", class: "email", sensitivity, level }];
    expect(assessRisk(someSignals({ fields, records, ticket })).grade).toBe(grade);
  });
});
