import "server-only";
import { and, eq, gt, isNull, or, sql, type SQL } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { delegations, type DelegationEnd } from "@/lib/db/schema/delegations";
import { people } from "@/lib/db/schema/people";
import { idInput } from "@/lib/id-input";
import { onePeopleChange } from "@/lib/people/admins";
import { Refusal } from "@/lib/refusal";

export const delegationSchema = z.object({ delegationId: idInput() });

/**
 * Ends a delegation before its time, at once: by whoever named the substitute, by the substitute, or by an admin. A vote
 * that is being cast under it is over before; what was voted on under it waits again where it is not decided yet.
 */
export async function endDelegation(
  ctx: Context,
  { delegationId }: z.infer<typeof delegationSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    const roles = await holdPermission(tx, ctx, "settings");
    const [found] = await tx
      .select({ delegatorId: delegations.delegatorId, substituteId: delegations.substituteId })
      .from(delegations)
      .where(eq(delegations.id, delegationId));
    const why = found && whyOf(ctx.actor.personId, found);
    // Of others it is not there, but for admins.
    if (!why || (why === "admin" && !rolesAllow(roles, "people"))) throw new Refusal("not-found");
    const [event] = await endAll(tx, eq(delegations.id, delegationId), why, ctx.actor.personId);
    if (!event) throw new Refusal("changed-meanwhile");
    return { result: { name: event.subject.name }, event };
  });
}

/** Ends what somebody who is disabled or no approver any more has named or was named for; the events to record with it. */
export async function endDelegationsOf(
  tx: WriteTransaction,
  personId: string,
  why: Extract<DelegationEnd, "disabled" | "role-lost">,
): Promise<AuditEvent[]> {
  const theirs = or(eq(delegations.delegatorId, personId), eq(delegations.substituteId, personId));
  return endAll(tx, theirs, why, null);
}

function whyOf(me: string, found: { delegatorId: string; substituteId: string }): DelegationEnd {
  if (found.delegatorId === me) return "taken-back";
  return found.substituteId === me ? "declined" : "admin";
}

async function endAll(
  tx: WriteTransaction,
  which: SQL | undefined,
  why: DelegationEnd,
  endedBy: string | null,
): Promise<(AuditEvent & { subject: { id: string; name: string } })[]> {
  const [delegator, substitute] = [alias(people, "delegator"), alias(people, "substitute")];
  const ended = await tx
    .update(delegations)
    .set({ endedAt: sql`clock_timestamp()`, endedBy, endedWhy: why })
    .from(delegator)
    .innerJoin(substitute, sql`true`)
    .where(
      and(
        which,
        isNull(delegations.endedAt),
        gt(delegations.endsAt, sql`clock_timestamp()`),
        eq(delegator.id, delegations.delegatorId),
        eq(substitute.id, delegations.substituteId),
      ),
    )
    .returning({
      id: delegations.id,
      delegator: { id: delegator.id, name: delegator.name },
      substitute: { id: substitute.id, name: substitute.name },
    });
  return ended.map((one) => ({
    code: "delegation.ended",
    subject: one.substitute,
    approvers: [one.delegator],
    details: { why, delegation: one.id, substitute: one.substitute.name, for: one.delegator.name },
  }));
}
