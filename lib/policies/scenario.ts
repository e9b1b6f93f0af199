import type { CompiledPolicy } from "@/lib/policies/compile-policy";
import type { Scenario } from "@/lib/policies/policy";
import { ruleOn } from "@/lib/policies/ruling";
import type { ScenarioLine } from "@/lib/policies/view";

/** Tries a policy on its own scenarios, in their order. */
export function runScenarios(compiled: CompiledPolicy): ScenarioLine[] {
  return compiled.policy.scenarios.map((scenario) => runScenario(compiled, scenario));
}

function runScenario(compiled: CompiledPolicy, { name, given, expect }: Scenario): ScenarioLine {
  const { outcome, rule, caps } = ruleOn(compiled, given);
  const wrong = [
    ...(outcome.kind === expect.outcome ? [] : [`expected ${expect.outcome}, got ${outcome.kind}`]),
    ...(expect.rule === undefined || expect.rule === rule
      ? []
      : [`expected ${ruleName(expect.rule)}, got ${ruleName(rule)}`]),
    ...(expect.viewSeconds === undefined ||
    expect.viewSeconds === Math.min(caps.viewSeconds, given.viewSeconds)
      ? []
      : [
          `expected a view of ${expect.viewSeconds} seconds, got ${Math.min(caps.viewSeconds, given.viewSeconds)}`,
        ]),
  ];
  return {
    name,
    passed: wrong.length === 0,
    words: wrong.length === 0 ? "As expected." : `${wrong.join("; ")}.`,
  };
}

const ruleName = (rule: string | null) => (rule === null ? "no rule" : `“${rule}”`);
