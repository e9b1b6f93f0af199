import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Refusal } from "@/lib/refusal";
import { Coverage, whyClosed } from "./coverage";
import { grantAllows, msLeft, msToStart, stateAt, type GrantState } from "./grant";

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 9, minute));
const minute = fc.integer({ min: 0, max: 30 });
const states: GrantState[] = ["ready", "active", "ended", "returned", "revoked", "lapsed"];
const anyGrant = fc.record({
  state: fc.constantFrom(...states),
  notBefore: fc.option(minute.map(at), { nil: null }),
  activateBy: minute.map(at),
  endsAt: fc.option(minute.map(at), { nil: null }),
  sessionId: fc.constantFrom("here", "elsewhere", null),
});
const viewer = { personId: "ana", sessionId: "here" };
const locked = (grant: Parameters<typeof stateAt>[0] & { sessionId: string | null }, now: Date) => ({
  ...{ id: "g", holderId: "ana", sourceId: "s", tableId: "t", records: ["r"], fields: [], now },
  ...grant,
});
const covered = (grant: Parameters<typeof locked>[0], now: Date, who = viewer) => {
  try {
    return Coverage.ofLockedGrant(locked(grant, now), who);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
};

describe("whatever a grant says and whenever that is", () => {
  test("it covers values only when it is active, begun, not over, and in the session that it is bound to", () => {
    fc.assert(
      fc.property(anyGrant, minute, (grant, now) => {
        const begun = grant.notBefore === null || grant.notBefore <= at(now);
        const over = grant.endsAt === null || grant.endsAt <= at(now);
        const here = grant.sessionId === null || grant.sessionId === "here";
        const coverage = covered(grant, at(now));
        expect(coverage !== null).toBe(grant.state === "active" && begun && !over && here);
        if (coverage) expect(coverage.msLeft).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test("it is opened only between its start and the end of the time to open it", () => {
    fc.assert(
      fc.property(anyGrant, minute, (grant, now) => {
        const begun = grant.notBefore === null || grant.notBefore <= at(now);
        expect(grantAllows(grant, "activate", at(now))).toBe(
          grant.state === "ready" && begun && at(now) < grant.activateBy,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test("nobody but its holder is covered by it", () => {
    fc.assert(
      fc.property(anyGrant, minute, (grant, now) => {
        expect(covered(grant, at(now), { ...viewer, personId: "ben" })).toBeNull();
      }),
    );
  });

  test("time never brings back what is over", () => {
    const over = new Set<GrantState>(["ended", "returned", "revoked", "lapsed"]);
    fc.assert(
      fc.property(anyGrant, minute, minute, (grant, now, later) => {
        if (over.has(stateAt(grant, at(now))))
          expect(over.has(stateAt(grant, at(now + later))), "it is over for good").toBe(true);
      }),
    );
  });
});

test("an extension that goes on by itself shows nothing before the first is over, and no gap after", () => {
  const extension = { state: "active" as const, notBefore: at(10), activateBy: at(60), endsAt: at(15) };
  expect([stateAt(extension, at(9)), msLeft(extension, at(9)), msToStart(extension, at(9))]).toEqual([
    "ready",
    0,
    60_000,
  ]);
  expect(whyClosed({ ...extension, now: at(9) })).toMatchObject({ code: "grant-not-yet" });
  expect([stateAt(extension, at(10)), msLeft(extension, at(10))]).toEqual(["active", 300_000]);
  expect(stateAt(extension, at(15))).toBe("ended");
});
