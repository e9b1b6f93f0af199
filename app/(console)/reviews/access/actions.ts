"use server";

import { decideAccess, decideAccessSchema } from "@/lib/campaigns/decide-access";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

export async function decide(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    {
      name: "decide-access",
      permission: "home",
      input: decideAccessSchema,
      deed: decideAccess,
      refused: "campaign.refused",
    },
    form,
    {
      message: ({ name, removed }) =>
        removed === 0
          ? `The access of ${name} is confirmed`
          : `Removed at once from ${name}: ${removed === 1 ? "one right" : `${removed} rights`}`,
    },
  );
}
