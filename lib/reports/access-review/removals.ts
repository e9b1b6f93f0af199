import "server-only";
import { sql } from "drizzle-orm";
import type { Reading } from "@/lib/reports/access-review/reading";
import { BATCH } from "@/lib/reports/batches";
import { spanBounds } from "@/lib/reports/span";

/** Somebody who was disabled or lost roles, and how fast it took effect; times in milliseconds after the event. */
export type Removal = {
  seq: number;
  at: string;
  code: "person.disabled" | "person.roles_changed";
  person: string;
  by: string;
  removed: readonly string[];
  /** Sessions that ended with it, and when the last of them did; null where none was open. */
  sessions: number;
  sessionMs: number | null;
  grants: number;
  grantMs: number | null;
  /** The last reveal that was refused to them, and how many were opened, before anything was given back. */
  refusedMs: number | null;
  revealsAfter: number;
};

/** What ends with an event is written in its transaction: right behind it, and hardly ever so much of it. */
const FAR_BEHIND = 10_000;

/** The removals of the span, newest first, those before a place in the log. */
export async function readRemovals({ ctx, span, asOf }: Reading, before: number | null): Promise<Removal[]> {
  const { from, before: until } = spanBounds(span);
  const msAfter = (moment: string) =>
    sql<number | null>`(round(extract(epoch FROM ${sql.raw(moment)} - e.occurred_at) * 1000))::float8`;
  return ctx.db
    .select({
      seq: sql<number>`e.seq`.mapWith(Number),
      at: sql<string>`to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      code: sql<Removal["code"]>`e.code`,
      person: sql<string>`w.name`,
      by: sql<string>`w.by`,
      removed: sql<string[]>`coalesce(w.removed, '[]')`,
      sessions: sql<number>`s.ended`,
      sessionMs: msAfter("s.last"),
      grants: sql<number>`g.ended`,
      grantMs: msAfter("g.last"),
      refusedMs: msAfter("r.refused"),
      revealsAfter: sql<number>`r.opened`,
    })
    .from(
      sql`audit_events e
        CROSS JOIN LATERAL (SELECT (j -> 'subject' ->> 'id')::uuid AS id, j -> 'subject' ->> 'name' AS name,
          j -> 'actor' ->> 'name' AS by, j -> 'details' -> 'removed' AS removed
          FROM (SELECT e.entry::jsonb AS j) AS parsed) AS w
        CROSS JOIN LATERAL (SELECT count(*)::int AS ended, max(x.ended_at) AS last FROM sessions x
          WHERE x.person_id = w.id AND e.code = 'person.disabled' AND x.ended_why = 'holder-disabled'
            AND x.ended_at BETWEEN e.occurred_at - interval '1 minute' AND e.occurred_at + interval '1 minute') AS s
        CROSS JOIN LATERAL (SELECT count(*)::int AS ended, max(x.occurred_at) AS last FROM audit_events x
          WHERE x.code = 'grant.revoked' AND x.seq > e.seq AND x.seq <= e.seq + ${FAR_BEHIND}::bigint
            AND x.occurred_at <= e.occurred_at + interval '1 minute'
            AND x.entry::jsonb -> 'subject' ->> 'id' = w.id::text
            AND x.entry::jsonb -> 'details' ->> 'why' IN ('holder-disabled', 'role-lost')) AS g
        CROSS JOIN LATERAL (SELECT coalesce(min(x.seq), ${asOf.logSize}::bigint) AS seq FROM audit_events x
          WHERE x.code IN ('person.enabled', 'person.roles_changed') AND x.seq > e.seq
            AND x.entry::jsonb -> 'subject' ->> 'id' = w.id::text
            AND (x.code = 'person.enabled' OR x.entry::jsonb -> 'details' -> 'added' ? 'agent')) AS back
        CROSS JOIN LATERAL (SELECT max(x.occurred_at) FILTER (WHERE x.code = 'reveal.refused') AS refused,
            (count(*) FILTER (WHERE x.code = 'reveal.opened'))::int AS opened FROM audit_events x
          WHERE x.actor_id = w.id AND x.seq > e.seq AND x.seq < back.seq
            AND x.code IN ('reveal.refused', 'reveal.opened')
            AND (e.code = 'person.disabled' OR w.removed ? 'agent')) AS r`,
    )
    .where(
      sql`e.code IN ('person.disabled', 'person.roles_changed')
        AND e.occurred_at >= ${from}::timestamptz AND e.occurred_at < ${until}::timestamptz
        AND e.seq < ${before ?? asOf.logSize}::bigint
        AND (e.code = 'person.disabled' OR jsonb_array_length(w.removed) > 0)`,
    )
    .orderBy(sql`e.seq DESC`)
    .limit(BATCH);
}

/** Milliseconds until a removal was in effect for all that was open; 0 where nothing was, or it ended before its event. */
export const effectMs = ({ sessionMs, grantMs }: Removal): number =>
  Math.max(0, sessionMs ?? 0, grantMs ?? 0);

/** How many removals there were, how long the slowest took, and how many reveals were opened after one. */
export async function slowestRemoval(
  reading: Reading,
): Promise<{ count: number; ms: number | null; after: number }> {
  let [count, slowest, after] = [0, 0, 0];
  let place: number | null = null;
  for (;;) {
    const found: Removal[] = await readRemovals(reading, place);
    for (const removal of found) {
      count += 1;
      slowest = Math.max(slowest, effectMs(removal));
      after += removal.revealsAfter;
    }
    if (found.length < BATCH) return { count, ms: count === 0 ? null : slowest, after };
    place = found.at(-1)?.seq ?? null;
  }
}
