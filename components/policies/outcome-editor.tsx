import { Plus, X } from "lucide";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Select, Textarea } from "@/components/ui/input";
import type { PolicyChoices } from "@/lib/policies/view";
import { EscalationEditor } from "./escalation-editor";
import type { Escalation, Outcome, Step } from "./policy-words";
import { SeatEditor } from "./seat-editor";

type Alternative = Step["anyOf"][number];

interface Props {
  outcome: Outcome;
  choices: PolicyChoices;
  onChange: (outcome: Outcome) => void;
}

const manager: Alternative = { who: { kind: "manager" }, count: 1 };
const fresh: Record<Outcome["kind"], Outcome> = {
  auto: { kind: "auto" },
  review: { kind: "review", steps: [{ anyOf: [manager] }] },
  deny: { kind: "deny", words: "" },
};

/** What a rule does: grants at once, lets people decide in steps, or denies with words for whoever asked. */
export function OutcomeEditor({ outcome, choices, onChange }: Props) {
  const id = useId();
  return (
    <div className="grid gap-3">
      <Field id={id} label="Then it is">
        {(wired) => (
          <Select
            {...wired}
            className="w-auto justify-self-start"
            value={outcome.kind}
            onChange={(event) => onChange(fresh[event.target.value as Outcome["kind"]])}
          >
            <option value="auto">granted at once</option>
            <option value="review">decided by people</option>
            <option value="deny">denied</option>
          </Select>
        )}
      </Field>
      {outcome.kind === "deny" && (
        <Field id={`${id}-words`} label="What the requester reads">
          {(wired) => (
            <Textarea
              {...wired}
              rows={2}
              maxLength={500}
              value={outcome.words}
              onChange={(event) => onChange({ kind: "deny", words: event.target.value })}
            />
          )}
        </Field>
      )}
      {outcome.kind === "review" && (
        <Steps
          steps={outcome.steps}
          choices={choices}
          onChange={(steps) => onChange({ kind: "review", steps })}
        />
      )}
    </div>
  );
}

interface StepsProps {
  steps: readonly Step[];
  choices: PolicyChoices;
  onChange: (steps: Step[]) => void;
}

function Steps({ steps, choices, onChange }: StepsProps) {
  const change = (at: number, step: Step) => onChange(steps.with(at, step));
  return (
    <>
      <ol aria-label="Steps, one after the other" className="grid gap-3">
        {steps.map((step, at) => (
          <li key={at} className="grid gap-2 border-l-2 pl-3">
            <div className="flex items-center gap-2 text-sm font-medium">
              Step {at + 1}
              {steps.length > 1 && (
                <IconButton
                  icon={X}
                  size="sm"
                  label={`Remove step ${at + 1}`}
                  onClick={() => onChange(steps.toSpliced(at, 1))}
                />
              )}
            </div>
            <Alternatives
              label={`Step ${at + 1}`}
              anyOf={step.anyOf}
              choices={choices}
              onChange={(anyOf) => change(at, { ...step, anyOf })}
            />
            <EscalationEditor
              label={`Step ${at + 1}`}
              escalation={step.escalate}
              choices={choices}
              onChange={(escalate) => change(at, escalated(step, escalate))}
            />
          </li>
        ))}
      </ol>
      {steps.length < 5 && (
        <Button
          size="sm"
          icon={Plus}
          className="justify-self-start"
          onClick={() => onChange([...steps, { anyOf: [manager] }])}
        >
          Add a step
        </Button>
      )}
    </>
  );
}

function escalated({ anyOf }: Step, escalate: Escalation | undefined): Step {
  return escalate ? { anyOf, escalate } : { anyOf };
}

interface AlternativesProps {
  label: string;
  anyOf: readonly Alternative[];
  choices: PolicyChoices;
  onChange: (anyOf: Alternative[]) => void;
}

function Alternatives({ label, anyOf, choices, onChange }: AlternativesProps) {
  return (
    <>
      {anyOf.map((alternative, n) => (
        <SeatEditor
          key={n}
          label={n === 0 ? label : `${label}, alternative ${n + 1}`}
          alternative={alternative}
          choices={choices}
          onChange={({ who, count }) => {
            if (who.kind !== "policy-admins") onChange(anyOf.with(n, { who, count }));
          }}
          {...(anyOf.length > 1 ? { onRemove: () => onChange(anyOf.toSpliced(n, 1)) } : {})}
        />
      ))}
      {anyOf.length < 4 && (
        <Button
          size="sm"
          variant="quiet"
          className="justify-self-start"
          onClick={() => onChange([...anyOf, manager])}
        >
          or somebody else
        </Button>
      )}
    </>
  );
}
