import { Trash2 } from "lucide";
import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input, Select } from "@/components/ui/input";
import type { Policy, PolicyChoices } from "@/lib/policies/view";

type Scenario = Policy["scenarios"][number];
type Given = Scenario["given"];

interface Props {
  scenario: Scenario;
  ruleNames: readonly string[];
  choices: PolicyChoices;
  onChange: (scenario: Scenario) => void;
  onRemove: () => void;
}

const outcomes = [
  ["auto", "granted at once"],
  ["review", "decided by people"],
  ["deny", "denied"],
] as const;

/** One scenario: the request that is given, and what has to come out. */
export function ScenarioForm({ scenario, ruleNames, choices, onChange, onRemove }: Props) {
  const id = useId();
  const { name, given, expect } = scenario;
  const outcome = outcomes.find(([kind]) => kind === expect.outcome)?.[1];
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
          <GivenForm
            given={given}
            choices={choices}
            onChange={(next) => onChange({ ...scenario, given: next })}
          />
          <div className="flex flex-wrap gap-3">
            <Field id={`${id}-outcome`} label="Has to be">
              {(wired) => (
                <Select
                  {...wired}
                  value={expect.outcome}
                  onChange={(event) =>
                    onChange({
                      ...scenario,
                      expect: { outcome: event.target.value as Scenario["expect"]["outcome"] },
                    })
                  }
                >
                  {outcomes.map(([kind, words]) => (
                    <option key={kind} value={kind}>
                      {words}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field id={`${id}-rule`} label="By the rule">
              {(wired) => (
                <Select
                  {...wired}
                  value={ruleValue(expect.rule)}
                  onChange={(event) =>
                    onChange({ ...scenario, expect: withRule(scenario, event.target.value) })
                  }
                >
                  <option value="any">whichever</option>
                  <option value="none">none of them</option>
                  {[...new Set([...ruleNames, ...(expect.rule ? [expect.rule] : [])])].map((rule) => (
                    <option key={rule} value={`rule:${rule}`}>
                      {rule}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          </div>
        </div>
      </details>
    </li>
  );
}

const ruleValue = (rule: string | null | undefined) =>
  rule === undefined ? "any" : rule === null ? "none" : `rule:${rule}`;

function withRule({ expect: { rule: _, ...rest } }: Scenario, value: string): Scenario["expect"] {
  if (value === "any") return rest;
  return { ...rest, rule: value === "none" ? null : value.slice("rule:".length) };
}

interface GivenProps {
  given: Given;
  choices: PolicyChoices;
  onChange: (given: Given) => void;
}

function GivenForm({ given, choices, onChange }: GivenProps) {
  const id = useId();
  const chosen = given.fields.map((field) => field.class);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field id={`${id}-class`} label="Data class">
        {(wired) => (
          <Select
            {...wired}
            value={chosen[0]}
            onChange={(event) => {
              const found = choices.classes.find((one) => one.id === event.target.value);
              if (!found) return;
              const { id: classId, sensitivity } = found;
              onChange({ ...given, fields: [{ name: classId, class: classId, sensitivity, level: "full" }] });
            }}
          >
            {choices.classes.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id={`${id}-purpose`} label="Purpose">
        {(wired) => (
          <Select
            {...wired}
            value={given.purpose}
            onChange={(event) => onChange({ ...given, purpose: event.target.value })}
          >
            {choices.purposes.map((one) => (
              <option key={one.id} value={one.id}>
                {one.words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id={`${id}-group`} label="Group of the requester">
        {(wired) => (
          <Select
            {...wired}
            value={given.requester.groups[0] ?? ""}
            onChange={(event) => {
              const groups = event.target.value === "" ? [] : [event.target.value];
              onChange({ ...given, requester: { ...given.requester, groups } });
            }}
          >
            <option value="">none</option>
            {choices.groups.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id={`${id}-records`} label="Records" className="w-24">
        {(wired) => (
          <Input
            {...wired}
            type="number"
            min={1}
            max={500}
            value={given.records}
            onChange={(event) => onChange({ ...given, records: Number(event.target.value) })}
          />
        )}
      </Field>
      <Checkbox
        label="With a ticket"
        checked={given.ticket}
        onChange={(event) => onChange({ ...given, ticket: event.target.checked })}
      />
    </div>
  );
}
