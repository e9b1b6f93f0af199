import { Plus } from "lucide";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Policy, PolicyChoices } from "@/lib/policies/view";
import { ScenarioForm } from "./scenario-form";

type Scenario = Policy["scenarios"][number];

interface Props {
  scenarios: readonly Scenario[];
  ruleNames: readonly string[];
  choices: PolicyChoices;
  onChange: (scenarios: Scenario[]) => void;
}

/** What a draft is tried on: given this request, this outcome is expected. */
export function ScenarioEditor({ scenarios, ruleNames, choices, onChange }: Props) {
  const [keys, setKeys] = useState(() => scenarios.map((_, at) => at));
  const [next, setNext] = useState(scenarios.length);
  return (
    <div className="grid gap-3">
      <h2 className="text-lg font-semibold">What it is tried on</h2>
      <ul className="grid gap-2">
        {scenarios.map((scenario, at) => (
          <ScenarioForm
            key={keys[at] ?? at}
            scenario={scenario}
            ruleNames={ruleNames}
            choices={choices}
            onChange={(changed) => onChange(scenarios.with(at, changed))}
            onRemove={() => {
              setKeys(keys.toSpliced(at, 1));
              onChange(scenarios.toSpliced(at, 1));
            }}
          />
        ))}
      </ul>
      <Button
        icon={Plus}
        className="justify-self-start"
        onClick={() => {
          setKeys([...keys, next]);
          setNext(next + 1);
          onChange([...scenarios, freshScenario(next + 1)]);
        }}
      >
        Add a scenario
      </Button>
    </div>
  );
}

const freshScenario = (n: number): Scenario => ({
  name: `New scenario ${n}`,
  given: {
    ...{ purpose: "customer-contact", ticket: true, records: 1, allMatching: false, viewSeconds: 300 },
    ...{ breakGlass: false, channel: "console" },
    fields: [{ name: "email", class: "email", sensitivity: 2, level: "full" }],
    requester: { roles: ["agent"], groups: [] },
    table: { source: "demo", schema: "public", name: "customers" },
    ...{ firstOnTable: false, newDevice: false, subjectsSeen: 0, denials: 0, signedInMinutes: 5 },
    ...{ hour: 10, weekday: 2 },
  },
  expect: { outcome: "review" },
});
