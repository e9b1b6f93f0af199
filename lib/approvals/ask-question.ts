import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { commentSchema } from "@/lib/approvals/comment-request";
import { holdThread } from "@/lib/approvals/hold-thread";
import { writeWords } from "@/lib/approvals/write-words";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { comments } from "@/lib/db/schema/comments";
import { Refusal } from "@/lib/refusal";

/**
 * Asks the requester a question: somebody who may decide the request at this moment, one question at a time. It stops no
 * clock: the request expires as it would have, and can be decided before there is an answer.
 */
export async function askQuestion(
  ctx: Context,
  { requestId, words }: z.infer<typeof commentSchema>,
): Promise<{ number: number; requester: string }> {
  return recorded(ctx, async (tx) => {
    const { found, voice } = await holdThread(tx, ctx, requestId);
    const why =
      voice.whyNotWrite === "thread-closed" ? voice.whyNotAsk : (voice.whyNotWrite ?? voice.whyNotAsk);
    if (why) throw new Refusal(why);
    await refuseSecond(tx, requestId, ctx.actor.personId);
    const event = await writeWords(tx, ctx, found, { kind: "question", words });
    return { result: { number: found.request.number, requester: found.requester.name }, event };
  });
}

async function refuseSecond(tx: WriteTransaction, requestId: string, personId: string): Promise<void> {
  const [open] = await tx
    .select({ id: comments.id })
    .from(comments)
    .where(
      and(
        eq(comments.requestId, requestId),
        eq(comments.authorId, personId),
        eq(comments.kind, "question"),
        sql`NOT EXISTS (SELECT FROM comments a WHERE a.answers_id = ${comments.id})`,
      ),
    )
    .limit(1);
  if (open) throw new Refusal("question-open");
}
