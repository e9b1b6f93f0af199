import { ArrowDown, ArrowUp, Trash2 } from "lucide";
import { useId } from "react";
import { Field, FieldError } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { PolicyChoices } from "@/lib/policies/view";
import { ConditionEditor } from "./condition-editor";
import { OutcomeEditor } from "./outcome-editor";
import type { Rule } from "./policy-words";
import { TermsEditor } from "./terms-editor";
import type { Editor } from "./use-editor";

interface Props {
  rule: Rule;
  at: number;
  count: number;
  /** What is wrong, by the part of the rule. */
  errors: Readonly<Record<string, string>>;
  choices: PolicyChoices;
  editor: Editor;
}

/** One rule of a draft: where it stands, when it matches, what it does. */
export function RuleEditor({ rule, at, count, errors, choices, editor }: Props) {
  const id = useId();
  const change = (part: Partial<Rule>) => editor.change(at, part);
  const elsewhere = Object.entries(errors).filter(([name]) => name !== "when" && name !== "name");
  return (
    <li>
      <fieldset
        aria-label={`Rule ${at + 1}: ${rule.name}`}
        className="grid grid-cols-1 gap-4 rounded-md border bg-surface p-4"
      >
        <div className="flex items-end gap-2">
          <Field id={id} label={`Rule ${at + 1}`} error={errors["name"]} className="min-w-0 flex-1">
            {(wired) => (
              <Input
                {...wired}
                maxLength={80}
                value={rule.name}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <IconButton
            icon={ArrowUp}
            label={`Move ${rule.name} up`}
            disabled={at === 0}
            onClick={() => editor.move(at, at - 1)}
          />
          <IconButton
            icon={ArrowDown}
            label={`Move ${rule.name} down`}
            disabled={at === count - 1}
            onClick={() => editor.move(at, at + 1)}
          />
          <IconButton icon={Trash2} label={`Remove ${rule.name}`} onClick={() => editor.remove(at)} />
        </div>
        <ConditionEditor
          when={rule.when}
          error={errors["when"]}
          classes={choices.classes}
          onChange={(when) => change({ when })}
        />
        <OutcomeEditor outcome={rule.outcome} choices={choices} onChange={(outcome) => change({ outcome })} />
        <TermsEditor rule={rule} choices={choices} onChange={change} />
        {elsewhere.map(([name, words]) => (
          <FieldError key={name}>{words}</FieldError>
        ))}
      </fieldset>
    </li>
  );
}
