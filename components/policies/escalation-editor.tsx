import { Plus } from "lucide";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import type { PolicyChoices } from "@/lib/policies/view";
import { escalationWords, type Escalation } from "./policy-words";
import { SeatEditor } from "./seat-editor";

interface Props {
  /** The name of the step. */
  label: string;
  escalation: Escalation | undefined;
  choices: PolicyChoices;
  onChange: (escalation: Escalation | undefined) => void;
}

const fresh: Escalation = { afterMinutes: 120, tell: [{ kind: "managers-manager" }], mayDecide: false };

/** What happens when a step has waited for its time: who is told, and whether they may decide too. */
export function EscalationEditor({ label, escalation, choices, onChange }: Props) {
  const names = Object.fromEntries(
    [...choices.groups, ...choices.approvers].map(({ id, name }) => [id, name]),
  );
  return (
    <details>
      <summary className="disclosure text-sm">
        <span className="font-medium">When it waits too long: </span>
        <span className="text-ink-muted">
          {escalation ? escalationWords(escalation, names) : "nobody more is told"}
        </span>
      </summary>
      <div className="mt-2 grid justify-items-start gap-2">
        <Checkbox
          label={`${label}: tell others when nobody decides`}
          checked={escalation !== undefined}
          onChange={(event) => onChange(event.target.checked ? fresh : undefined)}
        />
        {escalation && <Terms {...{ label, escalation, choices, onChange }} />}
      </div>
    </details>
  );
}

function Terms({ label, escalation, choices, onChange }: Props & { escalation: Escalation }) {
  const { afterMinutes, tell, mayDecide } = escalation;
  return (
    <>
      <p className="flex items-center gap-2 text-sm">
        After
        <Input
          type="number"
          min={1}
          max={1440}
          aria-label={`${label}: minutes until others are told`}
          className="w-20"
          value={afterMinutes}
          onChange={(event) => onChange({ ...escalation, afterMinutes: Number(event.target.value) })}
        />
        minutes tell
      </p>
      {tell.map((who, at) => (
        <SeatEditor
          key={at}
          label={`${label}, told ${at + 1}`}
          alternative={{ who, count: 1 }}
          choices={choices}
          isTold
          onChange={({ who: next }) => onChange({ ...escalation, tell: tell.with(at, next) })}
          {...(tell.length > 1
            ? { onRemove: () => onChange({ ...escalation, tell: tell.toSpliced(at, 1) }) }
            : {})}
        />
      ))}
      {tell.length < 5 && (
        <Button
          size="sm"
          variant="quiet"
          icon={Plus}
          onClick={() => onChange({ ...escalation, tell: [...tell, { kind: "policy-admins" }] })}
        >
          tell somebody else too
        </Button>
      )}
      <Checkbox
        label={`${label}: those who are told may decide too`}
        checked={mayDecide}
        onChange={(event) => onChange({ ...escalation, mayDecide: event.target.checked })}
      />
    </>
  );
}
