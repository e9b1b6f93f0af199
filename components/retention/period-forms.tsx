"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

const help =
  "In days, 90 or more; empty is for ever. HIPAA asks for six years (2,190 days and leap days: take 2,200), PCI DSS for one year (366 days).";

/** Sets a period; it counts when somebody else has confirmed it. */
export function PeriodForm({ action }: { action: FormAction }) {
  return (
    <ActionForm action={action} label="Set another period" className="grid max-w-xl gap-4">
      {(errors) => (
        <>
          <Field id="retention-days" label="Keep entries for" error={errors["days"]} help={help}>
            {(wired) => <Input {...wired} name="days" inputMode="numeric" maxLength={6} />}
          </Field>
          <Field
            id="retention-why"
            label="Why"
            error={errors["why"]}
            help="At least 10 characters. It stays on record."
          >
            {(wired) => <Textarea {...wired} name="why" rows={2} maxLength={2000} required />}
          </Field>
          <div>
            <SubmitButton pendingLabel="Setting">Set, to be confirmed</SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  );
}

/** Confirms or takes back a period that waits. */
export function DecideForm({
  id,
  cannot,
  confirm,
  drop,
}: {
  id: string;
  cannot: string | null;
  confirm: FormAction;
  drop: FormAction;
}) {
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {cannot === null ? (
        <ActionForm action={confirm}>
          <input type="hidden" name="periodId" value={id} />
          <SubmitButton variant="danger" pendingLabel="Confirming">
            Confirm, so that it counts
          </SubmitButton>
        </ActionForm>
      ) : (
        <Button reason={cannot}>Confirm, so that it counts</Button>
      )}
      <ActionForm action={drop}>
        <input type="hidden" name="periodId" value={id} />
        <SubmitButton variant="secondary" pendingLabel="Taking back">
          Take it back
        </SubmitButton>
      </ActionForm>
    </div>
  );
}
