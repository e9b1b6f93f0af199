import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import { neededWords } from "@/lib/approvals/ballot";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { reviews } from "@/lib/db/schema/reviews";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { readSeated } from "@/lib/requests/read-seats";
import { requestFrame } from "@/lib/requests/request-frame";

export const judgeSchema = z.object({
  reviewId: idInput(),
  verdict: z.enum(["justified", "not-justified"], { error: "Choose one." }),
  words: neededWords,
});

const verdictCodes = {
  justified: "review.judged_justified",
  "not-justified": "review.judged_not_justified",
} as const;

/**
 * Judges what opened before anybody had decided: an approver who could have decided it, at this moment, and never the
 * person who opened it. Of two at once, one judges (law 7).
 */
export async function judgeReview(
  ctx: Context,
  input: z.infer<typeof judgeSchema>,
): Promise<{ number: number }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "decide");
    const found = await holdReview(tx, ctx, input.reviewId);
    const [judged] = await tx
      .update(reviews)
      .set({
        reviewerId: ctx.actor.personId,
        verdict: input.verdict,
        words: input.words,
        reviewedAt: sql`clock_timestamp()`,
      })
      .where(and(eq(reviews.id, input.reviewId), isNull(reviews.reviewedAt)))
      .returning({ kind: reviews.kind, late: sql<boolean>`${reviews.reviewedAt} > ${reviews.dueAt}` });
    if (!judged) throw new Refusal("review-over");
    return {
      result: { number: found.request.number },
      event: {
        ...requestFrame(found, null),
        code: verdictCodes[input.verdict],
        reason: input.words,
        details: judged,
      },
    };
  });
}

/** The request of a review, locked, where this person may judge it; for those who cannot know of it, it is not there. */
async function holdReview(tx: WriteTransaction, ctx: Context, reviewId: string): Promise<FoundRequest> {
  const [held] = await tx
    .select({ requestId: reviews.requestId })
    .from(reviews)
    .where(eq(reviews.id, reviewId))
    .for("update");
  const found = held && (await findRequest(tx, eq(requests.id, held.requestId)));
  if (!found?.review) throw new Refusal("not-found");
  const { request, review } = found;
  if (request.requesterId === ctx.actor.personId) throw new Refusal("own-request");
  const seated = await readSeated(tx, request.requesterId, review.audience);
  if (!seated.some(({ id }) => id === ctx.actor.personId)) throw new Refusal("not-a-reviewer");
  if (review.reviewedAt !== null) throw new Refusal("review-over");
  return found;
}
