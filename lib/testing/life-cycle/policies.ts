import "server-only";
import { expect } from "vitest";
import { activatePolicy } from "@/lib/policies/activate-policy";
import { newDraft } from "@/lib/policies/save-draft";
import { testDraft } from "@/lib/policies/test-draft";
import { policyOf, someSignals } from "../policies";
import { type Deed, deed, tried } from "./model";

const step = (who: object, count = 1) => ({ anyOf: [{ who, count }] });
const pressed = (mayDecide: boolean) => ({
  kind: "review",
  steps: [
    {
      ...step({ kind: "manager" }),
      escalate: { afterMinutes: 60, tell: [{ kind: "approvers" }], mayDecide },
    },
  ],
});
const manager = { kind: "review", steps: [step({ kind: "manager" })] };

/** The rule of each policy of a run, and how many people it asks for. */
export const policies = {
  one: { seats: 1, rule: { outcome: manager } },
  two: {
    seats: 2,
    rule: { outcome: { kind: "review", steps: [step({ kind: "manager" }), step({ kind: "approvers" })] } },
  },
  both: { seats: 2, rule: { outcome: { kind: "review", steps: [step({ kind: "approvers" }, 2)] } } },
  payments: {
    seats: 1,
    rule: { outcome: { kind: "review", steps: [step({ kind: "group", group: "payments" })] } },
  },
  emergency: { seats: 1, rule: { outcome: manager, breakGlass: true } },
  told: { seats: 1, rule: { outcome: pressed(false) } },
  wider: { seats: 1, rule: { outcome: pressed(true) } },
  auto: { seats: 0, rule: { outcome: { kind: "auto" }, caps: { views: 2 } } },
  // Of contact fields alone, which is what is asked for: a policy that denies everything is not activated.
  never: {
    seats: 0,
    rule: {
      when: 'fields.groups == ["contact"]',
      outcome: { kind: "deny", words: "This is never shown to anybody." },
    },
  },
} as const;
export type PolicyName = keyof typeof policies;

export const documentOf = (name: PolicyName) => {
  const { rule } = policies[name];
  const given = [{ name: "somebody", given: someSignals(), expect: { outcome: rule.outcome.kind } }];
  return policyOf([rule], { reviewShare: 0.3, scenarios: given as never });
};

/** Pia writes and tests it, and Quinn activates it; from then on it counts. */
export const rule = (name: PolicyName): Deed =>
  deed(`the policy asks for ${name}`, async (model, real) => {
    const { pia } = real.story;
    const activate = async () => {
      const draft = await newDraft(pia, { basedOn: null, note: name, document: documentOf(name) });
      const { version } = await testDraft(pia, draft);
      return activatePolicy(real.quinn, { number: draft.number, version });
    };
    const done = await tried(real, activate, () => [
      "policy.saved",
      "policy.tested",
      "policy.activated",
      "policy.retired",
    ]);
    expect(done).not.toBeNull();
    model.policy = name;
  });
