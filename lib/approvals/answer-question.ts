import "server-only";
import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { holdThread } from "@/lib/approvals/hold-thread";
import { threadWords, writeWords } from "@/lib/approvals/write-words";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { comments } from "@/lib/db/schema/comments";
import { people } from "@/lib/db/schema/people";
import type { WriteTransaction } from "@/lib/db/control-database";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";

export const answerSchema = z.object({ questionId: idInput(), words: threadWords });

/** Answers a question about a request of one's own, once; of two answers at the same time, one counts. */
export async function answerQuestion(
  ctx: Context,
  { questionId, words }: z.infer<typeof answerSchema>,
): Promise<{ number: number; asker: string }> {
  return recorded(ctx, async (tx) => {
    const asked = await readQuestion(tx, questionId);
    // Of somebody else's request it is not there, not even for those who may read it.
    if (asked?.requesterId !== ctx.actor.personId) throw new Refusal("not-found");
    const { found, voice } = await holdThread(tx, ctx, asked.requestId);
    if (voice.whyNotWrite) throw new Refusal(voice.whyNotWrite);
    // Read again: whoever held the lock before may have answered.
    const { answered, asker } = (await readQuestion(tx, questionId)) ?? asked;
    if (answered) throw new Refusal("question-answered");
    const event = await writeWords(tx, ctx, found, { kind: "answer", words, answersId: questionId });
    return {
      result: { number: found.request.number, asker: asker.name },
      event: { ...event, approvers: [asker] },
    };
  });
}

async function readQuestion(tx: WriteTransaction, id: string) {
  const [row] = await tx
    .select({
      kind: comments.kind,
      requestId: comments.requestId,
      requesterId: comments.requesterId,
      asker: { id: people.id, name: people.name },
      answered: sql<boolean>`EXISTS (SELECT FROM comments a WHERE a.answers_id = ${comments.id})`,
    })
    .from(comments)
    .innerJoin(people, eq(people.id, comments.authorId))
    .where(eq(comments.id, id));
  return row?.kind === "question" ? row : null;
}
