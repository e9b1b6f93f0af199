import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AuditEntry } from "@/lib/audit/entry";
import type { EventCode } from "@/lib/audit/codes";
import { eventCodes } from "@/lib/audit/codes";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import { countDay, countOn, thingsIn } from "./activity";
import { daysIn, localHour } from "./day";

const midnight = Date.UTC(2026, 10, 24) * 1000;

function entry(hour: number, code: EventCode, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    ...{ v: 1, seq: 0, code, outcome: eventCodes[code][0], occurredUs: midnight + hour * 3_600_000_000 },
    ...{
      actor: { kind: "person", id: "a", name: "Ana", roles: [] },
      session: null,
      channel: "console",
      ip: null,
    },
    ...more,
  };
}

const reveal = (hour: number, refs: readonly string[], table = "t") =>
  entry(hour, "reveal.opened", {
    resource: {
      tableId: table,
      table: "public.customers",
      records: refs as SubjectRef[],
      fields: ["email"],
      classes: ["email"],
    },
    purpose: "incident",
  });

describe("what is counted of a day", () => {
  test("a record counts once a day, in the hour in which it was first opened, and once for each table", () => {
    const hours = countDay([reveal(9, ["1", "2"]), reveal(10, ["2", "3"]), reveal(11, ["1"], "other")]);
    expect([hours["9"]?.records, hours["10"]?.records, hours["11"]?.records]).toEqual([2, 1, 1]);
    expect(hours["9"]?.uses).toEqual({
      "table|t": { label: "public.customers", records: 2 },
      "class|email": { label: "email", records: 2 },
      "use|email|incident": { label: "email for incident", records: 2 },
    });
  });

  test("a lookup that finds none or many is a miss, and so is a check that does not match", () => {
    const told = (found: string) => entry(9, "lookup.answered", { details: { found } });
    const check = (matches: boolean) => entry(9, "field_check.answered", { details: { matches } });
    const { asks, misses } = countDay([told("one"), told("none"), told("many"), check(true), check(false)])[
      "9"
    ]!;
    expect([asks, misses]).toEqual([5, 3]);
  });

  test("refusals and denials make a row until something works", () => {
    const no = entry(9, "reveal.refused");
    const denied = entry(9, "request.denied", { actor: { kind: "person", id: "m", name: "Max", roles: [] } });
    const hours = countDay([no, denied, no, entry(10, "request.submitted"), no, no]);
    expect([hours["9"]?.run, hours["9"]?.refused]).toEqual([3, 5]);
    expect(hours["9"]?.acts).toBeUndefined();
  });

  test("wherever a day is cut into parts, the same comes out of it", () => {
    const any = fc.oneof(
      fc
        .tuple(fc.nat(23), fc.subarray(["1", "2", "3"]), fc.constantFrom("t", "u"))
        .map(([hour, refs, table]) => reveal(hour, refs, table)),
      fc
        .tuple(
          fc.nat(23),
          fc.constantFrom<EventCode>("reveal.refused", "request.submitted", "lookup.answered"),
        )
        .map(([hour, code]) => entry(hour, code)),
    );
    fc.assert(
      fc.property(fc.array(fc.array(any, { maxLength: 4 }), { maxLength: 6 }), (parts) => {
        let soFar = { hours: {}, run: 0 };
        const kept = new Set<string>();
        for (const part of parts) {
          const seen = new Set([...thingsIn(part)].filter((thing) => kept.has(thing)));
          soFar = countOn(soFar, part, seen);
          for (const thing of seen) kept.add(thing);
        }
        expect(soFar.hours).toEqual(countDay(parts.flat()));
      }),
    );
  });

  test("no value and no key of a record is kept: of any event only counts, and names of tables, classes and purposes", () => {
    const codes = Object.keys(eventCodes) as EventCode[];
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.uuid(), (code, secret) => {
        const told = entry(9, code, {
          resource: {
            tableId: "t",
            table: "public.customers",
            records: [secret as SubjectRef],
            classes: ["email"],
          },
          reason: secret,
          ticket: secret,
          details: { found: secret, filter: secret },
        });
        expect(JSON.stringify(countDay([told]))).not.toContain(secret);
      }),
    );
  });
});

describe("the calendar of a person", () => {
  test("an hour belongs to the day that their clock shows, and a change of clocks to one of two", () => {
    expect(localHour("Asia/Tokyo", Date.UTC(2026, 10, 24, 20))).toEqual({ day: "2026-11-25", hour: 5 });
    expect(localHour("America/New_York", Date.UTC(2026, 10, 24, 2))).toEqual({ day: "2026-11-23", hour: 21 });
    expect(localHour("Nowhere/Land", Date.UTC(2026, 10, 24, 0))).toEqual({ day: "2026-11-24", hour: 0 });
  });

  test("whatever the zone, what was counted is all there", () => {
    const zones = fc.constantFrom(
      "UTC",
      "Asia/Kolkata",
      "Pacific/Kiritimati",
      "America/St_Johns",
      "Europe/Berlin",
    );
    const counts = fc.dictionary(
      fc.integer({ min: 0, max: 23 }).map(String),
      fc.record({ records: fc.nat(20) }),
    );
    fc.assert(
      fc.property(zones, fc.array(counts, { maxLength: 5 }), (zone, hours) => {
        const stored = hours.map((one, at) => ({ day: `2026-10-2${4 + at}`, hours: one }));
        const days = daysIn(zone, stored);
        const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);
        expect(sum(days.map((day) => day.counts.records))).toBe(
          sum(hours.flatMap((one) => Object.values(one).map(({ records }) => records))),
        );
        expect(days.map(({ day }) => day)).toEqual(days.map(({ day }) => day).toSorted());
      }),
    );
  });
});
