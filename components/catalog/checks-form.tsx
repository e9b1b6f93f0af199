import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChecksView } from "@/lib/catalog/view";
import type { FormState } from "@/lib/web/view";

interface Props {
  sourceId: string;
  checks: ChecksView;
  save: (before: FormState, form: FormData) => Promise<FormState>;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** When a source is compared with its catalogue by itself. */
export function ChecksForm({ sourceId, checks, save }: Props) {
  return (
    <ActionForm action={save} label="Schedule" className="flex flex-wrap items-end gap-3">
      <input type="hidden" name="sourceId" value={sourceId} />
      <Field id="checks-every" label="How often">
        {(wired) => (
          <Select {...wired} name="every" defaultValue={checks.every} key={checks.every}>
            <option value="daily">Every day</option>
            <option value="weekly">Every Monday</option>
            <option value="off">Never by itself</option>
          </Select>
        )}
      </Field>
      <Field id="checks-hour" label="At (UTC)">
        {(wired) => (
          <Select {...wired} name="hour" defaultValue={String(checks.hour)} key={checks.hour}>
            {hours.map((hour) => (
              <option key={hour} value={hour}>{`${String(hour).padStart(2, "0")}:00`}</option>
            ))}
          </Select>
        )}
      </Field>
      <SubmitButton variant="secondary" pendingLabel="Saving">
        Save the schedule
      </SubmitButton>
    </ActionForm>
  );
}
