"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Checkbox } from "@/components/ui/checkbox";
import { Presets } from "@/components/ui/choice";
import { FieldError } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ReaderChoice } from "@/lib/reports/view";
import type { FormState } from "@/lib/web/view";

interface Props {
  kind: string;
  /** The parameters of the address of the report, as a query. */
  params: string;
  readers: readonly ReaderChoice[];
  action: (before: FormState, form: FormData) => Promise<FormState>;
}

/** Has this report come by mail as a link, to oneself or to other auditors. */
export function ScheduleForm({ kind, params, readers, action }: Props) {
  return (
    <details className="rounded-md border bg-surface text-sm">
      <summary className="disclosure px-4 py-2.5 font-medium">Have it come by mail</summary>
      <ActionForm action={action} label="Have it come by mail" className="grid gap-4 border-t px-4 py-3">
        {(errors) => (
          <>
            <p className="max-w-prose text-ink-muted">
              A link comes when a week or a month is over, with its days. The report is made when the link is
              opened, by whoever may open it then; the message holds nothing of it.
            </p>
            <input type="hidden" name="kind" value={kind} />
            <input type="hidden" name="params" value={params} />
            <Presets
              legend="How often"
              name="every"
              defaultValue="month"
              choices={[
                { value: "week", label: "Each week" },
                { value: "month", label: "Each month" },
              ]}
            />
            {errors["every"] && <FieldError>{errors["every"]}</FieldError>}
            <fieldset>
              <legend className="mb-1 font-medium">To</legend>
              <div className="grid gap-1">
                {readers.map(({ id, name, isMe }) => (
                  <Checkbox
                    key={id}
                    name="readerIds[]"
                    value={id}
                    defaultChecked={isMe}
                    label={isMe ? `${name} (you)` : name}
                  />
                ))}
              </div>
              {errors["readerIds"] && <FieldError>{errors["readerIds"]}</FieldError>}
            </fieldset>
            <SubmitButton variant="secondary" className="justify-self-start" pendingLabel="Setting">
              Have it come
            </SubmitButton>
          </>
        )}
      </ActionForm>
    </details>
  );
}
