import "server-only";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import { approveBallot } from "@/lib/approvals/approve-request";
import { decidableShape } from "@/lib/approvals/ballot";
import { holdVote } from "@/lib/approvals/hold-vote";
import { narrowBallot, narrowingShape } from "@/lib/approvals/narrow-request";
import type { Context } from "@/lib/auth/context";
import { askForPasskey } from "@/lib/auth/use-passkey";
import { decidedChallenge } from "@/lib/requests/receipt";
import { requestFrame } from "@/lib/requests/request-frame";

export const askToSignSchema = z.object({
  ...decidableShape,
  narrowing: z.object(narrowingShape).exactOptional(),
});

/**
 * What the browser needs to have the approver's passkey sign exactly this vote: the challenge is the hash of what the
 * receipt will say of it. Refuses as the vote itself would.
 */
export async function askToSign(
  ctx: Context,
  { requestId, version, words, narrowing }: z.infer<typeof askToSignSchema>,
) {
  const ballot = narrowing ? narrowBallot(words, narrowing) : approveBallot(words);
  return recorded(ctx, async (tx) => {
    const vote = await holdVote(tx, ctx, { requestId, version }, ballot);
    const use = { purpose: "decide", requestId, sentAt: vote.found.request.createdAt } as const;
    const result = await askForPasskey(tx, ctx, use, ({ nonce }) => decidedChallenge(vote.part(nonce)));
    const event = {
      ...requestFrame(vote.found, vote.scope),
      ...{ code: "passkey.asked" as const, details: { for: "decide" } },
    };
    return { result, event };
  });
}
