import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultPolicy } from "@/lib/policies/default-policy";
import { policyOf } from "@/lib/testing/policies";
import { differenceOf } from "./difference";

const names = { payments: "Payments" };
const policy = (...rules: object[]) => policyOf(rules);

test("a policy differs in nothing from itself, whatever the order of its keys", () => {
  const turned = Object.fromEntries(Object.entries(defaultPolicy).toReversed()) as typeof defaultPolicy;
  const risk = Object.fromEntries(Object.entries(turned.risk).toReversed()) as typeof turned.risk;
  expect(differenceOf(defaultPolicy, { ...turned, risk }, names, {})).toEqual([]);
});

test("rules that came, went and read otherwise are told in words", () => {
  const before = policy(
    { name: "goes", outcome: { kind: "deny", words: "This is never shown." } },
    { name: "stays", outcome: { kind: "auto" } },
  );
  const group = { who: { kind: "group", group: "payments" }, count: 2 };
  const after = policy(
    { name: "stays", outcome: { kind: "review", steps: [{ anyOf: [group] }] }, caps: { viewSeconds: 300 } },
    { name: "comes", when: "request.ticket", outcome: { kind: "auto" } },
  );
  expect(differenceOf(before, after, names, {})).toEqual([
    { kind: "changed", what: "stays", words: "Outcome: Granted at once → Decided by two of Payments" },
    { kind: "changed", what: "stays", words: "Terms: none → at most 5 minutes" },
    { kind: "added", what: "comes", words: "Now rule 2. When a ticket is named: Granted at once" },
    { kind: "removed", what: "goes", words: "When always: Denied: “This is never shown.”" },
  ]);
});

test("of rules in another order, as few as can be have moved; one that was taken up has moved alone", () => {
  const rules = ["a", "b", "c", "d", "e"].map((name) => ({ name, outcome: { kind: "auto" } }));
  fc.assert(
    fc.property(fc.nat(4), fc.nat(4), (from, to) => {
      const turned = rules.toSpliced(from, 1).toSpliced(to, 0, rules[from]!);
      const moved = differenceOf(policy(...rules), policy(...turned), names, {});
      expect(moved.every(({ kind }) => kind === "moved")).toBe(true);
      expect(moved).toHaveLength(from === to ? 0 : 1);
    }),
  );
});

test("who is told when a step waits too long, and when people are reminded, is a part of the difference", () => {
  const step = { anyOf: [{ who: { kind: "manager" }, count: 1 }] };
  const review = (escalate: object) => ({ kind: "review", steps: [{ ...step, escalate }] });
  const tell = [{ kind: "managers-manager" }];
  const before = policy({ name: "a", outcome: review({ afterMinutes: 120, tell }) });
  const wider = policy({ name: "a", outcome: review({ afterMinutes: 120, tell, mayDecide: true }) });
  const after = { ...wider, reminders: { shares: [], minutes: [15], nudgeMinutes: 60 } };
  expect(differenceOf(before, after, names, {}).map(({ words }) => words)).toEqual([
    "Outcome: Decided by the manager (after 2 hours the manager’s manager is told) → " +
      "Decided by the manager (after 2 hours the manager’s manager is told and may decide too)",
    expect.stringMatching(/^.+ → after 15 minutes; by whoever asked, once in 1 hour$/),
  ]);
});

test("another class in a condition is told, also where a steward has called it alike", () => {
  const rule = { name: "rule", outcome: { kind: "auto" } };
  const before = policy({ ...rule, when: `"pan" in fields.classes` });
  const after = policy({ ...rule, when: `"own" in fields.classes` });
  const told = (titles: Record<string, string>) =>
    differenceOf(before, after, names, titles).map(({ words }) => words);
  expect(told({ pan: "Card number", own: "Loyalty card" })).toEqual([
    "When: data classes include Card number → data classes include Loyalty card",
  ]);
  expect(told({ pan: "Card number", own: "Card number" })).toHaveLength(1);
});
