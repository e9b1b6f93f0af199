import "server-only";
import { randomBytes } from "node:crypto";
import { and, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { sealWords } from "@/lib/approvals/thread";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { anomalyCases } from "@/lib/db/schema/anomalies";
import { requireOtherJudge } from "@/lib/people/second-person";
import { Refusal } from "@/lib/refusal";
import { noNumbers } from "@/lib/texts/free-text";

export const judgeCaseSchema = z.object({
  caseNumber: z.coerce.number().int().min(1).max(2_147_483_647),
  verdict: z.enum(["explained", "misuse"], { error: "Choose one." }),
  words: z
    .string()
    .trim()
    .min(10, "Say in at least 10 characters what you found.")
    .max(2000, "At most 2,000 characters.")
    .refine((text) => !text.includes("\0"), "This holds characters that cannot be seen. Remove them.")
    .check(noNumbers),
});

/**
 * Judges a case: an auditor at this moment, with words, and never the person whom it concerns, for whom the case is not
 * there, nor somebody in whose place they could be. The log has a seal of the words and not whom they are about: that
 * person may read it. Of two at once, one judges (law 7).
 */
export async function judgeCase(
  ctx: Context,
  input: z.infer<typeof judgeCaseSchema>,
): Promise<{ number: number }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "audit");
    const [held] = await tx
      .select({
        id: anomalyCases.id,
        state: anomalyCases.state,
        openedAt: anomalyCases.openedAt,
        personId: anomalyCases.personId,
      })
      .from(anomalyCases)
      .where(and(eq(anomalyCases.number, input.caseNumber), ne(anomalyCases.personId, ctx.actor.personId)))
      .for("update", { of: anomalyCases });
    if (!held) throw new Refusal("not-found");
    if (held.state !== "open") throw new Refusal("review-over");
    const seat = { first: held.personId, since: held.openedAt, permission: "audit" } as const;
    await requireOtherJudge(tx, ctx, seat);
    const { verdict, words } = input;
    const salt = randomBytes(32);
    await tx
      .update(anomalyCases)
      .set({ state: verdict, words, salt, judgedBy: ctx.actor.personId, judgedAt: sql`clock_timestamp()` })
      .where(and(eq(anomalyCases.id, held.id), eq(anomalyCases.state, "open")));
    return {
      result: { number: input.caseNumber },
      event: {
        code: `case.${verdict}`,
        details: { case: input.caseNumber, characters: [...words].length, seal: sealWords(words, salt) },
      },
    };
  });
}
