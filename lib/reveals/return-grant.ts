import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { closeGrant } from "@/lib/approvals/close-grant";
import { aboutGrant, holdGrantToEnd } from "@/lib/approvals/hold-grant";
import { Refusal } from "@/lib/refusal";

/** Gives a grant of one's own back before its time; needs no role, for giving back is always allowed. */
export async function returnGrant(ctx: Context, grantId: string): Promise<{ number: number }> {
  return recorded(ctx, async (tx) => {
    const held = await holdGrantToEnd(tx, grantId);
    if (held.grant.holderId !== ctx.actor.personId) throw new Refusal("grant-not-yours");
    const others = await closeGrant(tx, held, "return");
    const returned: AuditEvent = { ...aboutGrant(held), code: "grant.returned" };
    return { result: { number: held.request.number }, event: [returned, ...others] };
  });
}
