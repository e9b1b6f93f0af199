"use client";

import { UserPlus } from "lucide";
import { useActionState, useState, type ComponentProps } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Sheet } from "@/components/ui/dialog";
import { Field, FieldError } from "@/components/ui/field";
import { Input, Select } from "@/components/ui/input";
import { Message } from "@/components/ui/message";
import { SubmitButton } from "@/components/ui/submit-button";
import type { LinkAnswer, PersonName } from "@/lib/people/view";
import { OneTimeLink } from "./one-time-link";

interface Props {
  action: (before: LinkAnswer | null, form: FormData) => Promise<LinkAnswer>;
  roles: readonly { id: string; name: string; does: string }[];
  managers: readonly PersonName[];
}

/** A button and a sheet that adds somebody and shows the link by which they come. */
export function InvitePerson(props: Props) {
  const [open, setOpen] = useState(false);
  // A new number is a new form: the last link must not greet the next invitation.
  const [turn, setTurn] = useState(0);
  const show = () => {
    setTurn(turn + 1);
    setOpen(true);
  };
  return (
    <>
      <Button variant="primary" icon={UserPlus} onClick={show}>
        Invite
      </Button>
      <Sheet
        open={open}
        onClose={() => setOpen(false)}
        title="Invite somebody"
        description="They choose their own password by a link that you hand over."
      >
        <InviteForm key={turn} {...props} onClose={() => setOpen(false)} />
      </Sheet>
    </>
  );
}

function InviteForm({ action, roles, managers, onClose }: Props & { onClose: () => void }) {
  const [answer, submit] = useActionState(action, null);
  if (answer?.ok) {
    return (
      <div className="flex flex-col gap-4">
        <OneTimeLink {...answer.output} />
        <Button className="self-start" onClick={onClose}>
          Done
        </Button>
      </div>
    );
  }
  const errors = answer?.fields ?? {};
  return (
    <form action={submit} className="flex flex-col gap-4" onReset={(event) => event.preventDefault()}>
      {answer && (
        <Message tone="error" title={answer.what}>
          {answer.next}
        </Message>
      )}
      <Field id="invite-name" label="Name" error={errors["name"]}>
        {(wired) => <Input {...wired} name="name" required maxLength={120} autoComplete="off" />}
      </Field>
      <Field id="invite-email" label="E-mail" error={errors["email"]}>
        {(wired) => (
          <Input {...wired} name="email" type="email" required maxLength={254} autoComplete="off" />
        )}
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Roles</legend>
        <RoleChoices roles={roles} chosen={[]} />
        {errors["roles"] && <FieldError>{errors["roles"]}</FieldError>}
      </fieldset>
      <Field
        id="invite-manager"
        label="Manager"
        optional
        error={errors["manager"]}
        help="Decides their requests. Without a manager an agent can browse but not ask."
      >
        {(wired) => <ManagerChoice {...wired} managers={managers} chosen={null} />}
      </Field>
      <SubmitButton pendingLabel="Inviting" className="self-start">
        Invite
      </SubmitButton>
    </form>
  );
}

/** One box for each role, with what it may do. */
export function RoleChoices({ roles, chosen }: { roles: Props["roles"]; chosen: readonly string[] }) {
  return (
    <div className="grid gap-2">
      {roles.map(({ id, name, does }) => (
        <Checkbox
          key={id}
          name="roles[]"
          value={id}
          label={name}
          help={does}
          defaultChecked={chosen.includes(id)}
        />
      ))}
    </div>
  );
}

interface ManagerChoiceProps extends Omit<ComponentProps<typeof Select>, "name" | "defaultValue"> {
  managers: readonly PersonName[];
  chosen: string | null;
}

/** Who decides the requests of somebody. */
export function ManagerChoice({ managers, chosen, ...rest }: ManagerChoiceProps) {
  return (
    <Select name="manager" defaultValue={chosen ?? ""} {...rest}>
      <option value="">Nobody</option>
      {managers.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
