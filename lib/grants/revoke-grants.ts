import "server-only";
import { sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import type { WriteTransaction } from "@/lib/db/control-database";
import { rowResource, type ResourceRow } from "@/lib/grants/row-resource";
import { among, type EndedWhy, type WhichAccess } from "@/lib/grants/which-access";

/**
 * Ends every live grant among these at once (design §5) and returns the events to record in the same transaction.
 * What the clock has ended already is left to the sweeper, which says so truthfully. Rows are taken in the order of
 * their ids: of two who end the same grants, neither waits for the other forever.
 */
export async function revokeGrants(
  tx: WriteTransaction,
  which: WhichAccess,
  why: EndedWhy,
): Promise<AuditEvent[]> {
  const rows = await tx.execute<RevokedRow>(sql`
    WITH due AS (
      SELECT g.id FROM grants g
      WHERE ((state = 'ready' AND activate_by > clock_timestamp()) OR (state = 'active' AND ends_at > clock_timestamp()))
        AND ${among(which, "g")}
      ORDER BY g.id FOR UPDATE
    ), revoked AS (
      UPDATE grants g SET state = 'revoked', version = version + 1, closed_at = clock_timestamp(), closed_why = ${why}
      FROM due WHERE g.id = due.id
      RETURNING g.id, g.request_id, g.holder_id, g.source_id, g.table_id, g.fields, cardinality(g.records) AS records
    )
    SELECT v.id, v.request_id, r.number, v.holder_id, p.name AS holder, v.source_id, s.name AS source, v.table_id,
      t.schema || '.' || t.name AS "table", v.fields, v.records
    FROM revoked v JOIN requests r ON r.id = v.request_id JOIN people p ON p.id = v.holder_id
      JOIN sources s ON s.id = v.source_id JOIN catalog_tables t ON t.id = v.table_id
    ORDER BY r.number`);
  return rows.map((row) => revokedEvent(row, why));
}

type RevokedRow = ResourceRow & {
  id: string;
  request_id: string;
  number: number;
  holder_id: string;
  holder: string;
};

function revokedEvent(row: RevokedRow, why: EndedWhy): AuditEvent {
  return {
    code: "grant.revoked",
    grantId: row.id,
    requestId: row.request_id,
    requestNumber: row.number,
    subject: { id: row.holder_id, name: row.holder },
    resource: rowResource(row),
    details: { why },
  };
}
