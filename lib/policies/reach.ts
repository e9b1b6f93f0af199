import { dataClasses } from "@/lib/catalog/classes";
import type { CompiledPolicy } from "@/lib/policies/compile-policy";
import type { Condition } from "@/lib/policies/condition";
import { bindingsOf } from "@/lib/policies/environment";
import { assessRisk, type RiskWeights } from "@/lib/policies/risk";
import { ruleOn } from "@/lib/policies/ruling";
import { opensForNobody, type RequestSignals } from "@/lib/policies/signals";

const calm: RequestSignals = {
  ...{ purpose: "customer-contact", ticket: true, records: 1, allMatching: false, viewSeconds: 60 },
  ...{ breakGlass: false, channel: "console" },
  fields: [],
  requester: { roles: ["agent"], groups: [] },
  table: { source: "none", schema: "none", name: "none" },
  ...{ firstOnTable: false, newDevice: false, subjectsSeen: 0, denials: 0, signedInMinutes: 0 },
  ...{ hour: 10, weekday: 2 },
};

/**
 * Whether a policy denies even the calmest request for each data class that can open at all, of people in no group and
 * in all of these: it locks everybody out. What else it denies is its own affair.
 */
export function deniesEverything(compiled: CompiledPolicy, groups: readonly string[]): boolean {
  const fields = dataClasses
    .map(({ id, sensitivity }) => ({ name: id, class: id, sensitivity, level: "partial" as const }))
    .filter((field) => !opensForNobody(field));
  const asked = [[], groups].flatMap((some) =>
    fields.map((field) => ({
      ...calm,
      fields: [field],
      requester: { roles: ["agent"], groups: some.slice(0, 100) },
    })),
  );
  return asked.every((signals) => ruleOn(compiled, signals).outcome.kind === "deny");
}

/** Rules that can never decide: behind one that always matches, or with a condition that never does. In words. */
export function idleRules({ policy, rules }: CompiledPolicy): string[] {
  const words: string[] = [];
  let always: string | null = null;
  for (const [at, { rule, condition }] of rules.entries()) {
    const name = `Rule ${at + 1}, “${rule.name}”`;
    const constant = constantOf(condition, policy.risk);
    if (rule.shadow) continue;
    if (always !== null) words.push(`${name}, is never asked: “${always}” before it always matches.`);
    else if (constant === false) words.push(`${name}, never matches.`);
    if (constant === true) always ??= rule.name;
  }
  return words;
}

/** What a condition that reads nothing of a request always says; null for every other, and for one that fails. */
function constantOf({ reads, test }: Condition, weights: RiskWeights): boolean | null {
  if (reads.length > 0) return null;
  try {
    return test(bindingsOf({ signals: calm, risk: assessRisk(calm, weights), weights }));
  } catch {
    return null;
  }
}
