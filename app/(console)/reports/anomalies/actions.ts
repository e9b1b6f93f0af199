"use server";

import { judgeCase, judgeCaseSchema } from "@/lib/anomalies/judge-case";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

export async function judgeAnomaly(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "judge-case",
      permission: "audit",
      input: judgeCaseSchema,
      deed: judgeCase,
      refused: "case.refused",
    },
    form,
    { message: ({ number }) => `Your judgement of case ${number} is on record` },
  );
}
