import fc from "fast-check";
import { compilePolicy, type CompiledPolicy } from "@/lib/policies/compile-policy";
import { policySchema, type Policy } from "@/lib/policies/policy";
import { defaultWeights } from "@/lib/policies/risk";
import type { RequestSignals } from "@/lib/policies/signals";

const calm: RequestSignals = {
  purpose: "customer-contact",
  ticket: true,
  records: 1,
  allMatching: false,
  viewSeconds: 300,
  breakGlass: false,
  channel: "console",
  fields: [{ name: "email", class: "email", sensitivity: 2, level: "full" }],
  requester: { roles: ["agent"], groups: [] },
  table: { source: "marigold", schema: "public", name: "customers" },
  firstOnTable: false,
  newDevice: false,
  subjectsSeen: 0,
  denials: 0,
  signedInMinutes: 5,
  hour: 10,
  weekday: 2,
};

/** Signals of a calm request, with what a test changes. */
export const someSignals = (change: Partial<RequestSignals> = {}): RequestSignals => ({ ...calm, ...change });

/** The signals that can be missing. */
export const missable = [
  "firstOnTable",
  "newDevice",
  "subjectsSeen",
  "denials",
  "signedInMinutes",
  "hour",
  "weekday",
] as const;

const field = fc.record({
  name: fc.constantFrom("email", "pan", "diagnosis", "note"),
  class: fc.constantFrom("email", "phone", "pan", "diagnosis", "free_text"),
  sensitivity: fc.integer({ min: -1, max: 9 }),
  level: fc.constantFrom("partial" as const, "full" as const),
});

/** Signals of any request, none of them missing. */
export const signalsArbitrary: fc.Arbitrary<RequestSignals> = fc.record({
  purpose: fc.constantFrom("customer-contact", "incident"),
  ticket: fc.boolean(),
  records: fc.integer({ min: 1, max: 500 }),
  allMatching: fc.boolean(),
  viewSeconds: fc.constantFrom(60, 300, 900, 1800),
  breakGlass: fc.boolean(),
  channel: fc.constant("console"),
  fields: fc.array(field, { minLength: 1, maxLength: 6 }),
  requester: fc.record({
    roles: fc.constant(["agent"]),
    groups: fc.subarray(["support", "payments", "privacy"]),
  }),
  table: fc.constant(calm.table),
  firstOnTable: fc.boolean(),
  newDevice: fc.boolean(),
  subjectsSeen: fc.integer({ min: 0, max: 1000 }),
  denials: fc.integer({ min: 0, max: 9 }),
  signedInMinutes: fc.integer({ min: 0, max: 700 }),
  hour: fc.integer({ min: 0, max: 23 }),
  weekday: fc.integer({ min: 1, max: 7 }),
});

/** A policy of these rules; what a rule does not say is as it is for a new one. */
export function policyOf(rules: readonly object[], change: Partial<Policy> = {}): Policy {
  return policySchema.parse({
    rules: rules.map((rule, at) => ({ name: `rule ${at + 1}`, when: "true", ...rule })),
    fallback: [{ kind: "managers-manager" }, { kind: "approvers" }],
    risk: defaultWeights,
    scenarios: [],
    ...change,
  });
}

/** A compiled policy; throws with the words of the first problem. */
export function compiledOf(policy: Policy): CompiledPolicy {
  const compiled = compilePolicy(policy);
  if (!compiled.ok) throw new Error(compiled.problems[0]?.words);
  return compiled.compiled;
}
