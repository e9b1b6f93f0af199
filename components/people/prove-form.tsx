"use client";

import { useId } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  /** What the password is wanted for, as in "before you approve this". */
  before: string;
  prove: (before: FormState, form: FormData) => Promise<FormState>;
  onDone?: () => void;
}

/** Asks for one's password again where a rule wants a fresh one, in place: nothing that was chosen or written is lost. */
export function ProveForm({ before, prove, onDone }: Props) {
  const id = useId();
  return (
    <ActionForm
      action={prove}
      label="Your password again"
      className="grid gap-2 rounded-md border bg-paper p-3"
      {...(onDone ? { onDone } : {})}
    >
      {(errors) => (
        <div className="flex flex-wrap items-start gap-2">
          <Field
            id={id}
            label="Your password"
            help={`The rule asks for it ${before}. It counts for ten minutes.`}
            error={errors["password"]}
            className="min-w-0 flex-[1_1_220px]"
          >
            {(wired) => (
              <Input
                {...wired}
                type="password"
                name="password"
                autoComplete="current-password"
                maxLength={256}
                required
              />
            )}
          </Field>
          <SubmitButton variant="secondary" pendingLabel="Checking" className="sm:mt-5.5">
            Give it
          </SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}
