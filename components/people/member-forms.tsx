import { ActionForm } from "@/components/ui/action-form";
import { Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PersonName } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";
import type { ReactNode } from "react";

interface Props {
  /** What they are of, for the names of the forms. */
  of: string;
  members: readonly PersonName[];
  people: readonly PersonName[];
  action: (before: FormState, form: FormData) => Promise<FormState>;
  /** The hidden fields that say what they are of. */
  children: ReactNode;
}

/** Who belongs to something: each can be taken out, and one of the others put in. */
export function MemberForms({ of, members, people, action, children }: Props) {
  const others = people.filter(({ id }) => !members.some((member) => member.id === id));
  return (
    <div className="grid gap-2">
      {members.length === 0 && <p className="text-sm text-ink-muted">Nobody yet.</p>}
      <ul className="flex flex-wrap gap-2">
        {members.map((member) => (
          <li key={member.id}>
            <ActionForm
              action={action}
              label={`${member.name} of ${of}`}
              className="flex items-center rounded-md border border-line-strong/60 pl-2.5"
            >
              {children}
              <Kept people={members.filter(({ id }) => id !== member.id)} />
              <span className="text-sm">{member.name}</span>
              <SubmitButton variant="quiet" size="sm" pendingLabel="Taking out">
                Take out<span className="sr-only"> {member.name}</span>
              </SubmitButton>
            </ActionForm>
          </li>
        ))}
      </ul>
      <ActionForm
        action={action}
        label={`Somebody new of ${of}`}
        className="flex flex-wrap items-center gap-2"
      >
        {children}
        <Kept people={members} />
        <Select
          name="personIds[]"
          aria-label={`Put somebody into ${of}`}
          required
          defaultValue=""
          className="w-auto"
        >
          <option value="" disabled>
            Choose somebody
          </option>
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <SubmitButton variant="secondary" pendingLabel="Putting in">
          Put in
        </SubmitButton>
      </ActionForm>
    </div>
  );
}

function Kept({ people }: { people: readonly PersonName[] }) {
  return people.map(({ id }) => <input key={id} type="hidden" name="personIds[]" value={id} />);
}
