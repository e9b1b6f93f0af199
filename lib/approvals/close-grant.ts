import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";
import type { AuditEvent } from "@/lib/audit/event";
import { grants } from "@/lib/db/schema/requests";
import { whyClosed } from "@/lib/grants/coverage";
import { endAccess } from "@/lib/grants/end-access";
import { grantAllows } from "@/lib/grants/grant";
import type { HeldGrant } from "@/lib/approvals/hold-grant";
import { Refusal } from "@/lib/refusal";

/**
 * Ends a held grant before its time, and with it the request for more of it; refuses when the clock or somebody else
 * has ended it already. Returns the events of what ended with it.
 */
export async function closeGrant(
  tx: WriteTransaction,
  { grant, now }: HeldGrant,
  deed: "return" | "revoke",
): Promise<readonly AuditEvent[]> {
  const state = deed === "return" ? "returned" : "revoked";
  if (!grantAllows(grant, deed, now)) throw whyClosed({ ...grant, now }) ?? new Refusal("grant-ended");
  const [row] = await tx
    .update(grants)
    .set({ state, version: sql`${grants.version} + 1`, closedAt: sql`clock_timestamp()`, closedWhy: state })
    .where(
      and(
        eq(grants.id, grant.id),
        eq(grants.version, grant.version),
        inArray(grants.state, ["ready", "active"]),
      ),
    )
    .returning({ id: grants.id });
  if (!row) throw new Refusal("changed-meanwhile");
  const ended = await endAccess(tx, { extensionOf: grant.requestId }, `first-${state}`);
  return ended.events;
}
