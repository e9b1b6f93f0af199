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
  rotate: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Changes the keys of a source after saying what that does. */
export function RotateKeys({ sourceId, version, name, rotate }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Change the keys of {name}</Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Change the keys of ${name}?`}>
        <p className="text-sm">
          Every pseudonym of this source is another from now on. Of tables whose records are named by tokens,
          waiting requests are closed and live grants end: the records that they name can no longer be found.
        </p>
        <ActionForm
          action={rotate}
          onDone={() => setOpen(false)}
          label={`Change the keys of ${name}`}
          className="mt-4 flex flex-wrap justify-end gap-2"
        >
          <input type="hidden" name="sourceId" value={sourceId} />
          <input type="hidden" name="version" value={version} />
          <Button onClick={() => setOpen(false)}>Keep them</Button>
          <SubmitButton variant="danger" pendingLabel="Changing">
            Change the keys
          </SubmitButton>
        </ActionForm>
      </Dialog>
    </>
  );
}
