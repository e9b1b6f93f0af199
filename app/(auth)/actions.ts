"use server";

import { becomeDemoPerson, becomeSchema } from "@/lib/people/become-demo-person";
import { acceptInvitation, acceptSchema } from "@/lib/people/accept-invitation";
import { firstAdminSchema, makeFirstAdmin } from "@/lib/people/make-first-admin";
import { enter } from "@/lib/web/run-visitor";
import type { FormState } from "@/lib/web/view";

export async function becomeFirstAdmin(_: FormState, form: FormData): Promise<FormState> {
  return enter({ name: "make-first-admin", input: firstAdminSchema, deed: makeFirstAdmin }, form);
}

export async function join(_: FormState, form: FormData): Promise<FormState> {
  return enter({ name: "accept-invitation", input: acceptSchema, deed: acceptInvitation }, form);
}

export async function becomePerson(form: FormData): Promise<void> {
  await enter({ name: "become-demo-person", input: becomeSchema, deed: becomeDemoPerson }, form);
}
