import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escalatedRoute, filledRoute, policyAdmins, type Route, type RoutedStep, type Seated } from "./seats";
import { standingOf } from "./standing";

const seat = fc.constantFrom("group:payments", "group:privacy", "manager-of:ana");
const people: fc.Arbitrary<Seated[]> = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom("max", "noor", "paul", "rosa", "vera"),
    name: fc.constant("somebody"),
    seats: fc.uniqueArray(seat, { maxLength: 3 }).map((seats) => ["approvers", ...seats]),
  }),
  { selector: (person) => person.id },
);
const step: fc.Arbitrary<RoutedStep> = fc.record({
  anyOf: fc.array(fc.record({ seats: seat.map((one) => [one]), count: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 2,
  }),
  fellBack: fc.constant(false),
});
const steps = fc.array(step, { minLength: 1, maxLength: 3 });
const fewest = (all: readonly RoutedStep[]) =>
  all.reduce((sum, one) => sum + Math.min(...one.anyOf.map(({ count }) => count)), 0);

describe("seats", () => {
  test("a route that can be filled has a person for every seat, none for two, and takes no fewer people", () => {
    fc.assert(
      fc.property(steps, people, (wanted, there) => {
        const route = filledRoute({ steps: wanted, fallback: [["approvers"]] }, there);
        if (!route) return;
        expect(fewest(route.steps)).toBeGreaterThanOrEqual(fewest(wanted));
        expect(there.length).toBeGreaterThanOrEqual(fewest(route.steps));
      }),
    );
  });

  test("whoever may votes, in any order, it is done only after as many different people as the steps ask for", () => {
    fc.assert(
      fc.property(steps, people, fc.array(fc.nat(), { maxLength: 12 }), (wanted, there, order) => {
        const route = { steps: wanted, fallback: [["approvers"]] };
        const votes: { approverId: string; step: number; fellBack: boolean }[] = [];
        for (const pick of order) {
          const standing = standingOf(route, votes, there);
          if (standing.done || standing.people.length === 0) break;
          const voter = standing.people[pick % standing.people.length]?.id ?? "";
          expect(votes.map((vote) => vote.approverId)).not.toContain(voter);
          votes.push({ approverId: voter, step: standing.step, fellBack: standing.fellBack });
        }
        const { done } = standingOf(route, votes, there);
        if (done)
          expect(new Set(votes.map((vote) => vote.approverId)).size).toBeGreaterThanOrEqual(fewest(wanted));
      }),
      { numRuns: 1000 },
    );
  });

  test("the same vote given twice counts once, and that of somebody who has no seat any more not at all", () => {
    const two: RoutedStep = { anyOf: [{ seats: ["group:payments"], count: 2 }], fellBack: false };
    const route = { steps: [two], fallback: [] };
    const paul = { id: "paul", name: "Paul", seats: ["group:payments"] };
    const rosa = { id: "rosa", name: "Rosa", seats: ["group:payments"] };
    const vote = (approverId: string) => ({ approverId, step: 0, fellBack: false });
    expect(standingOf(route, [vote("paul"), vote("paul")], [paul, rosa]).done).toBe(false);
    expect(standingOf(route, [vote("paul"), vote("rosa")], [paul, rosa]).done).toBe(true);
    expect(standingOf(route, [vote("paul"), vote("rosa")], [paul]).done).toBe(false);
    expect(standingOf(route, [vote("paul"), vote("rosa")], [paul, { ...rosa, seats: [] }]).done).toBe(false);
  });
});

describe("a step that has waited for its time", () => {
  const manager = [{ seats: ["manager-of:ana"], count: 1 }];
  const max = { id: "max", name: "Max", seats: ["manager-of:ana", "approvers"] };
  const noor = { id: "noor", name: "Noor", seats: ["managers-manager-of:ana", "approvers"] };
  const routeThat = (mayDecide: boolean, tell = ["managers-manager-of:ana"]): Route => ({
    steps: [{ anyOf: manager, fellBack: false, escalation: { afterMinutes: 60, tell, mayDecide } }],
    fallback: [],
  });
  const able = (route: Route) => standingOf(route, [], [max, noor]).people.map(({ id }) => id);

  test("is for nobody more, unless its rule says that those who are told may decide too", () => {
    expect(able(escalatedRoute(routeThat(false), [0]))).toEqual(["max"]);
    expect(able(escalatedRoute(routeThat(true), []))).toEqual(["max"]);
    expect(able(escalatedRoute(routeThat(true), [1]))).toEqual(["max"]);
    expect(able(escalatedRoute(routeThat(true), [0]))).toEqual(["max", "noor"]);
    expect(escalatedRoute(routeThat(false), [0])).toEqual(routeThat(false));
  });

  test("asks for as many people as before, and never for policy admins", () => {
    const wider = escalatedRoute(routeThat(true, [policyAdmins]), [0]);
    expect(able(wider)).toEqual(["max"]);
    expect(wider.steps[0]?.anyOf.map(({ count }) => count)).toEqual([1]);
  });
});
