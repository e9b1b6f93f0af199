import "server-only";
import { z } from "zod";
import { decidableShape } from "@/lib/approvals/ballot";
import { decide, type Decided } from "@/lib/approvals/decide";
import type { Ballot } from "@/lib/approvals/hold-vote";
import type { Context } from "@/lib/auth/context";
import { assertionSchema } from "@/lib/auth/passkey-response";

export const approveSchema = z.object({ ...decidableShape, assertion: assertionSchema.exactOptional() });

/** Approves a request exactly as it was asked. */
export async function approveRequest(ctx: Context, which: z.infer<typeof approveSchema>): Promise<Decided> {
  return decide(ctx, which, approveBallot(which.words), which.assertion);
}

/** A vote for all that was asked. */
export const approveBallot = (words: string | null): Ballot => ({
  ...{ verdict: "approve", words, narrowed: null },
  scope: (asked) => asked,
});
