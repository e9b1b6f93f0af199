import "server-only";
import { z } from "zod";
import { decidableShape } from "@/lib/approvals/ballot";
import { decide, type Decided } from "@/lib/approvals/decide";
import type { Ballot } from "@/lib/approvals/hold-vote";
import { readPartialForms } from "@/lib/approvals/read-partial-forms";
import type { Context } from "@/lib/auth/context";
import { assertionSchema } from "@/lib/auth/passkey-response";
import { narrow, type Narrowing } from "@/lib/grants/narrowing";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { MAX_COHORT } from "@/lib/requests/request";

/** What an approver may take away. */
export const narrowingShape = {
  columnIds: z.array(idInput()).max(100).exactOptional(),
  partialIds: z.array(idInput()).max(100).exactOptional(),
  records: z.array(z.string().max(4096)).max(MAX_COHORT).exactOptional(),
  viewSeconds: z.coerce.number().int().min(1).max(1800).exactOptional(),
};

export const narrowSchema = z.object({
  ...decidableShape,
  ...narrowingShape,
  assertion: assertionSchema.exactOptional(),
});

/**
 * Approves less than was asked: fewer fields or records, parts of values instead of full ones, or less time. Refuses
 * whatever is not less, and a part of a value that has none.
 */
export async function narrowRequest(ctx: Context, wanted: z.infer<typeof narrowSchema>): Promise<Decided> {
  const { requestId, version, words, assertion, ...narrowed } = wanted;
  return decide(ctx, { requestId, version }, narrowBallot(words, narrowed), assertion);
}

/** A vote for less than was asked. */
export function narrowBallot(words: string | null, narrowed: Narrowing): Ballot {
  return {
    verdict: "narrow",
    words,
    narrowed,
    scope: async (asked, { tx, tableId }) => {
      const left = narrow(asked, narrowed);
      const lowered = left.fields.filter(
        ({ columnId, level }) => level !== asked.fields.find((field) => field.columnId === columnId)?.level,
      );
      const same =
        left.fields.length === asked.fields.length &&
        lowered.length === 0 &&
        left.records.length === asked.records.length &&
        left.viewSeconds === asked.viewSeconds;
      if (same) throw new Refusal("not-narrower");
      if (lowered.length > 0) {
        const forms = await readPartialForms(tx, tableId);
        if (lowered.some(({ columnId }) => !forms.has(columnId))) throw new Refusal("no-partial-form");
      }
      return left;
    },
  };
}
