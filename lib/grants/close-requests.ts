import "server-only";
import { sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import type { WriteTransaction } from "@/lib/db/control-database";
import { rowResource, type ResourceRow } from "@/lib/grants/row-resource";
import { among, type EndedWhy, type WhichAccess } from "@/lib/grants/which-access";

/**
 * Closes every waiting request among these and returns the events to record in the same transaction. Of somebody who
 * may no longer ask it is withdrawn; what can no longer be fulfilled has expired, before its time and with a reason.
 */
export async function closeRequests(
  tx: WriteTransaction,
  which: WhichAccess,
  why: EndedWhy,
): Promise<AuditEvent[]> {
  const withdrawn = "holderId" in which;
  const rows = await tx.execute<ClosedRow>(sql`
    WITH due AS (
      SELECT r.id FROM requests r
      WHERE r.state = 'pending' AND r.expires_at > clock_timestamp() AND ${among(which, "r")}
      ORDER BY r.id FOR UPDATE
    ), closed AS (
      UPDATE requests r SET state = ${withdrawn ? "withdrawn" : "expired"}, version = version + 1,
        decided_at = clock_timestamp(), closed_why = ${why}
      FROM due WHERE r.id = due.id
      RETURNING r.id, r.number, r.requester_id, r.source_id, r.table_id, r.fields, cardinality(r.records) AS records
    )
    SELECT c.id, c.number, c.requester_id, p.name AS requester, c.source_id, s.name AS source, c.table_id,
      t.schema || '.' || t.name AS "table", c.fields, c.records
    FROM closed c JOIN people p ON p.id = c.requester_id JOIN sources s ON s.id = c.source_id
      JOIN catalog_tables t ON t.id = c.table_id
    ORDER BY c.number`);
  return rows.map((row) => closedEvent(row, withdrawn ? "request.withdrawn" : "request.closed", why));
}

type ClosedRow = ResourceRow & {
  id: string;
  number: number;
  requester_id: string;
  requester: string;
};

function closedEvent(
  row: ClosedRow,
  code: "request.withdrawn" | "request.closed",
  why: EndedWhy,
): AuditEvent {
  return {
    code,
    requestId: row.id,
    requestNumber: row.number,
    subject: { id: row.requester_id, name: row.requester },
    resource: rowResource(row),
    details: { why },
  };
}
