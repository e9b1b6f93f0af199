import "server-only";
import { sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import type { WriteTransaction } from "@/lib/db/control-database";
import { rowResource, type ResourceRow } from "@/lib/grants/row-resource";

type EndedRow = ResourceRow & {
  id: string;
  request_id: string;
  number: number;
  holder_id: string;
  holder: string;
  at: string;
};

/** Ends the grants that are bound to these sessions and returns the events to record in the same transaction. */
export async function endWithSessions(
  tx: WriteTransaction,
  sessionIds: readonly string[],
): Promise<AuditEvent[]> {
  if (sessionIds.length === 0) return [];
  const rows = await tx.execute<EndedRow>(sql`
    WITH ended AS (
      UPDATE grants g SET state = 'ended', version = version + 1, closed_at = clock_timestamp(),
        closed_why = 'session-ended'
      WHERE session_id = ANY (${`{${sessionIds.join(",")}}`}::uuid[]) AND state = 'active'
        AND ends_at > clock_timestamp()
      RETURNING g.id, g.request_id, g.holder_id, g.source_id, g.table_id, g.closed_at, g.fields,
        cardinality(g.records) AS records
    )
    SELECT e.id, e.request_id, r.number, e.holder_id, p.name AS holder, e.source_id, e.table_id, e.closed_at AS at,
      s.name AS source, t.schema || '.' || t.name AS "table", e.fields, e.records
    FROM ended e JOIN requests r ON r.id = e.request_id JOIN people p ON p.id = e.holder_id
      JOIN sources s ON s.id = e.source_id JOIN catalog_tables t ON t.id = e.table_id
    ORDER BY r.number`);
  return rows.map((row) => ({
    code: "grant.ended",
    grantId: row.id,
    requestId: row.request_id,
    requestNumber: row.number,
    subject: { id: row.holder_id, name: row.holder },
    resource: rowResource(row),
    details: { why: "session-ended", at: new Date(row.at).toISOString() },
  }));
}
