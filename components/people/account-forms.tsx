"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Account } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";
import { NewPassword } from "./entrance-form";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

/** One's own name and time zone. */
export function AccountForm({
  account,
  zones,
  action,
}: {
  account: Account;
  zones: readonly string[];
  action: FormAction;
}) {
  return (
    <ActionForm action={action} className="flex flex-col gap-4">
      {(errors) => (
        <>
          <input type="hidden" name="version" value={account.version} />
          <Field
            id="own-name"
            label="Name"
            error={errors["name"]}
            help="The record keeps the name you had before."
          >
            {(wired) => (
              <Input
                {...wired}
                name="name"
                defaultValue={account.name}
                required
                maxLength={120}
                autoComplete="name"
              />
            )}
          </Field>
          <Field id="own-zone" label="Time zone" error={errors["timeZone"]}>
            {(wired) => (
              <Select {...wired} name="timeZone" defaultValue={account.timeZone}>
                {zones.map((zone) => (
                  <option key={zone}>{zone}</option>
                ))}
              </Select>
            )}
          </Field>
          <SubmitButton variant="secondary" pendingLabel="Saving" className="self-start">
            Save
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** A change of one's own password, which needs the present one. */
export function PasswordForm({ email, action }: { email: string; action: FormAction }) {
  return (
    <ActionForm action={action} className="flex flex-col gap-4">
      {(errors) => (
        <>
          <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
          <Field id="current" label="Present password" error={errors["current"]}>
            {(wired) => (
              <Input
                {...wired}
                name="current"
                type="password"
                autoComplete="current-password"
                required
                maxLength={256}
              />
            )}
          </Field>
          <NewPassword error={errors["password"]} />
          <SubmitButton variant="secondary" pendingLabel="Changing" className="self-start">
            Change the password
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
