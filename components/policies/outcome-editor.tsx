import { Plus, X } from "lucide";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Select, Textarea } from "@/components/ui/input";
import type { PolicyChoices } from "@/lib/policies/view";
import type { Outcome } from "./policy-words";
import { SeatEditor, type Alternative } from "./seat-editor";

type Step = Extract<Outcome, { kind: "review" }>["steps"][number];

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
  const put = (at: number, anyOf: Alternative[]) => onChange(steps.with(at, { anyOf }));
  return (
    <>
      <ol aria-label="Steps, one after the other" className="grid gap-3">
        {steps.map(({ anyOf }, at) => (
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
            {anyOf.map((alternative, n) => (
              <SeatEditor
                key={n}
                label={n === 0 ? `Step ${at + 1}` : `Step ${at + 1}, alternative ${n + 1}`}
                alternative={alternative}
                choices={choices}
                onChange={(next) => put(at, anyOf.with(n, next))}
                {...(anyOf.length > 1 ? { onRemove: () => put(at, anyOf.toSpliced(n, 1)) } : {})}
              />
            ))}
            {anyOf.length < 4 && (
              <Button
                size="sm"
                variant="quiet"
                className="justify-self-start"
                onClick={() => put(at, [...anyOf, manager])}
              >
                or somebody else
              </Button>
            )}
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
