import { useId } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

interface Props {
  label: string;
  value: number | null;
  min?: number;
  max: number;
  /** What an empty field means; without it the field cannot be emptied. */
  empty?: string;
  onChange: (value: number | null) => void;
}

/** A whole number; an emptied field is null where that means something, and the least number elsewhere. */
export function NumberField({ label, value, min = 0, max, empty, onChange }: Props) {
  const id = useId();
  return (
    <Field id={id} label={label} className="w-44">
      {(wired) => (
        <Input
          {...wired}
          type="number"
          min={min}
          max={max}
          placeholder={empty}
          value={value ?? ""}
          onChange={(event) => {
            const { value: text } = event.target;
            onChange(text === "" && empty !== undefined ? null : Number(text));
          }}
        />
      )}
    </Field>
  );
}
