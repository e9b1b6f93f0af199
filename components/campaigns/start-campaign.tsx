"use client";

import { ListChecks } from "lucide";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Sheet } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  start: (before: FormState, form: FormData) => Promise<FormState>;
  roles: readonly { id: string; name: string }[];
  sources: readonly { id: string; name: string }[];
  /** YYYY-MM-DD in UTC. */
  today: string;
}

/** A button and a sheet that starts a campaign: whom it asks about, until when, and what becomes of the rest. */
export function StartCampaign({ start, roles, sources, today }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={ListChecks} onClick={() => setOpen(true)}>
        Start a campaign
      </Button>
      <Sheet
        open={open}
        onClose={() => setOpen(false)}
        title="Start a campaign"
        description="It begins at once. What is said here is not changed later."
      >
        <ActionForm action={start} className="grid gap-4">
          {(errors) => (
            <>
              <Field id="campaign-name" label="Name" error={errors["name"]} help="As managers read it.">
                {(wired) => (
                  <Input {...wired} name="name" required minLength={3} maxLength={120} autoComplete="off" />
                )}
              </Field>
              <Field
                id="campaign-until"
                label="Until"
                error={errors["until"]}
                help="The last day, in UTC; at most 92 days ahead."
              >
                {(wired) => <Input {...wired} name="until" type="date" required min={today} />}
              </Field>
              <Choices legend="Those with one of these roles" name="roles[]" choices={roles} />
              <Choices
                legend="Those who had grants for, or own tables of, one of these sources"
                name="sourceIds[]"
                choices={sources}
              />
              <p className="text-sm text-ink-muted">With nothing ticked it asks about everybody.</p>
              <Checkbox
                name="removeUndecided"
                label="Remove at the end what nobody has decided"
                help="It then lasts a week or longer, and managers and the people themselves are warned. The last admin stays one."
              />
              <SubmitButton pendingLabel="Starting" className="justify-self-start">
                Start
              </SubmitButton>
            </>
          )}
        </ActionForm>
      </Sheet>
    </>
  );
}

function Choices({
  legend,
  name,
  choices,
}: {
  legend: string;
  name: string;
  choices: readonly { id: string; name: string }[];
}) {
  if (choices.length === 0) return null;
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {choices.map((choice) => (
        <Checkbox key={choice.id} name={name} value={choice.id} label={choice.name} />
      ))}
    </fieldset>
  );
}
