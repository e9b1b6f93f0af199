"use client";

import { useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import { RelativeTime } from "@/components/ui/relative-time";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PartView } from "@/lib/campaigns/view";
import type { FormState } from "@/lib/web/view";

interface Props {
  id: string;
  person: string;
  parts: readonly PartView[];
  now: string;
  decide: (before: FormState, form: FormData) => Promise<FormState>;
}

/** What stays of somebody's access, part by part; with words where anything goes. */
export function ConfirmForm({ id, person, parts, now, decide }: Props) {
  const [gone, setGone] = useState<readonly string[]>([]);
  const turn = (key: string, stays: boolean) =>
    setGone(stays ? gone.filter((one) => one !== key) : [...gone, key]);
  return (
    <ActionForm action={decide} label={`Access of ${person}`} className="grid gap-3">
      {(errors) => (
        <>
          <input type="hidden" name="itemId" value={id} />
          {parts.map(({ key }) => (
            <input key={key} type="hidden" name="seen[]" value={key} />
          ))}
          {parts.length === 0 ? (
            <p className="text-sm">They may do nothing any more.</p>
          ) : (
            <fieldset className="grid gap-1.5">
              <legend className="mb-1 text-sm font-medium">What stays</legend>
              {parts.map(({ key, words, since }) => (
                <Checkbox
                  key={key}
                  name="keep[]"
                  value={key}
                  checked={!gone.includes(key)}
                  onChange={(event) => turn(key, event.target.checked)}
                  label={words}
                  help={
                    <>
                      Since <RelativeTime at={since} now={now} />
                    </>
                  }
                />
              ))}
            </fieldset>
          )}
          {gone.length > 0 && (
            <Field
              id={`words-${id}`}
              label="Why it is removed"
              error={errors["words"]}
              help="At least 10 characters. It stays on record."
              className="max-w-md"
            >
              {(wired) => (
                <Textarea {...wired} name="words" rows={2} minLength={10} maxLength={2000} required />
              )}
            </Field>
          )}
          <SubmitButton
            variant={gone.length > 0 ? "danger" : "secondary"}
            pendingLabel="Recording"
            className="justify-self-start"
          >
            {buttonWords(gone.length, parts.length)}
            <span className="sr-only"> for {person}</span>
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

function buttonWords(gone: number, all: number): string {
  if (gone === 0) return "Confirm";
  return gone === all ? "Remove all" : `Remove ${gone} and confirm the rest`;
}
