import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import type { WriteTransaction } from "@/lib/db/control-database";
import { personRoles, type Role } from "@/lib/db/schema/people";
import { endAccess } from "@/lib/grants/end-access";
import { refuseLastAdmin } from "@/lib/people/admins";
import { endDelegationsOf } from "@/lib/people/end-delegations";

/**
 * Takes these roles from somebody whose row is held, and ends what stood on them: grants and waiting requests with the
 * agent role, delegations with the approver role. Call with `onePeopleChange` held. Returns the events of what ended.
 */
export async function loseRoles(
  tx: WriteTransaction,
  personId: string,
  lost: readonly Role[],
): Promise<AuditEvent[]> {
  if (lost.length === 0) return [];
  if (lost.includes("admin")) await refuseLastAdmin(tx, personId);
  await tx
    .delete(personRoles)
    .where(and(eq(personRoles.personId, personId), inArray(personRoles.role, [...lost])));
  const ended = lost.includes("agent") ? await endAccess(tx, { holderId: personId }, "role-lost") : null;
  const uncovered = lost.includes("approver") ? await endDelegationsOf(tx, personId, "role-lost") : [];
  return [...(ended?.events ?? []), ...uncovered];
}
