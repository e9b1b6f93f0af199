import { ActionForm } from "@/components/ui/action-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { GroupView, PersonName } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";
import { MemberForms } from "./member-forms";
import { Card } from "./person-cards";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

interface Props {
  group: GroupView;
  people: readonly PersonName[];
  action: FormAction;
}

/** A group with its members; policies know it by its short name. */
export function GroupCard({ group, people, action }: Props) {
  return (
    <Card title={group.name} help={`Policies call it ${group.slug}.`}>
      <MemberForms of={group.name} members={group.members} people={people} action={action}>
        <input type="hidden" name="groupId" value={group.id} />
        <input type="hidden" name="version" value={group.version} />
      </MemberForms>
    </Card>
  );
}

/** Makes a group without members. */
export function NewGroup({ action }: { action: FormAction }) {
  return (
    <Card title="A new group">
      <ActionForm action={action} className="flex flex-wrap items-start gap-3">
        {(errors) => (
          <>
            <Field id="group-name" label="Name" error={errors["name"]}>
              {(wired) => <Input {...wired} name="name" required maxLength={60} />}
            </Field>
            <Field
              id="group-slug"
              label="Short name"
              help="It stays: policies speak of it."
              error={errors["slug"]}
            >
              {(wired) => <Input {...wired} name="slug" required maxLength={40} />}
            </Field>
            <SubmitButton variant="secondary" pendingLabel="Making it" className="mt-6">
              Make the group
            </SubmitButton>
          </>
        )}
      </ActionForm>
    </Card>
  );
}
