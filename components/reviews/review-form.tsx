"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Presets } from "@/components/ui/choice";
import { Field, FieldError } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  reviewId: string;
  judge: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Justified or not, with words for the person who opened it. */
export function ReviewForm({ reviewId, judge }: Props) {
  return (
    <ActionForm action={judge} className="grid max-w-md gap-3">
      {(errors) => (
        <>
          <input type="hidden" name="reviewId" value={reviewId} />
          <Presets
            legend="What you found"
            name="verdict"
            choices={[
              { value: "justified", label: "Justified" },
              { value: "not-justified", label: "Not justified" },
            ]}
          />
          {errors["verdict"] && <FieldError>{errors["verdict"]}</FieldError>}
          <Field
            id={`words-${reviewId}`}
            label="In your words"
            error={errors["words"]}
            help="The person who opened it reads this. It cannot be changed afterwards."
          >
            {(wired) => <Textarea {...wired} name="words" rows={2} maxLength={2000} required />}
          </Field>
          <SubmitButton variant="secondary" pendingLabel="Recording" className="justify-self-start">
            Record the judgement
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
