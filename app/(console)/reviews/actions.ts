"use server";

import { judgeReview, judgeSchema } from "@/lib/approvals/judge-review";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

export async function judge(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "judge-review",
      permission: "decide",
      input: judgeSchema,
      deed: judgeReview,
      refused: "review.refused",
    },
    form,
    { message: ({ number }) => `Your judgement of request ${number} is on record` },
  );
}
