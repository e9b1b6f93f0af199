import { useId } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Policy } from "@/lib/policies/view";

type Risk = Policy["risk"];

const weights = [
  ["fullValues", "Full values"],
  ["perFurtherField", "Each further field"],
  ["fieldsAtMost", "Fields at most"],
  ["noTicket", "No ticket"],
  ["outOfHours", "Outside working hours"],
  ["firstOnTable", "First time on the table"],
  ["newDevice", "A browser not seen before"],
  ["perDenial", "Each denial in 30 days"],
  ["denialsAtMost", "Denials at most"],
] as const;

/** The points of the risk: by sensitivity, by what was asked and by whom, and where medium and high begin. */
export function RiskEditor({ risk, onChange }: { risk: Risk; onChange: (risk: Risk) => void }) {
  const grade = (part: Partial<Risk["grades"]>) => onChange({ ...risk, grades: { ...risk.grades, ...part } });
  return (
    <details className="rounded-md border bg-surface p-4">
      <summary className="disclosure text-sm">
        <span className="font-medium">Risk: </span>
        <span className="text-ink-muted">
          medium from {risk.grades.medium} points, high from {risk.grades.high}
        </span>
      </summary>
      <div className="mt-3 flex flex-wrap gap-3">
        <Points label="Medium from" value={risk.grades.medium} onChange={(medium) => grade({ medium })} />
        <Points label="High from" value={risk.grades.high} onChange={(high) => grade({ high })} />
        {risk.sensitivity.map((value, at) => (
          <Points
            key={at}
            label={`Sensitivity ${at + 1}`}
            value={value}
            onChange={(next) =>
              onChange({ ...risk, sensitivity: risk.sensitivity.with(at, next) as Risk["sensitivity"] })
            }
          />
        ))}
        {weights.map(([key, label]) => (
          <Points
            key={key}
            label={label}
            value={risk[key]}
            onChange={(next) => onChange({ ...risk, [key]: next })}
          />
        ))}
      </div>
    </details>
  );
}

function Points({
  label,
  value,
  onChange,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
}) {
  const id = useId();
  return (
    <Field id={id} label={label} className="w-44">
      {(wired) => (
        <Input
          {...wired}
          type="number"
          min={0}
          max={1000}
          value={value}
          onChange={(event) => onChange(Number(event.target.value))}
        />
      )}
    </Field>
  );
}
