import { expect, test } from "vitest";
import type { Route } from "@/lib/policies/seats";
import { standingOf, type StepVote } from "@/lib/policies/standing";
import { stepViews } from "./steps";

const max = { id: "max", name: "Max", seats: ["manager-of:ana"] };
const paul = { id: "paul", name: "Paul", seats: ["group:payments", "approvers"] };
const rosa = { id: "rosa", name: "Rosa", seats: ["group:payments", "approvers"] };
const vera = { id: "vera", name: "Vera", seats: ["person:vera", "approvers"] };
const route: Route = {
  steps: [
    { anyOf: [{ seats: ["manager-of:ana"], count: 1 }], fellBack: false },
    {
      anyOf: [
        { seats: ["group:payments"], count: 2 },
        { seats: ["person:vera"], count: 1 },
      ],
      fellBack: false,
    },
  ],
  fallback: [["approvers"]],
};
const byMax: StepVote = { approverId: "max", step: 0, fellBack: false, by: "Max" };
const byPaul: StepVote = { approverId: "paul", step: 1, fellBack: false, by: "Paul" };
const viewsOf = (votes: readonly StepVote[], seated = [max, paul, rosa, vera]) =>
  stepViews(route, standingOf(route, votes, seated), { votes, seated, standIns: [], escalated: [] });

test("a step that waits names everybody who can fill it, each way of it, and the next one what comes after", () => {
  expect(viewsOf([])).toEqual([
    {
      state: "waits",
      ways: [{ count: 1, who: "the manager", people: ["Max"] }],
      votedBy: [],
      steppedIn: false,
      escalation: null,
    },
    {
      state: "later",
      ways: [
        { count: 2, who: "the group payments", people: ["Paul", "Rosa"] },
        { count: 1, who: null, people: ["Vera"] },
      ],
      votedBy: [],
      steppedIn: false,
      escalation: null,
    },
  ]);
});

test("a filled step names who filled it, and whoever has voted is asked no more", () => {
  const [first, second] = viewsOf([byMax, byPaul]);
  expect(first).toMatchObject({ state: "filled", ways: [], votedBy: ["Max"] });
  expect(second).toMatchObject({ state: "waits", votedBy: ["Paul"] });
  expect(second?.ways).toMatchObject([
    { count: 1, people: ["Rosa"] },
    { count: 1, people: ["Vera"] },
  ]);
});

test("a step whose people are gone names those who step in", () => {
  const [first] = viewsOf([], [paul, rosa, vera]);
  expect(first).toEqual({
    state: "waits",
    ways: [{ count: 1, who: "any approver", people: ["Paul", "Rosa", "Vera"] }],
    votedBy: [],
    steppedIn: true,
    escalation: null,
  });
});
