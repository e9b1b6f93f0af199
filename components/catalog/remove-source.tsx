"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import type { FormState } from "@/lib/web/view";

interface Props {
  sourceId: string;
  version: number;
  name: string;
  remove: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Removes a source after saying what that does. */
export function RemoveSource({ sourceId, version, name, remove }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Remove {name}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Remove ${name}?`}>
        <p className="text-sm">
          Nobody can browse it any more and every live grant on it ends now. Its password is wiped. Requests
          and the audit log keep what they say of it. The database itself is not touched.
        </p>
        <ActionForm
          action={remove}
          label={`Remove ${name}`}
          className="mt-4 flex flex-wrap justify-end gap-2"
        >
          <input type="hidden" name="sourceId" value={sourceId} />
          <input type="hidden" name="version" value={version} />
          <Button onClick={() => setOpen(false)}>Keep it</Button>
          <SubmitButton variant="danger" pendingLabel="Removing">
            Remove
          </SubmitButton>
        </ActionForm>
      </Dialog>
    </>
  );
}
