import "server-only";
import { z } from "zod";
import { decidableShape } from "@/lib/approvals/ballot";
import { decide, type Decided } from "@/lib/approvals/decide";
import type { Context } from "@/lib/auth/context";

export const approveSchema = z.object(decidableShape);

/** Approves a request exactly as it was asked. */
export async function approveRequest(ctx: Context, which: z.infer<typeof approveSchema>): Promise<Decided> {
  return decide(ctx, which, {
    verdict: "approve",
    words: which.words,
    narrowed: null,
    scope: (asked) => asked,
  });
}
