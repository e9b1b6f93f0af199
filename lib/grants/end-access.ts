import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import type { WriteTransaction } from "@/lib/db/control-database";
import { closeRequests } from "@/lib/grants/close-requests";
import { revokeGrants } from "@/lib/grants/revoke-grants";
import type { EndedWhy, WhichAccess } from "@/lib/grants/which-access";

/** How much ended, and the events to record in the same transaction. */
export type EndedAccess = { requests: number; grants: number; events: AuditEvent[] };

/**
 * Ends what was asked or granted and can no longer stand: waiting requests first, so that a decision at the same
 * moment either finds none or leaves a grant that is ended here too (design §5).
 */
export async function endAccess(
  tx: WriteTransaction,
  which: WhichAccess,
  why: EndedWhy,
): Promise<EndedAccess> {
  const closed = await closeRequests(tx, which, why);
  const revoked = await revokeGrants(tx, which, why);
  return { requests: closed.length, grants: revoked.length, events: [...closed, ...revoked] };
}
