"use client";

import { ActionForm } from "@/components/ui/action-form";
import { Presets } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { WishesView, WishLine } from "@/lib/mail/view";
import type { FormState } from "@/lib/web/view";

interface Props {
  wishes: WishesView;
  action: (before: FormState, form: FormData) => Promise<FormState>;
}

/** What one is told by e-mail, and when. */
export function WishesForm({ wishes, action }: Props) {
  return (
    <ActionForm action={action} label="What you are told">
      {/* A version that was saved begins the fields anew; the form stays to say how it went. */}
      {(errors) => <Fields key={wishes.version} wishes={wishes} errors={errors} />}
    </ActionForm>
  );
}

function Fields({ wishes, errors }: { wishes: WishesView; errors: Readonly<Record<string, string>> }) {
  return (
    <div className="grid gap-4">
      <input type="hidden" name="version" value={wishes.version} />
      {wishes.lines.length === 0 && (
        <p className="text-sm text-ink-muted">Your roles bring nothing that Glimpse writes about.</p>
      )}
      <ul className="grid">
        {wishes.lines.map((line) => (
          <li key={line.kind} className="border-b py-3 first:pt-0">
            <KindChoice line={line} error={errors[line.kind]} />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <HourField
          id="digest-hour"
          name="digestHour"
          label="The digest comes at"
          hour={wishes.digestHour}
          error={errors["digestHour"]}
          help="One message with all that was left for it."
        />
        <HourField
          id="quiet-from"
          name="quietFrom"
          label="Quiet from"
          hour={wishes.quietFrom}
          none="No quiet hours"
          error={errors["quietFrom"]}
        />
        <HourField
          id="quiet-until"
          name="quietUntil"
          label="Quiet until"
          hour={wishes.quietUntil}
          none="No quiet hours"
          error={errors["quietUntil"]}
          help="What comes in between waits, but not emergencies, revoked grants and changed passkeys."
        />
      </div>
      <SubmitButton variant="secondary" pendingLabel="Saving" className="justify-self-start">
        Save
      </SubmitButton>
    </div>
  );
}

function KindChoice({ line, error }: { line: WishLine; error: string | undefined }) {
  const [only] = line.choices;
  return (
    <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 flex-[1_1_280px]">
        <p className="font-medium">{line.title}</p>
        <p className="max-w-prose text-sm text-ink-muted">
          {line.help}
          {line.urgent && " Passes through quiet hours."}
        </p>
        {error && <p className="text-xs text-danger">{error}</p>}
      </div>
      {line.choices.length === 1 ? (
        <fieldset className="text-sm text-ink-muted">
          <legend className="sr-only">{line.title}</legend>
          {only?.label}, always
        </fieldset>
      ) : (
        <Presets
          legend={line.title}
          hideLegend
          name={line.kind}
          choices={line.choices}
          defaultValue={line.chosen}
        />
      )}
    </div>
  );
}

interface HourProps {
  id: string;
  name: string;
  label: string;
  hour: number | null;
  none?: string;
  error: string | undefined;
  help?: string;
}

function HourField({ id, name, label, hour, none, error, help }: HourProps) {
  return (
    <Field id={id} label={label} error={error} help={help} className="flex-[0_1_190px]">
      {(wired) => (
        <Select {...wired} name={name} defaultValue={hour ?? ""}>
          {none && <option value="">{none}</option>}
          {Array.from({ length: 24 }, (_, at) => (
            <option key={at} value={at}>
              {String(at).padStart(2, "0")}:00
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
