import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Owned, PersonName } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";
import { MemberForms } from "./member-forms";
import { Card } from "./person-cards";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

interface Props {
  owned: Owned;
  people: readonly PersonName[];
  action: FormAction;
}

/** A table or a data class with its owners. */
export function OwnerCard({ owned: { kind, subject, name, owners }, people, action }: Props) {
  return (
    <Card title={name} help={kind === "table" ? "A table" : "A data class"}>
      <MemberForms of={name} members={owners} people={people} action={action}>
        <input type="hidden" name="kind" value={kind} />
        <input type="hidden" name="subject" value={subject} />
        {owners.map(({ id }) => (
          <input key={id} type="hidden" name="seenIds[]" value={id} />
        ))}
      </MemberForms>
    </Card>
  );
}

interface NewProps {
  kind: Owned["kind"];
  label: string;
  /** Those that have no owner yet. */
  subjects: readonly { id: string; name: string }[];
  people: readonly PersonName[];
  action: FormAction;
}

/** Gives a table or a data class its first owner. */
export function NewOwner({ kind, label, subjects, people, action }: NewProps) {
  return (
    <ActionForm
      action={action}
      label={`Owner of a ${label.toLowerCase()}`}
      className="flex flex-wrap items-center gap-2"
    >
      <input type="hidden" name="kind" value={kind} />
      <Choice name="subject" label={label} choices={subjects} />
      <Choice name="personIds[]" label={`Owner of the ${label.toLowerCase()}`} choices={people} />
      <SubmitButton variant="secondary" pendingLabel="Saving">
        Make the owner
      </SubmitButton>
    </ActionForm>
  );
}

function Choice({
  name,
  label,
  choices,
}: {
  name: string;
  label: string;
  choices: readonly { id: string; name: string }[];
}) {
  return (
    <Select name={name} aria-label={label} required defaultValue="" className="w-auto max-w-full">
      <option value="" disabled>
        {label}
      </option>
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.name}
        </option>
      ))}
    </Select>
  );
}
