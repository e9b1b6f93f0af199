"use server";

import { checkField, checkSchema } from "@/lib/lookups/check-field";
import { lookUp, lookupSchema } from "@/lib/lookups/look-up";
import type { CheckAnswer, LookupAnswer } from "@/lib/lookups/view";
import { formValues, run } from "@/lib/web/run";

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
