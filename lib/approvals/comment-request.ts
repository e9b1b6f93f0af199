import "server-only";
import { z } from "zod";
import { holdThread } from "@/lib/approvals/hold-thread";
import { threadWords, writeWords } from "@/lib/approvals/write-words";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";

export const commentSchema = z.object({ requestId: idInput(), words: threadWords });

/**
 * Writes about a request: its requester, and those who may decide it or have. Only while there is something left to talk
 * about: it waits, its grant lives, or its judgement is due.
 */
export async function commentRequest(
  ctx: Context,
  { requestId, words }: z.infer<typeof commentSchema>,
): Promise<{ number: number }> {
  return recorded(ctx, async (tx) => {
    const { found, voice } = await holdThread(tx, ctx, requestId);
    if (voice.whyNotWrite) throw new Refusal(voice.whyNotWrite);
    const event = await writeWords(tx, ctx, found, { kind: "comment", words });
    return { result: { number: found.request.number }, event };
  });
}
