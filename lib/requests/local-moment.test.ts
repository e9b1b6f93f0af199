import fc from "fast-check";
import { expect, test } from "vitest";
import { localText, momentAt, momentWords } from "./local-moment";

const zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati"];
const anyMoment = fc
  .integer({ min: Date.UTC(2024, 0) / 60_000, max: Date.UTC(2034, 0) / 60_000 })
  .map((minutes) => new Date(minutes * 60_000));

test("what a clock on the wall shows leads back to a moment at which it shows that", () => {
  fc.assert(
    fc.property(anyMoment, fc.constantFrom(...zones), (at, zone) => {
      const text = localText(at, zone);
      const back = momentAt(text, zone)!;
      expect(localText(back, zone)).toBe(text);
      // The same moment, but in the hour that comes twice.
      expect([0, 3_600_000, 1_800_000]).toContain(back.getTime() - at.getTime());
    }),
  );
});

test("an hour that is skipped is no moment, and one that comes twice is the second", () => {
  expect(momentAt("2026-03-29T02:30", "Europe/Berlin")).toBeNull();
  expect(momentAt("2026-10-25T02:30", "Europe/Berlin")).toEqual(new Date("2026-10-25T01:30:00Z"));
});

test.each(["", "2026-11-30", "2026-02-30T09:00x", "2026-11-30T25:00", "now", "2026-11-30T09:00:00Z"])(
  "%j is no moment",
  (text) => expect(momentAt(text, "Europe/Berlin")).toBeNull(),
);

test("a day that there is none of is no moment", () => {
  expect(momentAt("2026-02-30T09:00", "UTC")).toBeNull();
});

test("is said with its day and its zone", () => {
  const words = momentWords(new Date("2026-11-30T08:00:00Z"), "Europe/Berlin");
  expect(words).toBe("Mon, 30 Nov 2026, 09:00 CET");
});
