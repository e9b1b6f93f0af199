"use server";

import { changeGroup, changeGroupSchema, makeGroup, makeGroupSchema } from "@/lib/people/groups";
import { setOwners, setOwnersSchema } from "@/lib/people/owners";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const permission = "people";

export async function addGroup(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "make-group", permission, input: makeGroupSchema, deed: makeGroup } as const;
  return runForm(action, form, { message: ({ name }) => `The group ${name} is made` });
}

export async function saveMembers(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "change-group", permission, input: changeGroupSchema, deed: changeGroup } as const;
  return runForm(action, form, { message: ({ name }) => `The members of ${name} count from now on` });
}

export async function saveOwners(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "set-owners", permission, input: setOwnersSchema, deed: setOwners } as const;
  return runForm(action, form, { message: "The owners count from now on" });
}
