import { expect, test } from "vitest";
import { compiledOf, policyOf } from "@/lib/testing/policies";
import { defaultPolicy } from "./default-policy";
import { deniesEverything, idleRules } from "./reach";

const deny = { outcome: { kind: "deny", words: "Nobody sees anything today." } };
const auto = { outcome: { kind: "auto" } };
const denies = (...rules: object[]) => deniesEverything(compiledOf(policyOf(rules)), ["support"]);

test("a policy that denies whatever is asked is known, however it says so", () => {
  expect(denies({ ...deny, when: "true" })).toBe(true);
  expect(denies({ ...deny, when: "request.records >= 1" })).toBe(true);
  expect(
    denies({ ...deny, when: "fields.sensitivity > 1" }, { ...deny, when: "fields.sensitivity < 2" }),
  ).toBe(true);
  expect(denies({ ...deny, when: "true", shadow: true })).toBe(false);
  expect(denies({ ...deny, when: "fields.sensitivity > 3" })).toBe(false);
  expect(denies({ ...deny, when: `!("support" in requester.groups)` })).toBe(false);
  expect(deniesEverything(compiledOf(defaultPolicy), [])).toBe(false);
});

test("rules that can never decide are named", () => {
  const idle = (...rules: object[]) => idleRules(compiledOf(policyOf(rules)));
  expect(idle({ ...auto, when: "true" }, { ...deny, when: "request.ticket" })).toEqual([
    "Rule 2, “rule 2”, is never asked: “rule 1” before it always matches.",
  ]);
  expect(idle({ ...auto, when: "1 > 2" })).toEqual(["Rule 1, “rule 1”, never matches."]);
  expect(idle({ ...auto, when: "true", shadow: true }, { ...deny, when: "request.ticket" })).toEqual([]);
  expect(idleRules(compiledOf(defaultPolicy))).toEqual([]);
});
