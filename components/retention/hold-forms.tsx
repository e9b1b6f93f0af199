"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { HoldView } from "@/lib/retention/view";
import type { FormState } from "@/lib/web/view";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;
type Choice = { id: string; name: string };

/** Places a hold on what all that is chosen say together; with nothing chosen, on the whole log. */
export function HoldForm({
  people,
  sources,
  action,
}: {
  people: readonly Choice[];
  sources: readonly Choice[];
  action: FormAction;
}) {
  return (
    <ActionForm action={action} label="Place a hold" className="grid max-w-xl gap-4">
      {(errors) => (
        <>
          <Field
            id="hold-name"
            label="Name"
            error={errors["name"]}
            help="As those who ask for it call the matter."
          >
            {(wired) => <Input {...wired} name="name" maxLength={100} required />}
          </Field>
          <div className="grid gap-4 sm:grid-cols-2">
            <ChoiceField id="hold-person" label="Person" name="personId" none="Anybody" choices={people} />
            <ChoiceField
              id="hold-source"
              label="Source"
              name="sourceId"
              none="Any source"
              choices={sources}
            />
            <Field id="hold-from" label="From day (UTC)" error={errors["fromDay"]}>
              {(wired) => <Input {...wired} name="fromDay" type="date" />}
            </Field>
            <Field id="hold-to" label="To day (UTC)" error={errors["toDay"]}>
              {(wired) => <Input {...wired} name="toDay" type="date" />}
            </Field>
          </div>
          <Field
            id="hold-why"
            label="Why"
            error={errors["why"]}
            help="At least 10 characters. It stays on record."
          >
            {(wired) => <Textarea {...wired} name="why" rows={2} maxLength={2000} required />}
          </Field>
          <div>
            <SubmitButton pendingLabel="Placing">Place the hold</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  );
}

function ChoiceField(told: {
  id: string;
  label: string;
  name: string;
  none: string;
  choices: readonly Choice[];
}) {
  return (
    <Field id={told.id} label={told.label}>
      {(wired) => (
        <Select {...wired} name={told.name} defaultValue="">
          <option value="">{told.none}</option>
          {told.choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** The next step towards lifting a hold: to ask, or, for somebody else, to lift it. */
export function HoldSteps({
  hold,
  mayAsk,
  ask,
  lift,
}: {
  hold: HoldView;
  mayAsk: boolean;
  ask: FormAction;
  lift: FormAction;
}) {
  const [asking, setAsking] = useState(false);
  const named = <span className="sr-only"> the hold {hold.name}</span>;
  if (hold.liftAskedBy !== null && hold.cannot !== null)
    return <Button reason={hold.cannot}>Lift{named}</Button>;
  if (hold.liftAskedBy !== null)
    return (
      <ActionForm action={lift}>
        <input type="hidden" name="holdId" value={hold.id} />
        <SubmitButton variant="danger" pendingLabel="Lifting">
          Lift{named}
        </SubmitButton>
      </ActionForm>
    );
  if (!mayAsk) return null;
  return (
    <>
      <Button onClick={() => setAsking(true)}>Ask to lift{named}</Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Ask to lift ${hold.name}?`}>
        <ActionForm action={ask} className="grid gap-4" onDone={() => setAsking(false)}>
          {(errors) => (
            <>
              <input type="hidden" name="holdId" value={hold.id} />
              <p className="text-sm">It stands until an auditor or an admin other than you lifts it.</p>
              <Field
                id={`lift-${hold.id}`}
                label="What has changed"
                error={errors["why"]}
                help="At least 10 characters. It stays on record."
              >
                {(wired) => <Textarea {...wired} name="why" rows={2} maxLength={2000} required />}
              </Field>
              <div className="flex flex-wrap gap-2">
                <SubmitButton pendingLabel="Asking">Ask</SubmitButton>
                <Button onClick={() => setAsking(false)}>Keep it</Button>
              </div>
            </>
          )}
        </ActionForm>
      </Dialog>
    </>
  );
}
