"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Presets } from "@/components/ui/choice";
import { Field, FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  caseNumber: number;
  judge: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Explained or misuse, with words for whoever reads the case later. */
export function JudgeForm({ caseNumber, judge }: Props) {
  return (
    <ActionForm action={judge} label="Judge the case" className="grid max-w-md gap-3">
      {(errors) => (
        <>
          <input type="hidden" name="caseNumber" value={caseNumber} />
          <Presets
            legend="What you found"
            name="verdict"
            choices={[
              { value: "explained", label: "It has an explanation" },
              { value: "misuse", label: "It is misuse" },
            ]}
          />
          {errors["verdict"] && <FieldError>{errors["verdict"]}</FieldError>}
          <Field
            id="case-words"
            label="In your words"
            error={errors["words"]}
            help="Whom you asked, and what they said. It stays with the case, and the log has a seal of it: nobody can change it afterwards."
          >
            {(wired) => <Textarea {...wired} name="words" rows={3} maxLength={2000} required />}
          </Field>
          <SubmitButton variant="secondary" pendingLabel="Recording" className="justify-self-start">
            Close the case
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
