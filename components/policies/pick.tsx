import { useId } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";

interface Props {
  label: string;
  value: string;
  choices: readonly { id: string; words: string }[];
  onChange: (value: string) => void;
}

/** One of a few; what is chosen but not among them any more is called by its id. */
export function Pick({ label, value, choices, onChange }: Props) {
  const id = useId();
  const isGone = !choices.some((choice) => choice.id === value);
  return (
    <Field id={id} label={label} className="min-w-0">
      {(wired) => (
        <Select
          {...wired}
          className="w-auto max-w-full"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {isGone && <option value={value}>{value}</option>}
          {choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.words}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Yes, no, or a signal that is missing. */
export function PickKnown({
  label,
  value,
  onChange,
}: {
  label: string;
  value: boolean | null;
  onChange: (value: boolean | null) => void;
}) {
  return (
    <Pick
      label={label}
      value={value === null ? "unknown" : value ? "yes" : "no"}
      choices={[
        { id: "no", words: "no" },
        { id: "yes", words: "yes" },
        { id: "unknown", words: "not known" },
      ]}
      onChange={(next) => onChange(next === "unknown" ? null : next === "yes")}
    />
  );
}
