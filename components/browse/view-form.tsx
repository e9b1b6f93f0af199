"use client";

import { ActionForm } from "@/components/ui/action-form";
import { buttonClass } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ViewAction } from "@/lib/browse/view";

interface Props {
  label: string;
  /** What the view shows, in words. */
  about: string;
  hidden: readonly [name: string, value: string];
  query?: string;
  name?: string;
  shared?: boolean;
  action: ViewAction;
  submit: string;
  backHref: string;
}

/** The name of a view, and who finds it in the menu of the table. */
export function ViewForm({
  label,
  about,
  hidden,
  query,
  name = "",
  shared = false,
  action,
  submit,
  backHref,
}: Props) {
  return (
    <ActionForm
      action={action}
      label={label}
      className="flex max-w-md flex-col gap-4 rounded-md border bg-surface p-4"
    >
      {(errors) => (
        <>
          <h2 className="text-base font-semibold">{label}</h2>
          <p className="text-sm break-words text-ink-muted">{about}</p>
          <input type="hidden" name={hidden[0]} value={hidden[1]} />
          {query !== undefined && <input type="hidden" name="query" value={query} />}
          <Field id="view-name" label="Name" error={errors["name"]}>
            {(wired) => (
              <Input
                {...wired}
                name="name"
                required
                maxLength={60}
                defaultValue={name}
                autoComplete="off"
                autoFocus
              />
            )}
          </Field>
          <Checkbox
            name="shared"
            defaultChecked={shared}
            label="Share it"
            help="Everybody who may browse finds it under Views. Only you can change or remove it."
          />
          <div className="flex gap-2">
            <SubmitButton pendingLabel="Saving">{submit}</SubmitButton>
            <a href={backHref} data-soft="" className={buttonClass({ variant: "quiet" })}>
              Cancel
            </a>
          </div>
        </>
      )}
    </ActionForm>
  );
}
