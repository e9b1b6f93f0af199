import "server-only";
import { rolesAllow } from "@/lib/auth/permissions";
import type { ReadDatabase } from "@/lib/db/control-database";
import type { Role } from "@/lib/db/schema/people";
import { isInAudience, wasTold } from "@/lib/requests/read-seats";

/**
 * Whether somebody with these roles may read a request and what is said about it: its requester, the approvers it was
 * routed to, auditors, and approvers and policy admins who were told that it waits too long. To everybody else it is not there, those who lost the role included.
 */
export async function mayReadRequest(
  db: Pick<ReadDatabase, "select">,
  { personId, roles }: { personId: string; roles: readonly Role[] },
  request: { id: string; requesterId: string; eligibleIds: readonly string[] },
): Promise<boolean> {
  if (request.requesterId === personId) return true;
  if (rolesAllow(roles, "audit")) return true;
  const decides = rolesAllow(roles, "decide");
  const hears = decides || rolesAllow(roles, "policies");
  if (hears && (await wasTold(db, request.id, personId))) return true;
  if (!decides) return false;
  return request.eligibleIds.includes(personId) || isInAudience(db, request.id, personId);
}
