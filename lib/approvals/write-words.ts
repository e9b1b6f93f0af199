import "server-only";
import { randomBytes } from "node:crypto";
import { and, eq, ne, sql } from "drizzle-orm";
import { MOST_IN_A_THREAD, sealWords, WORDS_MAX, wordsBudget } from "@/lib/approvals/thread";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { countTry } from "@/lib/auth/try-budget";
import type { WriteTransaction } from "@/lib/db/control-database";
import { comments } from "@/lib/db/schema/comments";
import { requests } from "@/lib/db/schema/requests";
import { Refusal } from "@/lib/refusal";
import { plainText } from "@/lib/requests/draft";
import type { FoundRequest } from "@/lib/requests/find-request";
import { requestFrame } from "@/lib/requests/request-frame";

/** Words about a request: plain text that must be there. */
export const threadWords = plainText(WORDS_MAX, `Write at most ${WORDS_MAX} characters.`).refine(
  (text) => text !== "",
  "Write something first.",
);

type Said = { kind: "comment" | "question" | "answer"; words: string; answersId?: string };

const codes = {
  comment: "request.commented",
  question: "request.question_asked",
  answer: "request.question_answered",
} as const;

/**
 * Adds words about a request that is held, and gives their event: who, about what, how long, and a seal by which the
 * words can be checked. Not the words: unlike the reason of a request they are written while somebody may be looking at
 * values, and what is in the log can never be taken out of it again (law 6).
 */
export async function writeWords(
  tx: WriteTransaction,
  ctx: Context,
  found: FoundRequest,
  { kind, words, answersId }: Said,
): Promise<AuditEvent> {
  const { personId } = ctx.actor;
  const { request } = found;
  await countTry(tx, ["words about requests", personId], wordsBudget);
  if (kind !== "answer") await refuseFull(tx, request.id);
  const salt = randomBytes(32);
  const [said] = await tx
    .insert(comments)
    .values({
      ...{ requestId: request.id, requesterId: request.requesterId, authorId: personId, kind, words, salt },
      answersId: answersId ?? null,
      saidAt: sql`clock_timestamp()`,
    })
    .returning({ id: comments.id });
  if (!said) throw new Error("Words about a request were not stored.");
  await tx
    .update(requests)
    .set({ comments: sql`${requests.comments} + 1` })
    .where(eq(requests.id, request.id));
  return {
    ...requestFrame(found, null),
    code: codes[kind],
    ...(found.grant ? { grantId: found.grant.id } : {}),
    details: { comment: said.id, characters: [...words].length, seal: sealWords(words, salt) },
  };
}

/** The request is locked: whoever writes at the same time is counted before or after. */
async function refuseFull(tx: WriteTransaction, requestId: string): Promise<void> {
  const [row] = await tx
    .select({ said: sql<number>`count(*)::int` })
    .from(comments)
    .where(and(eq(comments.requestId, requestId), ne(comments.kind, "answer")));
  if ((row?.said ?? 0) >= MOST_IN_A_THREAD) throw new Refusal("thread-full");
}
