"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PersonName } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";

interface Props {
  substitutes: readonly PersonName[];
  /** YYYY-MM-DD: the first and the last day on which it can begin. */
  days: { today: string; latest: string };
  timeZone: string;
  action: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Names who stands in for oneself, from the start of a day to the end of another. */
export function SubstituteForm({ substitutes, days: { today, latest }, timeZone, action }: Props) {
  return (
    <ActionForm action={action} className="grid gap-3 border-t pt-4">
      {(errors) => (
        <>
          <Field id="substitute" label="Substitute" error={errors["substituteId"]}>
            {(wired) => (
              <Select {...wired} name="substituteId" required>
                {substitutes.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <div className="flex flex-wrap gap-3">
            <Field id="away-from" label="First day" error={errors["from"]}>
              {(wired) => (
                <Input
                  {...wired}
                  type="date"
                  name="from"
                  defaultValue={today}
                  min={today}
                  max={latest}
                  required
                />
              )}
            </Field>
            <Field
              id="away-until"
              label="Last day"
              error={errors["until"]}
              help={`At most 30 days, in ${timeZone}.`}
            >
              {(wired) => (
                <Input {...wired} type="date" name="until" defaultValue={today} min={today} required />
              )}
            </Field>
          </div>
          <SubmitButton pendingLabel="Naming" className="justify-self-start">
            Name the substitute
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
