import { compileCondition, type Condition, type ConditionProblem } from "@/lib/policies/condition";
import type { Policy, Rule } from "@/lib/policies/policy";

/** Comparisons that all rules together may make at the worst. */
const MOST_WORK = 400_000;

/** A policy whose conditions are ready to be asked. */
export type CompiledPolicy = {
  policy: Policy;
  rules: readonly { rule: Rule; condition: Condition }[];
};

/** What is wrong with a rule; the position is that in its condition. */
export type RuleProblem = ConditionProblem & { rule: string };

export type Compiled = { ok: true; compiled: CompiledPolicy } | { ok: false; problems: RuleProblem[] };

/** Checks every condition of a policy and makes it ready, or says what is wrong with each and where. */
export function compilePolicy(policy: Policy): Compiled {
  const problems: RuleProblem[] = [];
  const rules = policy.rules.flatMap((rule) => {
    const compiled = compileCondition(rule.when);
    if (compiled.ok) return [{ rule, condition: compiled.condition }];
    problems.push({ rule: rule.name, ...compiled.problem });
    return [];
  });
  const work = rules.reduce((sum, { condition }) => sum + condition.work, 0);
  const [last] = policy.rules.slice(-1);
  if (last && work > MOST_WORK)
    problems.push({ rule: last.name, words: "All rules together could take too long.", from: 0, to: 0 });
  return problems.length > 0 ? { ok: false, problems } : { ok: true, compiled: { policy, rules } };
}
