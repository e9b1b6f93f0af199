"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  id: string;
  name: string;
  callOff: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Ends a campaign that should not go on, with words; says what that leaves as it is. */
export function CallOff({ id, name, callOff }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Call it off</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Call off ${name}?`}>
        <ActionForm action={callOff} className="grid gap-4" onDone={() => setOpen(false)}>
          {(errors) => (
            <>
              <input type="hidden" name="campaignId" value={id} />
              <p className="text-sm">
                Nobody is asked any more, and nothing is removed at its end. What was decided stays decided.
                Your words stand on this page and on record.
              </p>
              <Field
                id="call-off-words"
                label="Why"
                error={errors["words"]}
                help="At least 10 characters. It stays on record."
              >
                {(wired) => (
                  <Textarea {...wired} name="words" rows={2} minLength={10} maxLength={2000} required />
                )}
              </Field>
              <div className="flex flex-wrap gap-2">
                <SubmitButton variant="danger" pendingLabel="Calling off">
                  Call off
                </SubmitButton>
                <Button onClick={() => setOpen(false)}>Let it go on</Button>
              </div>
            </>
          )}
        </ActionForm>
      </Dialog>
    </>
  );
}
