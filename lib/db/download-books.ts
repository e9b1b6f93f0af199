import "server-only";
import { openJobDatabase, type JobDatabase } from "@/lib/db/job-database";
import type { Role } from "@/lib/db/schema/people";
import type { Standing } from "@/lib/downloads/ending";

const kept = globalThis as typeof globalThis & { glimpseDownloadBooks?: JobDatabase };

/** How far a download is by now. */
export type Beat = {
  id: string;
  rows: number;
  bytes: number;
  /** How many rows there will be, and from 0 to 1 how much of the way is behind it; null where that is not known. */
  total: number | null;
  share: number | null;
};

/**
 * Keeps how far these downloads are and gives, by id, how each stands at this moment; one that runs no more is left out.
 * Written without an event: it says of a download that is on record how far it is, and ends none.
 */
export async function keepBeats(beats: readonly Beat[]): Promise<Map<string, Standing>> {
  kept.glimpseDownloadBooks ??= openJobDatabase(1);
  const { rows } = await kept.glimpseDownloadBooks.executeSql(
    `UPDATE downloads d
     SET rows = t.rows, bytes = t.bytes, total = t.total, share = t.share, beat_at = clock_timestamp()
     FROM jsonb_to_recordset($1::text::jsonb) AS t (id uuid, rows bigint, bytes bigint, total bigint, share float8)
     WHERE d.id = t.id AND d.state = 'running'
     RETURNING d.id, d.cancel_asked_at IS NOT NULL AS is_cancelled,
       d.session_id IS NULL OR EXISTS (SELECT FROM sessions s WHERE s.id = d.session_id AND s.ended_at IS NULL
         AND s.expires_at > clock_timestamp()) AS is_session_live,
       d.source_id IS NOT NULL AND EXISTS (SELECT FROM stops s WHERE s.lifted_at IS NULL
         AND (s.scope = 'all' OR s.person_id = d.person_id OR s.source_id = d.source_id)) AS is_stopped,
       ARRAY(SELECT r.role FROM person_roles r JOIN people p ON p.id = r.person_id
         WHERE p.id = d.person_id AND p.state = 'active') AS roles`,
    [JSON.stringify(beats)],
  );
  return new Map(rows.map((row) => [row["id"] as string, standingOf(row)]));
}

const standingOf = (row: Record<string, unknown>): Standing => ({
  isCancelled: row["is_cancelled"] === true,
  isSessionLive: row["is_session_live"] === true,
  isStopped: row["is_stopped"] === true,
  roles: row["roles"] as Role[],
});

/** Closes the connection, for scripts and tests that end. */
export async function closeDownloadBooks(): Promise<void> {
  await kept.glimpseDownloadBooks?.end();
  delete kept.glimpseDownloadBooks;
}
