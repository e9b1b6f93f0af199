import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/submit-button";
import type { PersonName, PersonView } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";
import { ManagerChoice, RoleChoices } from "./invite-person";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

const ownRights = "Nobody changes their own rights. Another admin has to do it.";

/** A titled part of a page about a person. */
export function Card({ title, help, children }: { title: string; help?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-md border bg-surface p-4">
      <h2 className="font-semibold">{title}</h2>
      {help && <p className="mt-0.5 max-w-prose text-sm text-ink-muted">{help}</p>}
      <div className="mt-3">{children}</div>
    </section>
  );
}

interface RolesProps {
  person: PersonView;
  roles: readonly { id: string; name: string; does: string }[];
  action: FormAction;
}

/** The roles of a person, to change all at once. */
export function RolesCard({ person, roles, action }: RolesProps) {
  const losesWork = person.openGrants + person.waitingRequests > 0 && person.roles.includes("agent");
  return (
    <Card title="Roles" help="They count from the moment they are saved, in open sessions too.">
      <ActionForm action={action} className="flex flex-col gap-4">
        <Seen person={person} />
        <RoleChoices roles={roles} chosen={person.roles} />
        {losesWork && (
          <p className="text-sm text-ink-muted">Without the agent role, {endsInWords(person)} end at once.</p>
        )}
        <Save reason={person.isSelf ? ownRights : undefined}>Save roles</Save>
      </ActionForm>
    </Card>
  );
}

interface ManagerProps {
  person: PersonView;
  managers: readonly PersonName[];
  action: FormAction;
}

/** Who decides the requests of a person. */
export function ManagerCard({ person, managers, action }: ManagerProps) {
  const choices = managers.filter(({ id }) => id !== person.id);
  return (
    <Card title="Manager" help="Decides the requests that this person sends from now on.">
      <ActionForm action={action} className="flex flex-col gap-3">
        <Seen person={person} />
        <div className="flex items-center gap-2">
          <ManagerChoice
            aria-label="Manager"
            className="min-w-0 flex-1"
            managers={choices}
            chosen={person.manager?.id ?? null}
          />
          <Save reason={person.isSelf ? ownRights : undefined}>Save</Save>
        </div>
      </ActionForm>
    </Card>
  );
}

/** Whom, and in which version, the form was shown: a change of somebody else in between is not overwritten. */
export function Seen({ person }: { person: Pick<PersonView, "id" | "version"> }) {
  return (
    <>
      <input type="hidden" name="personId" value={person.id} />
      <input type="hidden" name="version" value={person.version} />
    </>
  );
}

function Save({ reason, children }: { reason: string | undefined; children: ReactNode }) {
  if (reason !== undefined) {
    return (
      <Button reason={reason} className="self-start">
        {children}
      </Button>
    );
  }
  return (
    <SubmitButton pendingLabel="Saving" variant="secondary" className="self-start">
      {children}
    </SubmitButton>
  );
}

/** "1 open grant and 2 waiting requests": what somebody loses who may no longer ask. */
export function endsInWords({
  openGrants,
  waitingRequests,
}: Pick<PersonView, "openGrants" | "waitingRequests">): string {
  return [counted(openGrants, "open grant"), counted(waitingRequests, "waiting request")]
    .filter(Boolean)
    .join(" and ");
}

/** "2 sessions", "1 session", or nothing for none. */
export function counted(count: number, what: string): string {
  if (count === 0) return "";
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
