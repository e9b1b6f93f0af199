"use client";

import { Siren } from "lucide";
import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  requestId: string;
  open: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Opens a waiting request at once, where its rule allows an emergency: says what that means before it is done. */
export function EmergencyForm({ requestId, open }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <div data-break-glass className="flex flex-wrap items-center gap-3 rounded-md border px-4 py-3">
      <Icon of={Siren} aria-hidden size={18} className="shrink-0" />
      <p className="min-w-0 flex-[1_1_220px] text-sm font-medium">
        If it cannot wait, you can open it before anybody has decided.
      </p>
      <Button onClick={() => setAsking(true)}>This is an emergency</Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title="Open it as an emergency?">
        <ActionForm action={open} className="grid gap-4" onDone={() => setAsking(false)}>
          {(errors) => (
            <>
              <input type="hidden" name="requestId" value={requestId} />
              <ul
                data-break-glass
                className="grid list-disc gap-1 rounded-md border py-2 pr-3 pl-7 text-sm font-medium"
              >
                <li>The values open now, for ten minutes at most.</li>
                <li>The log names you, your reason, and everybody who was skipped.</li>
                <li>Within 24 hours one of them judges whether it was justified.</li>
              </ul>
              <Field
                id="emergency-reason"
                label="Why it cannot wait"
                error={errors["reason"]}
                help="At least 20 characters. Whoever judges it reads this, and it stays on record."
              >
                {(wired) => <Textarea {...wired} name="reason" rows={3} maxLength={2000} required />}
              </Field>
              <div className="flex flex-wrap gap-2">
                <SubmitButton variant="danger" pendingLabel="Opening">
                  Open it now
                </SubmitButton>
                <Button onClick={() => setAsking(false)}>Wait for a decision</Button>
              </div>
            </>
          )}
        </ActionForm>
      </Dialog>
    </div>
  );
}
