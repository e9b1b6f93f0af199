import { useId, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Policy } from "@/lib/policies/view";
import { reminderWords } from "./policy-words";

type Reminders = Policy["reminders"];

interface Props {
  reminders: Reminders;
  onChange: (reminders: Reminders) => void;
}

/** When those who may decide are reminded, by Glimpse and by whoever asked. */
export function ReminderEditor({ reminders, onChange }: Props) {
  const id = useId();
  return (
    <details className="rounded-md border bg-surface p-4">
      <summary className="disclosure text-sm">
        <span className="font-medium">Reminders: </span>
        <span className="text-ink-muted">{reminderWords(reminders)}</span>
      </summary>
      <div className="mt-3 flex flex-wrap gap-3">
        <Numbers
          label="After so much of the time to decide, percent"
          numbers={reminders.shares.map((share) => Math.round(share * 100))}
          onChange={(percents) => onChange({ ...reminders, shares: percents.map((one) => one / 100) })}
        />
        <Numbers
          label="After so many minutes"
          numbers={reminders.minutes}
          onChange={(minutes) => onChange({ ...reminders, minutes })}
        />
        <Field id={id} label="Whoever asked, once in so many minutes" className="w-72">
          {(wired) => (
            <Input
              {...wired}
              type="number"
              min={5}
              max={1440}
              value={reminders.nudgeMinutes}
              onChange={(event) => onChange({ ...reminders, nudgeMinutes: Number(event.target.value) })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}

interface NumbersProps {
  label: string;
  numbers: readonly number[];
  onChange: (numbers: number[]) => void;
}

/** A few numbers with commas between them; empty is none. */
function Numbers({ label, numbers, onChange }: NumbersProps) {
  const id = useId();
  const [text, setText] = useState(numbers.join(", "));
  return (
    <Field id={id} label={label} help="None, or some with commas between them." className="w-72">
      {(wired) => (
        <Input
          {...wired}
          inputMode="numeric"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onChange(event.target.value.split(",").flatMap((part) => (part.trim() ? [Number(part)] : [])));
          }}
        />
      )}
    </Field>
  );
}
