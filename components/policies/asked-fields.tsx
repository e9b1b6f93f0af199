import { Plus, X } from "lucide";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Input, Select } from "@/components/ui/input";
import type { PolicyChoices, RequestSignals } from "@/lib/policies/view";

type AskedField = RequestSignals["fields"][number];

interface Props {
  fields: readonly AskedField[];
  choices: PolicyChoices;
  onChange: (fields: AskedField[]) => void;
}

/** The fields that a request asks for: each with its data class, its sensitivity, its level and the name of its column. */
export function AskedFields({ fields, choices, onChange }: Props) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 text-sm font-medium">Fields</legend>
      {fields.map((field, at) => (
        <div key={at} className="flex flex-wrap items-center gap-2">
          <AskedFieldLine
            field={field}
            label={`Field ${at + 1}`}
            choices={choices}
            onChange={(next) => onChange(fields.with(at, next))}
          />
          {fields.length > 1 && (
            <IconButton
              icon={X}
              label={`Remove field ${at + 1}`}
              onClick={() => onChange(fields.toSpliced(at, 1))}
            />
          )}
        </div>
      ))}
      <Button
        size="sm"
        icon={Plus}
        className="justify-self-start"
        onClick={() => onChange([...fields, fieldOf(choices.classes[0], "full")])}
      >
        Add a field
      </Button>
    </fieldset>
  );
}

interface LineProps {
  field: AskedField;
  label: string;
  choices: PolicyChoices;
  onChange: (field: AskedField) => void;
}

function AskedFieldLine({ field, label, choices, onChange }: LineProps) {
  const isGone = !choices.classes.some((one) => keyOf(one.id, one.own) === keyOfField(field));
  return (
    <>
      <Select
        aria-label={`${label}: data class`}
        className="w-auto max-w-full"
        value={keyOfField(field)}
        onChange={(event) => {
          const found = choices.classes.find((one) => keyOf(one.id, one.own) === event.target.value);
          if (found) onChange(fieldOf(found, field.level));
        }}
      >
        {isGone && <option value={keyOfField(field)}>{field.class}</option>}
        {choices.classes.map((one) => (
          <option key={one.id} value={keyOf(one.id, one.own)}>
            {one.title}
          </option>
        ))}
      </Select>
      <Select
        aria-label={`${label}: level`}
        className="w-auto"
        value={field.level}
        onChange={(event) => onChange({ ...field, level: event.target.value as AskedField["level"] })}
      >
        <option value="full">full values</option>
        <option value="partial">parts of values</option>
      </Select>
      <Input
        aria-label={`${label}: sensitivity, 1 to 4`}
        type="number"
        min={1}
        max={4}
        className="w-16"
        value={field.sensitivity}
        onChange={(event) => onChange({ ...field, sensitivity: Number(event.target.value) })}
      />
      <Input
        aria-label={`${label}: name of the column`}
        className="w-40 flex-auto"
        maxLength={120}
        value={field.name}
        onChange={(event) => onChange({ ...field, name: event.target.value })}
      />
    </>
  );
}

const keyOf = (id: string, own: string | null) => (own === null ? id : `${id} (${own})`);
const keyOfField = ({ class: id, own, group }: AskedField) => keyOf(id, own === true ? (group ?? "") : null);

function fieldOf(
  found: PolicyChoices["classes"][number] | undefined,
  level: AskedField["level"],
): AskedField {
  const { id, sensitivity, own } = found ?? { id: "none", sensitivity: 4, own: null };
  return { name: id, class: id, sensitivity, level, ...(own === null ? {} : { own: true, group: own }) };
}
