import { Trash2 } from "lucide";
import { useId } from "react";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { Policy, PolicyChoices } from "@/lib/policies/view";
import { NumberField } from "./number-field";
import { Pick } from "./pick";
import { SignalsForm } from "./signals-form";

type Scenario = Policy["scenarios"][number];
type Expected = Scenario["expect"];

interface Props {
  scenario: Scenario;
  ruleNames: readonly string[];
  choices: PolicyChoices;
  onChange: (scenario: Scenario) => void;
  onRemove: () => void;
}

export const outcomes = [
  { id: "auto", words: "granted at once" },
  { id: "review", words: "decided by people" },
  { id: "deny", words: "denied" },
] as const;

/** One scenario: the request that is given, and what has to come out. */
export function ScenarioForm({ scenario, ruleNames, choices, onChange, onRemove }: Props) {
  const id = useId();
  const { name, given, expect } = scenario;
  const outcome = outcomes.find(({ id: kind }) => kind === expect.outcome)?.words;
  return (
    <li className="rounded-md border bg-surface p-4">
      <details>
        <summary className="disclosure text-sm">
          <span className="font-medium">{name}</span>
          <span className="text-ink-muted">: {outcome}</span>
        </summary>
        <div className="mt-3 grid gap-3">
          <div className="flex items-end gap-2">
            <Field id={`${id}-name`} label="Scenario" className="min-w-0 flex-1">
              {(wired) => (
                <Input
                  {...wired}
                  maxLength={80}
                  value={name}
                  onChange={(event) => onChange({ ...scenario, name: event.target.value })}
                />
              )}
            </Field>
            <IconButton icon={Trash2} label={`Remove the scenario ${name}`} onClick={onRemove} />
          </div>
          <SignalsForm
            given={given}
            choices={choices}
            onChange={(next) => onChange({ ...scenario, given: next })}
          />
          <ExpectedForm
            expected={expect}
            ruleNames={ruleNames}
            onChange={(next) => onChange({ ...scenario, expect: next })}
          />
        </div>
      </details>
    </li>
  );
}

interface ExpectedProps {
  expected: Expected;
  ruleNames: readonly string[];
  onChange: (expected: Expected) => void;
}

/** What has to come out: the outcome, and where it matters the rule and the view time. */
function ExpectedForm({ expected, ruleNames, onChange }: ExpectedProps) {
  return (
    <div className="flex flex-wrap gap-3">
      <Pick
        label="Has to be"
        value={expected.outcome}
        choices={outcomes}
        onChange={(outcome) => onChange({ ...expected, outcome: outcome as Expected["outcome"] })}
      />
      <Pick
        label="By the rule"
        value={ruleValue(expected.rule)}
        choices={ruleChoices(ruleNames, expected.rule)}
        onChange={(value) => onChange(withRule(expected, value))}
      />
      <NumberField
        label="For so many seconds"
        min={1}
        max={1800}
        empty="any time"
        value={expected.viewSeconds ?? null}
        onChange={(viewSeconds) => onChange(withTime(expected, viewSeconds))}
      />
    </div>
  );
}

const ruleValue = (rule: string | null | undefined) =>
  rule === undefined ? "any" : rule === null ? "none" : `rule:${rule}`;

function ruleChoices(names: readonly string[], expected: string | null | undefined) {
  const all = new Set([...names, ...(expected ? [expected] : [])]);
  return [
    { id: "any", words: "whichever" },
    { id: "none", words: "none of them" },
    ...[...all].map((name) => ({ id: `rule:${name}`, words: name })),
  ];
}

function withRule({ rule: _, ...rest }: Expected, value: string): Expected {
  if (value === "any") return rest;
  return { ...rest, rule: value === "none" ? null : value.slice("rule:".length) };
}

function withTime({ viewSeconds: _, ...rest }: Expected, viewSeconds: number | null): Expected {
  return viewSeconds === null ? rest : { ...rest, viewSeconds };
}
