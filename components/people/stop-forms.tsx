"use client";

import { OctagonX } from "lucide";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StopChoice, StopLine } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

const kinds = { all: "", source: "Source: ", person: "Person: " } as const;

/** Stops access of a person, to a source, or all of it; says what that does before it is done. */
export function StopForm({ choices, stop }: { choices: readonly StopChoice[]; stop: FormAction }) {
  const [target, setTarget] = useState("");
  const [asking, setAsking] = useState(false);
  const chosen = choices.find(({ value }) => value === target);
  return (
    <>
      <div className="flex flex-wrap items-end gap-3">
        <Field id="stop-target" label="Whom or what" className="min-w-0 flex-[0_1_320px]">
          {(wired) => (
            <Select {...wired} value={target} onChange={(event) => setTarget(event.target.value)}>
              <option value="" disabled>
                Choose
              </option>
              {choices.map(({ value, kind, name }) => (
                <option key={value} value={value}>
                  {kinds[kind]}
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Button
          variant="danger"
          icon={OctagonX}
          onClick={() => setAsking(true)}
          reason={chosen ? undefined : "Choose whom or what to stop."}
        >
          Stop access
        </Button>
      </div>
      {chosen && (
        <Dialog open={asking} onClose={() => setAsking(false)} title={titleOf(chosen)}>
          <ActionForm action={stop} className="grid gap-4" onDone={() => setAsking(false)}>
            {(errors) => (
              <>
                <input type="hidden" name="target" value={chosen.value} />
                <ul className="grid list-disc gap-1 pl-5 text-sm">
                  <li className="font-medium">Ends at once: {grantsInWords(chosen.grants)}.</li>
                  <li>
                    Until an admin lifts the stop, nothing is asked for, granted, revealed, looked up,
                    compared or exported. Masked pages can still be read.
                  </li>
                  <li>Whom it concerns reads your words above every page.</li>
                </ul>
                <WordsField id="stop-words" label="Why" error={errors["words"]} />
                <div className="flex flex-wrap gap-2">
                  <SubmitButton variant="danger" pendingLabel="Stopping">
                    Stop now
                  </SubmitButton>
                  <Button onClick={() => setAsking(false)}>Change nothing</Button>
                </div>
              </>
            )}
          </ActionForm>
        </Dialog>
      )}
    </>
  );
}

/** Lifts a stop, with words. */
export function LiftForm({ line, lift }: { line: StopLine; lift: FormAction }) {
  const [asking, setAsking] = useState(false);
  const name = line.scope === "all" ? "everything" : line.name;
  if (line.isSelf) return <Button reason="Nobody lifts a stop of themselves.">Lift</Button>;
  return (
    <>
      <Button onClick={() => setAsking(true)}>
        Lift<span className="sr-only"> the stop of {name}</span>
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Lift the stop of ${name}?`}>
        <ActionForm action={lift} className="grid gap-4" onDone={() => setAsking(false)}>
          {(errors) => (
            <>
              <input type="hidden" name="stopId" value={line.id} />
              <p className="text-sm">
                Values can be asked for and opened again at once. Grants that it has ended stay ended.
              </p>
              <WordsField id={`lift-${line.id}`} label="What has changed" error={errors["words"]} />
              <div className="flex flex-wrap gap-2">
                <SubmitButton pendingLabel="Lifting">Lift the stop</SubmitButton>
                <Button onClick={() => setAsking(false)}>Keep it</Button>
              </div>
            </>
          )}
        </ActionForm>
      </Dialog>
    </>
  );
}

function WordsField({ id, label, error }: { id: string; label: string; error: string | undefined }) {
  return (
    <Field id={id} label={label} error={error} help="At least 10 characters. It stays on record.">
      {(wired) => <Textarea {...wired} name="words" rows={2} maxLength={2000} required />}
    </Field>
  );
}

function titleOf({ kind, name }: StopChoice): string {
  if (kind === "all") return "Stop all access?";
  return kind === "source" ? `Stop access to ${name}?` : `Stop the access of ${name}?`;
}

function grantsInWords(grants: number): string {
  if (grants === 0) return "no grant, because none is open or ready";
  return grants === 1 ? "one grant" : `${grants.toLocaleString("en-US")} grants`;
}
