"use server";

import { delegationSchema, endDelegation } from "@/lib/people/end-delegations";
import { nameSubstitute, substituteSchema } from "@/lib/people/name-substitute";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

export async function substitute(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "name-substitute",
    permission: "decide",
    input: substituteSchema,
    deed: nameSubstitute,
    refused: "delegation.refused",
  } as const;
  return runForm(action, form, { message: ({ name }) => `${name} stands in for you` });
}

export async function endAbsence(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "end-delegation",
    permission: "settings",
    input: delegationSchema,
    deed: endDelegation,
    refused: "delegation.refused",
  } as const;
  return runForm(action, form, { message: ({ name }) => `${name} stands in no more` });
}
