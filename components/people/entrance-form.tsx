"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  token: string;
  name?: string;
  /** Given for somebody who was invited; asked for otherwise. */
  email?: string;
  submit: string;
}

/** Name, address and a new password of somebody who comes in by a one-time link. */
export function EntranceForm({ action, token, name, email, submit }: Props) {
  return (
    <ActionForm action={action} className="flex flex-col gap-4">
      {(errors) => (
        <>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="timeZone" defaultValue="UTC" ref={setTimeZone} />
          <Field id="name" label="Name" error={errors["name"]} help="As others should read it in the record.">
            {(wired) => (
              <Input
                {...wired}
                name="name"
                autoComplete="name"
                defaultValue={name}
                required
                maxLength={120}
              />
            )}
          </Field>
          <Field id="email" label="E-mail" error={errors["email"]}>
            {(wired) => (
              <Input
                {...wired}
                name="email"
                type="email"
                autoComplete="username"
                defaultValue={email}
                readOnly={email !== undefined}
                required
                maxLength={254}
              />
            )}
          </Field>
          <NewPassword error={errors["password"]} />
          <SubmitButton pendingLabel="One moment">{submit}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** A field for a password that a password manager may make. */
export function NewPassword({ error }: { error?: string | undefined }) {
  return (
    <Field
      id="password"
      label="New password"
      error={error}
      help="12 characters or more; a few unrelated words are good."
    >
      {(wired) => (
        <Input
          {...wired}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={12}
          maxLength={256}
        />
      )}
    </Field>
  );
}

function setTimeZone(input: HTMLInputElement | null): void {
  if (input) input.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
}
