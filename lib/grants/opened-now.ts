import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { grants } from "@/lib/db/schema/requests";

/** One reading of the clock, for an update of grants that says `openedNow`. */
export const thisMoment = sql`(SELECT clock_timestamp() AS now) AS moment`;

/**
 * The change that starts the window of a grant, its distance exactly the view time, in the session that it ends with
 * where it does; for an update from `thisMoment`.
 */
export function openedNow(sessionId: string | null) {
  return {
    state: "active" as const,
    version: sql`${grants.version} + 1`,
    activatedAt: sql`moment.now`,
    endsAt: windowEnd(sql`moment.now`, sql`CASE WHEN ${grants.withSession} THEN ${sessionId}::uuid END`),
    sessionId: sql`CASE WHEN ${grants.withSession} THEN ${sessionId}::uuid END`,
  };
}

/** When a window that begins at this moment ends: with its time, or with its session where that is over before. */
export function windowEnd(from: SQL, sessionId: SQL): SQL {
  return sql`least(${from} + make_interval(secs => ${grants.viewSeconds}),
    (SELECT s.expires_at FROM sessions s WHERE s.id = ${sessionId}))`;
}
