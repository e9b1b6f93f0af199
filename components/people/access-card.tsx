"use client";

import { Ban, KeyRound, RotateCcw } from "lucide";
import { useActionState, useState } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import { Message } from "@/components/ui/message";
import { SubmitButton } from "@/components/ui/submit-button";
import type { LinkAnswer, PersonView } from "@/lib/people/view";
import type { FormState } from "@/lib/web/view";
import { OneTimeLink } from "./one-time-link";
import { Card, counted, Seen } from "./person-cards";

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

interface Props {
  person: PersonView;
  newLink: (before: LinkAnswer | null, form: FormData) => Promise<LinkAnswer>;
  disable: FormAction;
  enable: FormAction;
}

/** Whether and how somebody can sign in: a new link, disable, enable. */
export function AccessCard({ person, newLink, disable, enable }: Props) {
  return (
    <Card title="Access" help={accessInWords(person)}>
      <div className="flex flex-wrap items-start gap-2">
        {person.state !== "disabled" && <NewLink person={person} action={newLink} />}
        {person.state === "disabled" ? (
          <ActionForm action={enable}>
            <Seen person={person} />
            <SubmitButton variant="secondary" pendingLabel="Enabling">
              Enable
            </SubmitButton>
          </ActionForm>
        ) : (
          <Disable person={person} action={disable} />
        )}
      </div>
    </Card>
  );
}

function NewLink({ person, action }: { person: PersonView; action: Props["newLink"] }) {
  const [answer, submit] = useActionState(action, null);
  if (answer?.ok) return <OneTimeLink {...answer.output} />;
  const label = person.state === "invited" ? "Make a new invitation link" : "Make a link for a new password";
  if (person.isSelf) {
    return (
      <Button icon={KeyRound} reason="Change your own password under Settings." className="self-start">
        {label}
      </Button>
    );
  }
  return (
    <form action={submit} className="flex flex-col items-start gap-2">
      {answer && (
        <Message tone="error" title={answer.what}>
          {answer.next}
        </Message>
      )}
      <Seen person={person} />
      {person.state === "active" && (
        <p className="text-ink-muted">
          It ends their grants and waiting requests at once, and they are told who made it.
        </p>
      )}
      <SubmitButton variant="secondary" pendingLabel="Making a link">
        {label}
      </SubmitButton>
    </form>
  );
}

function Disable({ person, action }: { person: PersonView; action: FormAction }) {
  const [open, setOpen] = useState(false);
  if (person.isSelf) {
    return (
      <Button
        icon={Ban}
        reason="Nobody disables themselves. Another admin has to do it."
        className="self-start"
      >
        Disable
      </Button>
    );
  }
  return (
    <>
      <Button icon={Ban} className="self-start" onClick={() => setOpen(true)}>
        Disable
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={`Disable ${person.name}?`}>
        <ActionForm
          action={action}

          className="flex flex-col gap-4"
          onDone={() => setOpen(false)}
        >
          <Seen person={person} />
          <Consequences person={person} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton variant="danger" pendingLabel="Disabling">
              Disable
            </SubmitButton>
            <Button onClick={() => setOpen(false)}>Keep</Button>
          </div>
        </ActionForm>
      </Dialog>
    </>
  );
}

function Consequences({ person }: { person: PersonView }) {
  const ends = [
    counted(person.sessions, "session"),
    counted(person.openGrants, "open grant"),
    counted(person.waitingRequests, "waiting request"),
  ].filter(Boolean);
  return (
    <div className="text-sm">
      <p>They can no longer sign in. Whatever they see now is refused from the next click on.</p>
      {ends.length > 0 && <p className="mt-2 font-medium">Ends at once: {ends.join(", ")}.</p>}
      {person.reports.length > 0 && (
        <p className="mt-2">
          {person.reports.length === 1 ? "One person reports" : `${person.reports.length} people report`} to
          them and cannot ask for fields until they have another manager.
        </p>
      )}
      <p className="mt-2 text-ink-muted">
        <Icon of={RotateCcw} aria-hidden size={13} className="mr-1 inline" />
        They can be enabled again; what has ended stays ended.
      </p>
    </div>
  );
}

function accessInWords({ state, minutesLocked, linkOpen }: PersonView): string {
  if (state === "disabled")
    return "Cannot sign in. Name and history stay, because the record speaks of them.";
  if (state === "invited") {
    return linkOpen
      ? "Has not used the invitation link yet."
      : "The invitation link has run out. Make a new one.";
  }
  if (minutesLocked > 0) {
    const wait = minutesLocked === 1 ? "a minute" : `${minutesLocked} minutes`;
    return `Sign-in is locked for ${wait} after failed tries. A link for a new password unlocks it.`;
  }
  return linkOpen ? "Can sign in. A link for a new password is open." : "Can sign in.";
}
