"use client";

import { Plus } from "lucide";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import type { PolicyChoices, PolicyVersionView } from "@/lib/policies/view";
import { FallbackEditor } from "./fallback-editor";
import { ReminderEditor } from "./reminder-editor";
import { RiskEditor } from "./risk-editor";
import { RuleEditor } from "./rule-editor";
import { ScenarioEditor } from "./scenario-editor";
import { useEditor, type Save } from "./use-editor";

interface Props {
  view: PolicyVersionView;
  choices: PolicyChoices;
  save: Save;
}

/** A draft to write: its rules in order, who steps in, how risk is weighed, and what it is tried on. Nothing counts before activation. */
export function PolicyEditor({ view, choices, save }: Props) {
  const editor = useEditor(view, save);
  const { refusal } = editor;
  const errors = refusal?.fields ?? {};
  return (
    <section aria-labelledby="editor" className="flex flex-col gap-4">
      <h2 id="editor" className="text-lg font-semibold">
        Rules
      </h2>
      <Field id="note" label="What this version is about" error={errors["note"]}>
        {(wired) => (
          <Input
            {...wired}
            maxLength={500}
            value={editor.note}
            onChange={(event) => editor.changeNote(event.target.value)}
          />
        )}
      </Field>
      <ol className="flex flex-col gap-3">
        {editor.rules.map(({ key, rule }, at) => (
          <RuleEditor
            key={key}
            rule={rule}
            at={at}
            count={editor.rules.length}
            errors={errorsAt(errors, at)}
            choices={choices}
            editor={editor}
          />
        ))}
      </ol>
      <Button icon={Plus} className="self-start" onClick={editor.add}>
        Add a rule
      </Button>
      <FallbackEditor
        fallback={editor.rest.fallback}
        reviewShare={editor.rest.reviewShare}
        choices={choices}
        error={errors["fallback"]}
        onChange={editor.changeRest}
      />
      <RiskEditor
        risk={editor.rest.risk}
        purposes={choices.purposes}
        onChange={(risk) => editor.changeRest({ risk })}
      />
      <ReminderEditor
        reminders={editor.rest.reminders}
        onChange={(reminders) => editor.changeRest({ reminders })}
      />
      <ScenarioEditor
        scenarios={editor.rest.scenarios}
        ruleNames={editor.rules.map(({ rule }) => rule.name)}
        choices={choices}
        onChange={(scenarios) => editor.changeRest({ scenarios })}
      />
      {refusal && (
        <Message tone="error" title={refusal.what}>
          {refusal.next}
          <OtherErrors errors={errors} />
        </Message>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button
          variant="primary"
          onClick={editor.save}
          {...(editor.pending ? { reason: "It is being saved." } : {})}
        >
          Save and run the scenarios
        </Button>
        {editor.dirty && <span className="text-sm text-ink-muted">Not saved yet</span>}
      </div>
    </section>
  );
}

/** What is wrong with no rule but with another part. */
function OtherErrors({ errors }: { errors: Readonly<Record<string, string>> }) {
  const others = Object.entries(errors).filter(([name]) => !/^rules\.\d|^note$|^fallback$/.test(name));
  if (others.length === 0) return null;
  return (
    <ul>
      {others.map(([name, words]) => (
        <li key={name}>
          {name}: {words}
        </li>
      ))}
    </ul>
  );
}

/** The problems of one rule, by the name of its part. */
function errorsAt(errors: Readonly<Record<string, string>>, at: number): Record<string, string> {
  const start = `rules.${at}.`;
  return Object.fromEntries(
    Object.entries(errors).flatMap(([name, words]) =>
      name.startsWith(start) ? [[name.slice(start.length), words]] : [],
    ),
  );
}
