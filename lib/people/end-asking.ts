import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import type { WriteTransaction } from "@/lib/db/control-database";
import { people } from "@/lib/db/schema/people";
import { requests } from "@/lib/db/schema/requests";
import { revokeGrants } from "@/lib/grants/revoke-grants";

/**
 * Ends what somebody who may no longer ask still has: waiting requests first, so that a decision at the same
 * moment either finds none or leaves a grant that is ended here too. Returns the events to record.
 */
export async function endAsking(
  tx: WriteTransaction,
  personId: string,
  why: "holder-disabled" | "role-lost",
): Promise<AuditEvent[]> {
  const withdrawn = await tx
    .update(requests)
    .set({ state: "withdrawn", version: sql`${requests.version} + 1`, decidedAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(requests.requesterId, personId),
        eq(requests.state, "pending"),
        sql`${requests.expiresAt} > clock_timestamp()`,
      ),
    )
    .returning({
      id: requests.id,
      number: requests.number,
      sourceId: requests.sourceId,
      tableId: requests.tableId,
      name: sql<string>`(SELECT p.name FROM ${people} p WHERE p.id = ${requests.requesterId})`,
    });
  const events = withdrawn.map((row): AuditEvent => ({
    code: "request.withdrawn",
    requestId: row.id,
    requestNumber: row.number,
    subject: { id: personId, name: row.name },
    resource: { sourceId: row.sourceId, tableId: row.tableId },
    details: { why },
  }));
  return [...events, ...(await revokeGrants(tx, { holderId: personId }, why))];
}
