import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { AsOf } from "@/lib/reports/report";
import { spanBounds } from "@/lib/reports/span";

export type Span = { from: string; to: string };

/** How a request came to its end, as this report counts it. */
export const outcomes = {
  automatic: "Granted by the policy at once",
  approved: "Approved by people as asked",
  narrowed: "Approved by people for less",
  emergency: "Opened as an emergency (break-glass)",
  denied: "Denied by people",
  denied_by_policy: "Denied by the policy",
  expired: "Not decided in time",
  withdrawn: "Withdrawn by the requester",
  closed: "Closed, as what it asked for had changed",
  pending: "Still waiting",
} as const;

export type Outcome = keyof typeof outcomes;

/**
 * The requests that were sent in a span, with their outcome at a moment and, of those that people decided, the seconds
 * from sending to the last decision. An emergency is one whatever came of it.
 */
export function askedIn(span: Span, { at }: AsOf): SQL {
  const { from, before } = spanBounds(span);
  const now = sql`${at.toISOString()}::timestamptz`;
  return sql`(
    SELECT r.number, r.requester_id, r.table_id, r.created_at, CASE
        WHEN v.id IS NOT NULL THEN 'emergency'
        WHEN r.state = 'approved' AND NOT d.by_people THEN 'automatic'
        WHEN r.state = 'approved' AND d.narrowed THEN 'narrowed'
        WHEN r.state = 'denied' AND NOT d.by_people THEN 'denied_by_policy'
        WHEN r.state = 'pending' AND r.expires_at <= ${now} THEN 'expired'
        ELSE r.state END AS outcome,
      CASE WHEN v.id IS NULL AND d.by_people AND r.state IN ('approved', 'denied')
        THEN extract(epoch FROM r.decided_at - r.created_at)::float8 END AS waited
    FROM requests r
    LEFT JOIN reviews v ON v.request_id = r.id AND v.kind = 'emergency'
    CROSS JOIN LATERAL (SELECT count(*) > 0 AS by_people, coalesce(bool_or(verdict = 'narrow'), false) AS narrowed
      FROM decisions WHERE request_id = r.id) AS d
    WHERE r.created_at >= ${from}::timestamptz AND r.created_at < ${before}::timestamptz AND r.created_at <= ${now})`;
}

/** The decisions of people in a span: `waited` and `looked` in seconds, as the page of approvers has them. */
export function decidedIn(span: Span, { at }: AsOf): SQL {
  const { from, before } = spanBounds(span);
  return sql`(
    SELECT s.*, least(s.waited, s.since_own) AS looked FROM (
      SELECT d.id, d.request_id, d.approver_id, d.verdict, d.decided_at,
        extract(epoch FROM d.decided_at - d.arrived_at)::float8 AS waited,
        extract(epoch FROM d.decided_at - lag(d.decided_at)
          OVER (PARTITION BY d.approver_id ORDER BY d.decided_at, d.id))::float8 AS since_own
      FROM decisions d
      WHERE d.decided_at >= ${from}::timestamptz - interval '1 minute' AND d.decided_at < ${before}::timestamptz
        AND d.decided_at <= ${at.toISOString()}::timestamptz) AS s
    WHERE s.decided_at >= ${from}::timestamptz)`;
}

/** A decision in fewer seconds left no time to read what was decided. */
export const HASTY_SECONDS = 5;
