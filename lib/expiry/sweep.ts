import "server-only";
import { sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { rowResource, type ResourceRow } from "@/lib/grants/row-resource";
import { requests, grants } from "@/lib/db/schema/requests";

const BATCH = 100;
/** The advisory lock of whoever sweeps at this moment. */
export const ONE_SWEEPER = 7_316_246;

export type Swept = { expired: number; lapsed: number; ended: number };

/**
 * Writes down what the clock has ended already: requests that nobody decided, grants that nobody opened or whose
 * time is over. Refusals never wait for it. Safe to run anywhere, at any time, again: each change is conditional.
 */
export async function sweep(): Promise<Swept> {
  const ctx = systemContext();
  const [due] = await ctx.db
    .select({
      any: sql<boolean>`EXISTS (SELECT FROM ${requests} WHERE state = 'pending' AND expires_at <= clock_timestamp())
        OR EXISTS (SELECT FROM ${grants} WHERE state = 'ready' AND activate_by <= clock_timestamp())
        OR EXISTS (SELECT FROM ${grants} WHERE state = 'active' AND ends_at <= clock_timestamp())`,
    })
    .from(sql`(SELECT) AS nothing`);
  if (!due?.any) return none;
  try {
    return await recorded(ctx, sweepOnce);
  } catch (error) {
    if (error instanceof NothingToDo) return none;
    throw error;
  }
}

const none: Swept = { expired: 0, lapsed: 0, ended: 0 };

/** Rolls the empty transaction back: no write goes without an event. */
class NothingToDo extends Error {}

async function sweepOnce(tx: WriteTransaction) {
  const [turn] = await tx.execute<{ mine: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(${ONE_SWEEPER}) AS mine`,
  );
  if (!turn?.mine) throw new NothingToDo();
  const expired = await expireRequests(tx);
  const lapsed = await closeGrants(tx, "lapsed");
  const ended = await closeGrants(tx, "ended");
  const [first, ...others] = [...expired, ...lapsed, ...ended];
  if (!first) throw new NothingToDo();
  const event: [AuditEvent, ...AuditEvent[]] = [first, ...others];
  return { result: { expired: expired.length, lapsed: lapsed.length, ended: ended.length }, event };
}

type SweptRow = ResourceRow & {
  id: string;
  request_id: string;
  number: number;
  person_id: string;
  person: string;
  since: string;
  /** Questions to the requester of a request that has expired. */
  unanswered?: number;
};

/** SKIP LOCKED: a row that somebody is deciding or opening at this moment waits for the next turn. */
async function expireRequests(tx: WriteTransaction): Promise<AuditEvent[]> {
  const rows = await tx.execute<SweptRow>(sql`
    WITH due AS (
      SELECT id FROM requests WHERE state = 'pending' AND expires_at <= clock_timestamp()
      ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ), swept AS (
      UPDATE requests r SET state = 'expired', version = version + 1, decided_at = r.expires_at
      FROM due WHERE r.id = due.id AND r.state = 'pending'
      RETURNING r.id, r.number, r.requester_id, r.source_id, r.table_id, r.expires_at, r.fields,
        cardinality(r.records) AS records
    )
    SELECT s.id, s.id AS request_id, s.number, s.requester_id AS person_id, p.name AS person, s.source_id, s.table_id,
      s.expires_at AS since, o.name AS source, t.schema || '.' || t.name AS "table", s.fields, s.records,
      (SELECT count(*)::int FROM comments q WHERE q.request_id = s.id AND q.kind = 'question'
        AND NOT EXISTS (SELECT FROM comments a WHERE a.answers_id = q.id)) AS unanswered
    FROM swept s JOIN people p ON p.id = s.requester_id
      JOIN sources o ON o.id = s.source_id JOIN catalog_tables t ON t.id = s.table_id
    ORDER BY s.expires_at, s.number`);
  return rows.map((row) => sweptEvent("request.expired", row));
}

async function closeGrants(tx: WriteTransaction, state: "lapsed" | "ended"): Promise<AuditEvent[]> {
  const [from, clock] =
    state === "lapsed" ? (["ready", sql`activate_by`] as const) : (["active", sql`ends_at`] as const);
  const rows = await tx.execute<SweptRow>(sql`
    WITH due AS (
      SELECT id, ${clock} AS since FROM grants WHERE state = ${from} AND ${clock} <= clock_timestamp()
      ORDER BY ${clock} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
    ), swept AS (
      UPDATE grants g SET state = ${state}, version = version + 1, closed_at = due.since
      FROM due WHERE g.id = due.id AND g.state = ${from}
      RETURNING g.id, g.request_id, g.holder_id, g.source_id, g.table_id, due.since, g.fields,
        cardinality(g.records) AS records
    )
    SELECT s.id, s.request_id, r.number, s.holder_id AS person_id, p.name AS person, s.source_id, s.table_id, s.since,
      o.name AS source, t.schema || '.' || t.name AS "table", s.fields, s.records
    FROM swept s JOIN requests r ON r.id = s.request_id JOIN people p ON p.id = s.holder_id
      JOIN sources o ON o.id = s.source_id JOIN catalog_tables t ON t.id = s.table_id
    ORDER BY s.since, r.number`);
  return rows.map((row) => ({ ...sweptEvent(`grant.${state}`, row), grantId: row.id }));
}

function sweptEvent(code: "request.expired" | "grant.lapsed" | "grant.ended", row: SweptRow): AuditEvent {
  return {
    code,
    requestId: row.request_id,
    requestNumber: row.number,
    subject: { id: row.person_id, name: row.person },
    resource: rowResource(row),
    // When it was over for everybody: this event is written a little later.
    details: {
      at: new Date(row.since).toISOString(),
      ...(row.unanswered ? { unanswered: row.unanswered } : {}),
    },
  };
}
