import "server-only";
import { keptByJobs } from "@/lib/db/job-database";
import type { MailFailure } from "@/lib/mail/failure";

/** Something to tell somebody: ids and codes, no word of it. */
export type Notice = {
  personId: string;
  kind: string;
  about: string;
  code: string | null;
  requestId: string | null;
  actorId: string | null;
  urgent: boolean;
  dueAt: Date;
};

/** What goes out as one message, claimed for a while by whoever sends it. */
export type Parcel = { message: string; lease: string; attempts: number; notices: readonly Claimed[] };

export type Claimed = Omit<Notice, "dueAt"> & { id: string };

const tooLate = "3 days";
const keptFor = "30 days";

/** How far the audit log has been read. */
export async function readMark(): Promise<number> {
  const { rows } = await keptByJobs().executeSql("SELECT seq::text FROM glimpse_jobs.mail_mark");
  return Number(rows[0]?.["seq"] ?? -1);
}

/** Moves the mark from where it was seen; of several at once the first does. It never goes back. */
export async function moveMark(from: number, to: number): Promise<void> {
  if (to <= from) return;
  await keptByJobs().executeSql("UPDATE glimpse_jobs.mail_mark SET seq = $2::bigint WHERE seq = $1::bigint", [
    String(from),
    String(to),
  ]);
}

/** Keeps notices until they are sent; one that is kept already, or was sent, is kept once. */
export async function keepNotices(notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  await keptByJobs().executeSql(
    `INSERT INTO glimpse_jobs.mail (person_id, kind, about, code, request_id, actor_id, urgent, due_at)
      SELECT "personId", kind, about, code, "requestId", "actorId", urgent, "dueAt"
      FROM jsonb_to_recordset($1::text::jsonb) AS notice ("personId" uuid, kind text, about text, code text,
        "requestId" uuid, "actorId" uuid, urgent boolean, "dueAt" timestamptz)
      ON CONFLICT (person_id, kind, about) DO NOTHING`,
    [JSON.stringify(notices)],
  );
}

/** Whether something is due that nobody is sending. */
export async function isAnyDue(now: Date): Promise<boolean> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT EXISTS (SELECT FROM glimpse_jobs.mail WHERE state = 'waiting' AND due_at <= $1::timestamptz
        AND (leased_until IS NULL OR leased_until <= $1::timestamptz)) AS due`,
    [now.toISOString()],
  );
  return rows[0]?.["due"] === true;
}

/** So many messages an hour for one person, but for urgent ones: what comes above waits and becomes one of the next. */
const mostInAnHour = 20;

/** Puts what is due for one person into one message, but what is urgent, which goes out alone. */
export async function packDue(now: Date): Promise<void> {
  await keptByJobs().executeSql(
    `WITH due AS (
        SELECT id, person_id, urgent FROM glimpse_jobs.mail w
        WHERE state = 'waiting' AND message IS NULL AND due_at <= $1::timestamptz
          AND (urgent OR $2::integer > (SELECT count(*) FROM glimpse_jobs.mail s
            WHERE s.person_id = w.person_id AND s.state = 'sent' AND s.message = s.id AND NOT s.urgent
              AND s.settled_at > $1::timestamptz - interval '1 hour'))
        ORDER BY id LIMIT 1000 FOR UPDATE
      ), lead AS (
        SELECT person_id, (array_agg(id ORDER BY id))[1] AS id FROM due WHERE NOT urgent GROUP BY person_id
      )
      UPDATE glimpse_jobs.mail m SET message = CASE WHEN due.urgent THEN due.id ELSE lead.id END
      FROM due LEFT JOIN lead ON lead.person_id = due.person_id WHERE m.id = due.id`,
    [now.toISOString(), String(mostInAnHour)],
  );
}

/**
 * Claims the next message that is due, urgent ones first, so that nobody else sends it until the lease is over. The
 * first of its notices stands for all: who locks that has the message. Null when there is none.
 */
export async function claimNext(now: Date, leaseSeconds: number): Promise<Parcel | null> {
  const { rows } = await keptByJobs().executeSql(
    `WITH next AS (
        SELECT id, gen_random_uuid() AS lease FROM glimpse_jobs.mail
        WHERE state = 'waiting' AND message = id AND due_at <= $1::timestamptz
          AND (leased_until IS NULL OR leased_until <= $1::timestamptz)
        ORDER BY urgent DESC, due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
      )
      UPDATE glimpse_jobs.mail m SET lease = next.lease, attempts = attempts + 1,
        leased_until = $1::timestamptz + make_interval(secs => $2::double precision)
      FROM next WHERE m.message = next.id AND m.state = 'waiting'
      RETURNING m.id, m.person_id AS "personId", m.kind, m.about, m.code, m.request_id AS "requestId",
        m.actor_id AS "actorId", m.urgent, m.message, m.lease, m.attempts, m.created_at`,
    [now.toISOString(), String(leaseSeconds)],
  );
  const [first] = rows;
  if (!first) return null;
  const { message, lease, attempts } = first as { message: string; lease: string; attempts: number };
  const byAge = rows.toSorted((one, other) => Number(one["created_at"]) - Number(other["created_at"]));
  return { message, lease, attempts, notices: byAge as unknown as Claimed[] };
}

/** Ends a message that was claimed, all of its notices at once; those that are `gone` were not in it. */
export async function settle(
  { message, lease }: Pick<Parcel, "message" | "lease">,
  how: "sent" | "dropped" | MailFailure,
  gone: readonly string[] = [],
): Promise<void> {
  const failure = how === "sent" || how === "dropped" ? null : how;
  await keptByJobs().executeSql(
    `UPDATE glimpse_jobs.mail SET settled_at = clock_timestamp(), lease = NULL, leased_until = NULL,
        state = CASE WHEN id IN (SELECT jsonb_array_elements_text($3::text::jsonb)::uuid) THEN 'dropped' ELSE $4 END,
        failure = coalesce($5, failure), failed_at = CASE WHEN $5::text IS NULL THEN failed_at ELSE clock_timestamp() END
      WHERE message = $1::uuid AND lease = $2::uuid AND state = 'waiting'`,
    [message, lease, JSON.stringify(gone), failure === null ? how : "failed", failure],
  );
}

/** Gives back what was claimed, to be sent later; a failure is kept with it. */
export async function putOff(
  { message, lease }: Pick<Parcel, "message" | "lease">,
  until: Date,
  failure: MailFailure | null,
): Promise<void> {
  await keptByJobs().executeSql(
    `UPDATE glimpse_jobs.mail SET due_at = $3::timestamptz, lease = NULL, leased_until = NULL,
        failure = coalesce($4, failure), failed_at = CASE WHEN $4::text IS NULL THEN failed_at ELSE clock_timestamp() END
      WHERE message = $1::uuid AND lease = $2::uuid AND state = 'waiting'`,
    [message, lease, until.toISOString(), failure],
  );
}

/** Gives up what nobody would want to read any more, and forgets what is long over. */
export async function tidyOutbox(): Promise<void> {
  await keptByJobs().executeSql(
    `UPDATE glimpse_jobs.mail SET state = 'failed', settled_at = clock_timestamp(), failed_at = clock_timestamp(),
        failure = coalesce(failure, 'too-late')
      WHERE state = 'waiting' AND due_at < clock_timestamp() AND created_at < clock_timestamp() - $1::interval
        AND (leased_until IS NULL OR leased_until < clock_timestamp())`,
    [tooLate],
  );
  await keptByJobs().executeSql(
    "DELETE FROM glimpse_jobs.mail WHERE settled_at < clock_timestamp() - $1::interval",
    [keptFor],
  );
}

export type OutboxCounts = {
  waiting: number;
  oldestAt: string | null;
  failure: string | null;
  failedAt: string | null;
  sentToday: number;
  failedToday: number;
  now: string;
};

/** What waits and is due, since when, and how the last day went. */
export async function countOutbox(): Promise<OutboxCounts> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT (count(*) FILTER (WHERE state = 'waiting' AND (due_at <= clock_timestamp() OR failure IS NOT NULL)))::integer AS waiting,
        min(created_at) FILTER (WHERE state = 'waiting' AND (due_at <= clock_timestamp() OR failure IS NOT NULL)) AS "oldestAt",
        (count(*) FILTER (WHERE state = 'sent' AND settled_at > clock_timestamp() - interval '1 day'))::integer AS "sentToday",
        (count(*) FILTER (WHERE state = 'failed' AND settled_at > clock_timestamp() - interval '1 day'))::integer AS "failedToday",
        clock_timestamp() AS now,
        (SELECT jsonb_build_object('failure', l.failure, 'at', l.failed_at) FROM glimpse_jobs.mail l
          WHERE l.failed_at > clock_timestamp() - interval '1 day' ORDER BY l.failed_at DESC LIMIT 1) AS last
      FROM glimpse_jobs.mail`,
  );
  const row = rows[0] as Omit<OutboxCounts, "oldestAt" | "now"> & {
    oldestAt: Date | null;
    now: Date;
    last: { failure: string; at: string } | null;
  };
  const { last, oldestAt, now, ...counts } = row;
  return {
    ...counts,
    oldestAt: oldestAt?.toISOString() ?? null,
    now: now.toISOString(),
    failure: last?.failure ?? null,
    failedAt: last === null ? null : new Date(last.at).toISOString(),
  };
}
