import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plotOf } from "@/lib/reports/plot";
import { stepOf, stepsIn } from "@/lib/reports/steps";
import type { SeriesPart } from "@/lib/reports/view";

const values = fc.array(
  fc.array(fc.option(fc.double({ min: 0, max: 1e9, noNaN: true })), { minLength: 2, maxLength: 2 }),
  {
    minLength: 1,
    maxLength: 60,
  },
);
const series = (of: SeriesPart["of"], all: readonly (readonly (number | null)[])[]): SeriesPart => ({
  kind: "series",
  title: "t",
  of,
  step: "week",
  lines: ["a", "b"],
  points: all.map((one, index) => ({ at: `2026-01-${index + 1}`, values: one })),
  empty: "",
});

describe("a plot", () => {
  test("keeps all shapes inside its square, and each amount as high as its axis says", () => {
    fc.assert(
      fc.property(
        values,
        fc.constantFrom("number" as const, "duration" as const, "share" as const),
        (all, of) => {
          const { columns, paths, up, along } = plotOf(series(of, all));
          const inside = [
            ...columns.flatMap(({ from, to, parts }) => [
              from,
              to,
              ...parts.flatMap((part) => [part.from, part.to]),
            ]),
            ...paths.flatMap(({ points }) => points.flatMap(({ x, y }) => [x, y])),
            ...[...up, ...along].map(({ place }) => place),
          ];
          for (const place of inside) expect(place).toBeGreaterThanOrEqual(0);
          for (const place of inside) expect(place).toBeLessThanOrEqual(1.000_001);
          expect(up[0]?.place).toBe(0);
          expect(up.at(-1)?.place).toBe(1);
          expect(up.length).toBeLessThanOrEqual(7);
          expect(along.length).toBeLessThanOrEqual(7);
        },
      ),
    );
  });

  test("breaks a line where there is no value, and draws a lonely one", () => {
    const { paths } = plotOf(
      series("duration", [
        [1, null],
        [null, null],
        [3, null],
        [4, null],
      ]),
    );
    expect(paths.map(({ points }) => points.length)).toEqual([2, 2]);
  });

  test("puts parts of a column on each other in the order of their lines", () => {
    const [column] = plotOf(series("number", [[1, 3]])).columns;
    expect(column?.parts).toEqual([
      { line: 0, from: 0, to: 0.25 },
      { line: 1, from: 0.25, to: 1 },
    ]);
  });
});

describe("steps", () => {
  test("are days, weeks from Monday or months that cover the span without a gap, as PostgreSQL cuts them", () => {
    expect(stepsIn({ from: "2026-11-25", to: "2026-12-07" }, "week")).toEqual([
      "2026-11-23",
      "2026-11-30",
      "2026-12-07",
    ]);
    expect(stepsIn({ from: "2026-01-31", to: "2026-03-01" }, "month")).toEqual([
      "2026-01-01",
      "2026-02-01",
      "2026-03-01",
    ]);
    expect(stepsIn({ from: "2026-02-27", to: "2026-03-01" }, "day")).toEqual([
      "2026-02-27",
      "2026-02-28",
      "2026-03-01",
    ]);
  });

  test("grow with the span, so that a plot has at most some hundred of them", () => {
    const days = fc.date({ min: new Date("2000-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 3_660 }), (first, length) => {
        const [from, to] = [first, new Date(first.getTime() + length * 86_400_000)].map((day) =>
          day.toISOString().slice(0, 10),
        ) as [string, string];
        const steps = stepsIn({ from, to }, stepOf({ from, to }));
        expect(steps.length).toBeGreaterThan(0);
        expect(steps.length).toBeLessThanOrEqual(125);
        expect(steps[0]! <= from && steps.at(-1)! <= to).toBe(true);
      }),
    );
  });
});
