"use server";

import {
  changeSchema,
  changeView,
  keepSchema,
  keepView,
  removeSchema,
  removeView,
} from "@/lib/browse/saved-view-deeds";
import { checkField, checkSchema } from "@/lib/lookups/check-field";
import { lookUp, lookupSchema } from "@/lib/lookups/look-up";
import type { CheckAnswer, LookupAnswer } from "@/lib/lookups/view";
import { formValues, run, runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const permission = "browse";

/** Its term is in the body of a POST and in no address: addresses are kept by browsers, proxies and logs. */
export async function findRecord(_: LookupAnswer | null, form: FormData): Promise<LookupAnswer> {
  const action = {
    name: "look-up",
    permission,
    input: lookupSchema,
    deed: lookUp,
    refused: "lookup.refused",
  } as const;
  return run(action, formValues(form));
}

export async function checkSaid(_: CheckAnswer | null, form: FormData): Promise<CheckAnswer> {
  const action = {
    name: "check-field",
    permission,
    input: checkSchema,
    deed: checkField,
    refused: "field_check.refused",
  } as const;
  return run(action, formValues(form));
}

export async function keepTableView(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "keep-view", permission, input: keepSchema, deed: keepView } as const;
  return runForm(action, form, { message: "The view is saved", redirectTo: ({ href }) => href });
}

export async function changeTableView(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "change-view", permission, input: changeSchema, deed: changeView } as const;
  return runForm(action, form, { message: "The view is changed", redirectTo: ({ href }) => href });
}

export async function removeTableView(_: FormState, form: FormData): Promise<FormState> {
  const action = { name: "remove-view", permission, input: removeSchema, deed: removeView } as const;
  return runForm(action, form, { message: ({ name }) => `The view “${name}” is removed` });
}
