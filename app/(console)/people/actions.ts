"use server";

import { removeLostPasskey, removeSchema } from "@/lib/auth/remove-passkey";
import { changeManager, changeManagerSchema } from "@/lib/people/change-manager";
import { changeRoles, changeRolesSchema } from "@/lib/people/change-roles";
import { disablePerson, enablePerson, seenPersonSchema } from "@/lib/people/disable-person";
import { invitePerson, inviteSchema, makeNewLink, personSchema } from "@/lib/people/invite-person";
import { liftSchema, liftStop, stopAccess, stopSchema } from "@/lib/people/stop-access";
import type { LinkAnswer } from "@/lib/people/view";
import { answerForm, runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const permission = "people";

export async function invite(_: LinkAnswer | null, form: FormData): Promise<LinkAnswer> {
  return answerForm({ name: "invite-person", permission, input: inviteSchema, deed: invitePerson }, form);
}

export async function newLink(_: LinkAnswer | null, form: FormData): Promise<LinkAnswer> {
  return answerForm({ name: "make-new-link", permission, input: personSchema, deed: makeNewLink }, form);
}

export async function saveRoles(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "change-roles", permission, input: changeRolesSchema, deed: changeRoles } as const;
  return runForm(action, form, { message: ({ name }) => `The roles of ${name} count from now on` });
}

export async function saveManager(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "change-manager",
    permission,
    input: changeManagerSchema,
    deed: changeManager,
  } as const;
  return runForm(action, form, { message: ({ name }) => `The manager of ${name} is saved` });
}

export async function dropLostPasskey(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "remove-lost-passkey",
    permission,
    input: removeSchema,
    deed: removeLostPasskey,
    refused: "passkey.refused",
  } as const;
  return runForm(action, form, { message: ({ name }) => `The passkey of ${name} is removed` });
}

export async function disable(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "disable-person",
    permission,
    input: seenPersonSchema,
    deed: disablePerson,
  } as const;
  return runForm(action, form, { message: ({ name }) => `${name} is disabled` });
}

export async function enable(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "enable-person", permission, input: seenPersonSchema, deed: enablePerson } as const;
  return runForm(action, form, { message: ({ name }) => `${name} can sign in again` });
}

export async function stop(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "stop-access",
    permission,
    input: stopSchema,
    deed: stopAccess,
    refused: "stop.refused",
  } as const;
  return runForm(action, form, {
    message: ({ name, grants }) => `Access is stopped: ${name}. Grants ended: ${grants}`,
  });
}

export async function lift(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "lift-stop",
    permission,
    input: liftSchema,
    deed: liftStop,
    refused: "stop.refused",
  } as const;
  return runForm(action, form, { message: ({ name }) => `The stop is lifted: ${name}` });
}
