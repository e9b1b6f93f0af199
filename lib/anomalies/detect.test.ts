import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupOf, lookBack, type Told } from "@/lib/testing/ordinary/look-back";
import { somebody, workOf } from "@/lib/testing/ordinary/people";
import { seeded } from "@/lib/testing/random-query";
import type { HourOfWork } from "./activity";
import { addHour, dayAfter, emptyDay, type Day } from "./day";
import { detect, knownBefore } from "./detect";
import type { FindingKind } from "./finding";
import { quantile } from "./usual";

const from = "2026-01-05";

/** Six to ten weeks of somebody who opens four to eight records a day on one table, from 9 to 17. */
function clerk(days: number, records = 6): Day[] {
  const worked: Day[] = [];
  for (let at = 0; at < days; at++) {
    const day = emptyDay(dayAfter(from, at));
    if (day.isWeekend) continue;
    for (let hour = 9; hour < 17; hour++) addHour(day, hour, { acts: 3 });
    addHour(day, 10, opened("customers", records + ((at * 7) % 5) - 2));
    worked.push(day);
  }
  return worked;
}

function opened(table: string, records: number, classId = "email", purpose = "customer-contact"): HourOfWork {
  const use = { label: table, records };
  return {
    acts: records,
    records,
    uses: { [`table|${table}`]: use, [`class|${classId}`]: use, [`use|${classId}|${purpose}`]: use },
  };
}

/** A day after some others, with what is done on it beside the usual. */
function dayWith(at: number, hours: Record<number, HourOfWork>): Day {
  const day = emptyDay(dayAfter(from, at));
  for (const [hour, work] of Object.entries(hours)) addHour(day, Number(hour), work);
  return day;
}

const kinds = (told: readonly { kind: FindingKind }[]) => told.map(({ kind }) => kind);
const onDay = (told: readonly Told[], at: number) =>
  kinds(told.filter(({ day }) => day === dayAfter(from, at)));
const tuesday = 57;

describe("what is planted is found", () => {
  test("a burst at night: the number and the hour", () => {
    const told = lookBack([...clerk(tuesday), dayWith(tuesday, { 2: opened("customers", 41) })]);
    expect(onDay(told, tuesday)).toEqual(["records", "hours"]);
    expect(told.find(({ kind }) => kind === "records")?.evidence).toMatchObject({
      count: 41,
      low: 4,
      high: 8,
    });
  });

  test("harvesting slowly, twelve a day where six are usual: within two weeks", () => {
    const slow = Array.from({ length: 14 }, (_, at) =>
      dayWith(tuesday + at, { 10: opened("customers", 12) }),
    );
    const told = lookBack([...clerk(tuesday), ...slow]);
    expect(kinds(told)).toContain("week");
  });

  test("going through a table that was never opened, on one day or five a day", () => {
    const atOnce = lookBack([...clerk(tuesday), dayWith(tuesday, { 10: opened("salaries", 15) })]);
    expect(onDay(atOnce, tuesday)).toContain("new");
    const slow = Array.from({ length: 4 }, (_, at) => dayWith(tuesday + at, { 10: opened("salaries", 5) }));
    expect(kinds(lookBack([...clerk(tuesday), ...slow]))).toContain("new");
  });

  test("a class for a purpose that it was never opened for", () => {
    const other = dayWith(tuesday, { 10: opened("customers", 12, "email", "incident") });
    const [finding] = lookBack([...clerk(tuesday), other]);
    expect(finding).toMatchObject({
      kind: "new",
      evidence: { tables: [], classes: [], combinations: ["customers"] },
    });
  });

  test("trying values out, on one day or a few a day", () => {
    const misses = (count: number) => ({ 10: { acts: count, asks: count, misses: count } });
    expect(kinds(lookBack([...clerk(tuesday), dayWith(tuesday, misses(9))]))).toEqual(["guessing"]);
    const slow = Array.from({ length: 5 }, (_, at) => dayWith(tuesday + at, misses(5)));
    expect(kinds(lookBack([...clerk(tuesday), ...slow]))).toEqual(["probing"]);
  });

  test("many copies, many exports, many tables, refusals in a row, emergencies", () => {
    const all = { copies: 30, exports: 12, rows: 60_000, tables: 40, refused: 9, run: 9, emergencies: 3 };
    const told = lookBack([...clerk(tuesday), dayWith(tuesday, { 10: { acts: 99, ...all } })]);
    expect(kinds(told)).toEqual(
      expect.arrayContaining(["copies", "exports", "rows", "tables", "refusals", "emergencies"]),
    );
  });

  test("small numbers on many tables add up: the sum counts, and so does how many tables", () => {
    const many = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [(at % 8) + 9, { ...opened(`t${at}`, 4), tables: 4 }]),
    );
    expect(kinds(lookBack([...clerk(tuesday), dayWith(tuesday, many)]))).toEqual(
      expect.arrayContaining(["records", "tables"]),
    );
  });
});

describe("who raises what is usual of them", () => {
  const rising = (weeklyGrowth: number, weeks: number) =>
    Array.from({ length: weeks * 7 }, (_, at) => at).flatMap((at) => {
      const day = dayWith(at, { 10: opened("customers", Math.round(6 * weeklyGrowth ** (at / 7))) });
      return day.isWeekend ? [] : [day];
    });

  test("by 8 percent a week is told before it has grown to five times what it was", () => {
    const told = lookBack(rising(1.08, 40));
    const [first] = told;
    expect(first?.kind).toBe("drift");
    const week = (Date.parse(first!.day) - Date.parse(from)) / (7 * 86_400_000);
    expect(1.08 ** week).toBeLessThan(5);
  });

  test("more slowly is bounded by people with the same roles", () => {
    const peers = () => ({ records: [110, 120, 130, 140, 150] });
    expect(kinds(lookBack(rising(1.02, 100)))).not.toContain("drift");
    expect(kinds(lookBack(rising(1.02, 100), peers))).toContain("peers");
  });
});

describe("who has not enough of a past", () => {
  test("is not measured by it, whatever they open; guessing needs no past", () => {
    const days = [...clerk(9), dayWith(9, { 3: { ...opened("salaries", 500), asks: 9, misses: 9 } })];
    expect(knownBefore(days.at(-1)!.day, days.slice(0, -1))).toEqual({ span: 9, work: 7, enough: false });
    expect(kinds(lookBack(days))).toEqual(["guessing"]);
  });
});

describe("what is told depends on what was done alone", () => {
  const hour = fc.record({
    acts: fc.nat(50),
    records: fc.nat(60),
    copies: fc.nat(30),
    asks: fc.nat(20),
    misses: fc.nat(20),
    run: fc.nat(12),
  });
  const days = fc.array(fc.tuple(fc.nat(2), fc.nat(23), hour), { maxLength: 60 }).map((drawn) => {
    let at = 0;
    return drawn.map(([gap, when, work]) => dayWith((at += 1 + gap), { [when]: work }));
  });

  test("twice the same input gives the same findings, each kind once a day", () => {
    fc.assert(
      fc.property(days, (some) => {
        const told = lookBack(some);
        expect(lookBack(structuredClone(some))).toEqual(told);
        for (const { day } of some) {
          const looked = {
            day: some.at(-1)!,
            history: some.slice(0, -1),
            blocks: { now: 0, before: [] },
            peers: null,
          };
          const found = kinds(detect(looked));
          expect(new Set(found).size, day).toBe(found.length);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("more records on the day never make a finding of records go away", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 300 }), fc.nat(300), (some, records, more) => {
        const history = some.slice(0, 40);
        const at =
          history.length === 0
            ? 60
            : Math.round((Date.parse(history.at(-1)!.day) - Date.parse(from)) / 86_400_000) + 1;
        const told = (count: number) =>
          detect({
            day: dayWith(at, { 10: { acts: 1, records: count } }),
            history,
            blocks: { now: 0, before: [] },
            peers: null,
          });
        if (kinds(told(records)).includes("records"))
          expect(kinds(told(records + more))).toContain("records");
      }),
      { numRuns: 100 },
    );
  });
});

// Measured with three seeds: 0.5 to 0.65 findings a person and quarter, most of them busy days that are three times as full.
test("a year of ordinary work of 50 people gives at most 1 finding a person and quarter, 2 for nine of ten people", () => {
  const random = seeded(20_261_128);
  const works = Array.from({ length: 50 }, () => workOf(somebody(random), from, 365, random));
  const peers = groupOf(works);
  const perQuarter = works.map((work) => lookBack(work, peers).length / 4);
  expect(perQuarter.reduce((sum, one) => sum + one, 0) / 50).toBeLessThan(1);
  expect(quantile(perQuarter, 0.9)).toBeLessThan(2);
}, 120_000);
