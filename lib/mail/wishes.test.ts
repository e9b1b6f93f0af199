import { describe, expect, test } from "vitest";
import { kindNames, mailKinds, toldCodes, type MailKind } from "./kinds";
import { nextLocalHour } from "./local-time";
import { howOf, plannedAt, type Wishes } from "./wishes";

const wishes = (change: Partial<Wishes> = {}): Wishes => ({
  choices: {},
  digestHour: 8,
  quiet: null,
  zone: "UTC",
  ...change,
});
const at = (text: string) => new Date(`${text}Z`);
const iso = (moment: Date | null) => moment?.toISOString().slice(0, 16) ?? null;

describe("when somebody is told", () => {
  test("is at once unless they said otherwise, and never where they said so", () => {
    const now = at("2026-03-02T10:00");
    expect(iso(plannedAt("decided", wishes(), now))).toBe("2026-03-02T10:00");
    expect(iso(plannedAt("decided", wishes({ choices: { decided: "digest" } }), now))).toBe(
      "2026-03-03T08:00",
    );
    expect(plannedAt("decided", wishes({ choices: { decided: "never" } }), now)).toBeNull();
    expect(plannedAt("nothing_we_know", wishes(), now)).toBeNull();
  });

  test("is after their quiet hours, across midnight and in their own time zone, but for what is urgent", () => {
    const quiet = { from: 20, until: 7 };
    const kolkata = wishes({ quiet, zone: "Asia/Kolkata" });
    // 02:00 in Kolkata; 07:00 there is 01:30 in UTC.
    expect(iso(plannedAt("decided", kolkata, at("2026-03-02T20:30")))).toBe("2026-03-03T01:30");
    expect(iso(plannedAt("decided", kolkata, at("2026-03-02T10:00")))).toBe("2026-03-02T10:00");
    expect(iso(plannedAt("break_glass", kolkata, at("2026-03-02T20:30")))).toBe("2026-03-02T20:30");
    expect(iso(plannedAt("revoked", kolkata, at("2026-03-02T20:30")))).toBe("2026-03-02T20:30");
    const midday = wishes({ quiet: { from: 12, until: 13 } });
    expect(iso(plannedAt("decided", midday, at("2026-03-02T12:59")))).toBe("2026-03-02T13:00");
    expect(iso(plannedAt("decided", midday, at("2026-03-02T13:00")))).toBe("2026-03-02T13:00");
  });

  test("is after the quiet hours for a digest that falls into them", () => {
    const early = wishes({ choices: { ended: "digest" }, digestHour: 6, quiet: { from: 22, until: 9 } });
    expect(iso(plannedAt("ended", early, at("2026-03-02T10:00")))).toBe("2026-03-03T09:00");
  });

  test("of what is urgent and wanted in the digest is the digest", () => {
    const digest = wishes({ choices: { revoked: "digest" } });
    expect(iso(plannedAt("revoked", digest, at("2026-03-02T10:00")))).toBe("2026-03-03T08:00");
  });
});

describe("the next full hour of somebody's clock", () => {
  test("is tomorrow's when it is that hour already, and every day has one", () => {
    expect(iso(nextLocalHour(8, "UTC", at("2026-03-02T08:00")))).toBe("2026-03-03T08:00");
    expect(iso(nextLocalHour(8, "UTC", at("2026-03-02T07:59")))).toBe("2026-03-02T08:00");
    for (let hour = 0; hour < 24; hour++) {
      const next = nextLocalHour(hour, "Asia/Kathmandu", at("2026-03-02T08:03"));
      expect(next.getTime() - at("2026-03-02T08:03").getTime()).toBeLessThanOrEqual(24 * 3_600_000);
    }
  });

  test("that the clock jumps over is the moment of the jump", () => {
    // In Berlin 02:00 is not there on 29 March 2026: the clock goes from 01:59 to 03:00, at 01:00 UTC.
    expect(iso(nextLocalHour(2, "Europe/Berlin", at("2026-03-28T20:00")))).toBe("2026-03-29T01:00");
  });

  test("is in UTC for a zone that nobody knows", () => {
    expect(iso(nextLocalHour(8, "Mars/Olympus", at("2026-03-02T07:00")))).toBe("2026-03-02T08:00");
  });
});

describe("the kinds of messages", () => {
  test("that others wait for cannot be refused, whatever is stored", () => {
    for (const name of ["decision_wanted", "break_glass"] as const) {
      const kind: MailKind = mailKinds[name];
      expect(kind.choices).not.toContain("never");
      expect(howOf(name, kind, { choices: { [name]: "never" } })).toBe(kind.usual);
    }
  });

  test("each say why a choice is missing, and are usual in a way that can be chosen", () => {
    for (const name of kindNames.filter((one) => one !== "test")) {
      const kind: MailKind = mailKinds[name];
      expect(kind.choices, name).toContain(kind.usual);
      if (kind.choices.length < 3) expect(kind.fixed, name).toBeDefined();
    }
    expect(new Set(toldCodes).size).toBe(toldCodes.length);
  });
});
