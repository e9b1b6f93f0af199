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
