"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";
import { Card } from "./person-cards";

interface Props {
  action: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Makes a group without members. */
export function NewGroup({ action }: Props) {
  return (
    <Card title="A new group">
      <ActionForm action={action} className="flex flex-wrap items-start gap-3">
        {(errors) => (
          <>
            <Field id="group-name" label="Name" error={errors["name"]}>
              {(wired) => <Input {...wired} name="name" required maxLength={60} />}
            </Field>
            <Field
              id="group-slug"
              label="Short name"
              help="It stays: policies speak of it."
              error={errors["slug"]}
            >
              {(wired) => <Input {...wired} name="slug" required maxLength={40} />}
            </Field>
            <SubmitButton variant="secondary" pendingLabel="Making it" className="mt-6">
              Make the group
            </SubmitButton>
          </>
        )}
      </ActionForm>
    </Card>
  );
}
