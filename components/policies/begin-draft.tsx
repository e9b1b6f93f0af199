"use client";

import { FilePlus2, Undo2 } from "lucide";
import { useId, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  basedOn: number;
  kind: "new" | "back";
  action: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Makes a draft out of a version: of the one that counts to change it, of an older one to roll back. */
export function BeginDraft({ basedOn, kind, action }: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const isNew = kind === "new";
  const label = isNew ? "New draft" : "Roll back to this";
  return (
    <>
      <Button
        icon={isNew ? FilePlus2 : Undo2}
        variant={isNew ? "primary" : "secondary"}
        size={isNew ? "md" : "sm"}
        onClick={() => setOpen(true)}
        aria-label={isNew ? undefined : `Roll back to version ${basedOn}`}
      >
        {label}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={label}
        description={`A draft with the rules of version ${basedOn}. It counts once it is tested and somebody else has activated it.`}
      >
        <ActionForm action={action} className="flex flex-col gap-4">
          {(errors) => (
            <>
              <input type="hidden" name="basedOn" value={basedOn} />
              <Field id={id} label="What it is about" error={errors["note"]}>
                {(wired) => (
                  <Input
                    {...wired}
                    name="note"
                    required
                    maxLength={500}
                    defaultValue={isNew ? "" : `Back to version ${basedOn}`}
                  />
                )}
              </Field>
              <SubmitButton pendingLabel="Making it">Make the draft</SubmitButton>
            </>
          )}
        </ActionForm>
      </Dialog>
    </>
  );
}
