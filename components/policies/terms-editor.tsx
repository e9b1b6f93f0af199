import { useId } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { PolicyChoices } from "@/lib/policies/view";
import { CheckList } from "./check-list";
import { termWords, type Rule } from "./policy-words";

interface Props {
  rule: Rule;
  choices: PolicyChoices;
  onChange: (change: Partial<Rule>) => void;
}

const numbers = [
  ["viewSeconds", "View time, seconds", 1800],
  ["records", "Records", 500],
  ["views", "Views", 1000],
] as const;

const demands = [
  ["ticketNeeded", "A ticket is needed"],
  ["stepUp", "A password of the last ten minutes is needed to send, decide and open it"],
  ["passkey", "A passkey is needed to approve and open it"],
  ["breakGlass", "An emergency may open it at once"],
  ["autoExtension", "Gives more time by itself, even for what people had decided first"],
  ["shadow", "Only watches: records what it would have done"],
] as const;

/** What a rule caps and demands; what is left empty is not capped. */
export function TermsEditor({ rule, choices, onChange }: Props) {
  const id = useId();
  const said = termWords(rule);
  return (
    <details>
      <summary className="disclosure text-sm">
        <span className="font-medium">Caps and demands: </span>
        <span className="text-ink-muted">{said.length > 0 ? said.join(", ") : "none"}</span>
      </summary>
      <div className="mt-3 grid gap-3">
        <div className="flex flex-wrap gap-3">
          {numbers.map(([key, label, most]) => (
            <Field key={key} id={`${id}-${key}`} label={label} optional>
              {(wired) => (
                <Input
                  {...wired}
                  type="number"
                  min={1}
                  max={most}
                  className="w-36"
                  value={rule.caps[key] ?? ""}
                  onChange={(event) => onChange({ caps: capped(rule.caps, key, event.target.value) })}
                />
              )}
            </Field>
          ))}
        </div>
        <Checkbox
          label="Parts of values only"
          checked={rule.caps.level === "partial"}
          onChange={(event) => onChange({ caps: levelled(rule.caps, event.target.checked) })}
        />
        {demands.map(([key, label]) => (
          <Checkbox
            key={key}
            label={label}
            checked={rule[key] ?? false}
            onChange={(event) => onChange({ [key]: event.target.checked })}
          />
        ))}
        <CheckList
          legend="Only for these purposes; for all of them where none is marked"
          chosen={rule.purposes}
          choices={choices.purposes.map(({ id: purpose, words }) => ({ id: purpose, name: words }))}
          onChange={(purposes) => onChange({ purposes })}
        />
      </div>
    </details>
  );
}

function capped(caps: Rule["caps"], key: "viewSeconds" | "records" | "views", text: string): Rule["caps"] {
  const { [key]: _, ...others } = caps;
  return text === "" ? others : { ...others, [key]: Number(text) };
}

function levelled({ level: _, ...others }: Rule["caps"], partial: boolean): Rule["caps"] {
  return partial ? { ...others, level: "partial" } : others;
}
