"use server";

import { confirmErasure, settleErasureSchema, withdrawErasure } from "@/lib/erasure/settle-erasure";
import { startErasure, startErasureSchema } from "@/lib/erasure/start-erasure";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const permission = "erase";
const refused = "erasure.refused";

export async function start(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "start-erasure",
    permission,
    refused,
    input: startErasureSchema,
    deed: startErasure,
  } as const;
  return runForm(action, form, {
    message: ({ number, records }) =>
      `Erasure ${number} waits for another person. Records: ${records.toLocaleString("en-US")}`,
  });
}

export async function confirm(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "confirm-erasure",
    permission,
    refused,
    input: settleErasureSchema,
    deed: confirmErasure,
  } as const;
  return runForm(action, form, { message: ({ number }) => `Erasure ${number} is done` });
}

export async function withdraw(_: FormState, form: FormData): Promise<FormState> {
  const action = {
    name: "withdraw-erasure",
    permission,
    refused,
    input: settleErasureSchema,
    deed: withdrawErasure,
  } as const;
  return runForm(action, form, { message: ({ number }) => `Erasure ${number} is taken back` });
}
