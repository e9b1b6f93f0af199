import { Checkbox } from "@/components/ui/checkbox";

interface Props {
  legend: string;
  chosen: readonly string[];
  choices: readonly { id: string; name: string }[];
  onChange: (chosen: string[]) => void;
}

/** Any of a few; what is chosen but not among them any more is called by its id. */
export function CheckList({ legend, chosen, choices, onChange }: Props) {
  const gone = chosen.filter((one) => !choices.some(({ id }) => id === one));
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {[...choices, ...gone.map((id) => ({ id, name: id }))].map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
