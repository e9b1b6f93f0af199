"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  /** Tells its field from those of other forms on the page. */
  id: string;
  /** What the words are about: `requestId` or `questionId`. */
  about: { name: "requestId" | "questionId"; id: string };
  action: (before: FormState, form: FormData) => Promise<FormState>;
  label: string;
  help: string;
  send: string;
  autoFocus?: boolean;
  onDone?: () => void;
  onCancel?: () => void;
}

/** Words about a request, as plain text. */
export function WordsForm({ id, about, action, label, help, send, autoFocus, onDone, onCancel }: Props) {
  return (
    <ActionForm action={action} className="grid gap-3" {...(onDone ? { onDone } : {})}>
      {(errors) => (
        <>
          <input type="hidden" name={about.name} value={about.id} />
          <Field id={`words-${id}`} label={label} error={errors["words"]} help={help}>
            {(wired) => (
              <Textarea {...wired} name="words" rows={2} maxLength={2000} required autoFocus={autoFocus} />
            )}
          </Field>
          <div className="flex flex-wrap gap-2">
            <SubmitButton variant={onCancel ? "primary" : "secondary"} pendingLabel="Sending">
              {send}
            </SubmitButton>
            {onCancel && <Button onClick={onCancel}>Back</Button>}
          </div>
        </>
      )}
    </ActionForm>
  );
}
