import "server-only";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import { neededWords } from "@/lib/approvals/ballot";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { closeGrant } from "@/lib/approvals/close-grant";
import { aboutGrant, holdGrantToEnd } from "@/lib/approvals/hold-grant";
import { idInput } from "@/lib/id-input";
import { isInAudience } from "@/lib/requests/read-seats";
import { Refusal } from "@/lib/refusal";

export const revokeSchema = z.object({ grantId: idInput(), words: neededWords });

/**
 * Ends somebody's grant at once: by an approver to whom its request was routed, or by an admin. For everybody else
 * it is not there.
 */
export async function revokeGrant(
  ctx: Context,
  wanted: z.infer<typeof revokeSchema>,
): Promise<{ number: number; holder: string }> {
  return recorded(ctx, async (tx) => {
    const roles = await holdPermission(tx, ctx, "revoke");
    const held = await holdGrantToEnd(tx, wanted.grantId);
    const { request } = held;
    const { personId } = ctx.actor;
    const asked =
      roles.includes("approver") &&
      (request.eligibleIds.includes(personId) || (await isInAudience(tx, request.id, personId)));
    if (!asked && !roles.includes("admin")) throw new Refusal("not-found");
    const others = await closeGrant(tx, held, "revoke");
    const revoked: AuditEvent = {
      ...aboutGrant(held),
      code: "grant.revoked",
      reason: wanted.words,
      details: { why: "revoked" },
    };
    return {
      result: { number: held.request.number, holder: held.requester.name },
      event: [revoked, ...others],
    };
  });
}
