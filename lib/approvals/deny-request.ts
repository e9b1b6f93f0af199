import "server-only";
import { z } from "zod";
import { decidableShape, neededWords } from "@/lib/approvals/ballot";
import { decide, type Decided } from "@/lib/approvals/decide";
import type { Context } from "@/lib/auth/context";

export const denySchema = z.object({ ...decidableShape, words: neededWords });

/** Denies a request, with words for the requester. */
export async function denyRequest(ctx: Context, which: z.infer<typeof denySchema>): Promise<Decided> {
  return decide(ctx, which, { verdict: "deny", words: which.words, narrowed: null, scope: () => null });
}
