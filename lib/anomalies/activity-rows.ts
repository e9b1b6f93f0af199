import "server-only";
import { createHash } from "node:crypto";
import type { DaySoFar, HoursOfWork } from "@/lib/anomalies/activity";
import type { StoredDay } from "@/lib/anomalies/day";
import { keptByJobs } from "@/lib/db/job-database";

/**
 * Counts of one person on one day in UTC, which part of the log they rest on, up to which event they were kept before
 * (null: not at all), and the things that were seen.
 */
export type CountedDay = StoredDay &
  DaySoFar & {
    personId: string;
    firstSeq: number;
    lastSeq: number;
    records: number;
    before: number | null;
    seen: ReadonlySet<string>;
  };

/** How far the log has been counted: the number of the last event that was. */
export async function readActivityMark(): Promise<number> {
  const { rows } = await keptByJobs().executeSql("SELECT seq::text FROM glimpse_jobs.activity_mark");
  return Number(rows[0]?.["seq"] ?? -1);
}

/** Moves the mark from where it was seen; of several at once the first does. It never goes back. */
export async function moveActivityMark(from: number, to: number): Promise<void> {
  await keptByJobs().executeSql(
    "UPDATE glimpse_jobs.activity_mark SET seq = $2::bigint WHERE seq = $1::bigint AND $2::bigint > seq",
    [String(from), String(to)],
  );
}

/** Whether the last look is an hour old; whoever is told so takes the turn, of several at once one. */
export async function takeHourlyTurn(): Promise<boolean> {
  const { rows } = await keptByJobs().executeSql(
    `UPDATE glimpse_jobs.activity_mark SET looked_at = clock_timestamp()
      WHERE looked_at < clock_timestamp() - interval '1 hour' RETURNING 1 AS taken`,
  );
  return rows.length > 0;
}

/** How far a day was counted before, with what, and up to which event; null where it was not. */
export async function readDaySoFar(
  personId: string,
  day: string,
): Promise<(DaySoFar & { lastSeq: number }) | null> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT hours, run, last_seq::text AS "lastSeq" FROM glimpse_jobs.activity_days
      WHERE person_id = $1::uuid AND day = $2::text::date`,
    [personId, day],
  );
  const [row] = rows;
  return row
    ? { hours: row["hours"] as HoursOfWork, run: Number(row["run"]), lastSeq: Number(row["lastSeq"]) }
    : null;
}

/** Which of these things were counted before on a day. */
export async function readSeen(
  personId: string,
  day: string,
  things: ReadonlySet<string>,
): Promise<Set<string>> {
  const names = new Map([...things].map((thing) => [nameOf(thing), thing]));
  if (names.size === 0) return new Set();
  const { rows } = await keptByJobs().executeSql(
    `SELECT encode(thing, 'hex') AS thing FROM glimpse_jobs.activity_seen
      WHERE day = $2::text::date AND person_id = $1::uuid
        AND thing IN (SELECT decode(t, 'hex') FROM jsonb_array_elements_text($3::text::jsonb) t)`,
    [personId, day, JSON.stringify([...names.keys()])],
  );
  return new Set(rows.flatMap(({ thing }) => names.get(thing as string) ?? []));
}

/**
 * Keeps a day with the things it saw, at once, where it still stands as it was read, up to `before`: of several that count
 * the same, one does, and the others are told false.
 */
export async function keepDay(counted: CountedDay): Promise<boolean> {
  const { rows } = await keptByJobs().executeSql(
    `WITH kept AS (
      INSERT INTO glimpse_jobs.activity_days AS k (person_id, day, first_seq, last_seq, records, hours, run)
      VALUES ($1::uuid, $2::text::date, $3::bigint, $4::bigint, $5::integer, $6::text::jsonb, $7::integer)
      ON CONFLICT (person_id, day) DO UPDATE SET last_seq = excluded.last_seq, records = excluded.records,
        hours = excluded.hours, run = excluded.run
      WHERE k.last_seq = $8::bigint
      RETURNING k.person_id, k.day
    ), seen AS (
      INSERT INTO glimpse_jobs.activity_seen (day, person_id, thing)
      SELECT kept.day, kept.person_id, decode(t, 'hex') FROM kept, jsonb_array_elements_text($9::text::jsonb) t
      ON CONFLICT DO NOTHING
    )
    SELECT 1 AS kept FROM kept`,
    [
      counted.personId,
      counted.day,
      String(counted.firstSeq),
      String(counted.lastSeq),
      String(counted.records),
      JSON.stringify(counted.hours),
      String(counted.run),
      counted.before === null ? null : String(counted.before),
      JSON.stringify([...counted.seen].map(nameOf)),
    ],
  );
  return rows.length > 0;
}

/** Forgets which things were seen on days before this one: nothing of them is to come. */
export async function forgetSeen(before: string): Promise<void> {
  await keptByJobs().executeSql("DELETE FROM glimpse_jobs.activity_seen WHERE day < $1::text::date", [
    before,
  ]);
}

/** A thing by 16 bytes of its hash, as hex: of one length, and nothing that could be read. */
function nameOf(thing: string): string {
  return createHash("sha256").update(thing).digest("hex").slice(0, 32);
}

/** The counted days of a person between two days in UTC, both included, in order. */
export async function readDays(personId: string, from: string, to: string): Promise<StoredDay[]> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT day::text AS day, hours FROM glimpse_jobs.activity_days
      WHERE person_id = $1::uuid AND day BETWEEN $2::text::date AND $3::text::date ORDER BY day`,
    [personId, from, to],
  );
  return rows.map(({ day, hours }) => ({ day: day as string, hours: hours as HoursOfWork }));
}

/** Records that a person opened, in seven times four weeks up to and including a day, the latest first; how many days are known. */
export async function readBlocks(
  personId: string,
  day: string,
): Promise<{ sums: number[]; knownDays: number }> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT ($2::text::date - day) / 28 AS block, sum(records)::integer AS records,
        $2::text::date - min(day) + 1 AS known
      FROM glimpse_jobs.activity_days
      WHERE person_id = $1::uuid AND day > $2::text::date - 196 AND day <= $2::text::date GROUP BY 1`,
    [personId, day],
  );
  const sums = Array.from({ length: 7 }, () => 0);
  for (const { block, records } of rows) sums[Number(block)] = Number(records);
  return { sums, knownDays: Math.max(0, ...rows.map(({ known }) => Number(known))) };
}

/** Records that these people opened in the four weeks up to a day, of each who has worked for so long. */
export async function readMonths(personIds: readonly string[], day: string): Promise<Map<string, number>> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT person_id AS id, sum(records)::integer AS records FROM glimpse_jobs.activity_days kept
      WHERE person_id IN (SELECT jsonb_array_elements_text($1::text::jsonb)::uuid)
        AND day > $2::text::date - 28 AND day <= $2::text::date
        AND EXISTS (SELECT FROM glimpse_jobs.activity_days older
          WHERE older.person_id = kept.person_id AND older.day <= $2::text::date - 27)
      GROUP BY person_id`,
    [JSON.stringify(personIds), day],
  );
  return new Map(rows.map(({ id, records }) => [id as string, Number(records)]));
}

/** The first and the last day of everybody that is counted, in UTC, and on how many days of the last eight weeks. */
export async function readSpans(): Promise<{ personId: string; first: string; days: number }[]> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT person_id AS "personId", min(day)::text AS first,
        (count(*) FILTER (WHERE day > (clock_timestamp() AT TIME ZONE 'UTC')::date - 56))::integer AS days
      FROM glimpse_jobs.activity_days GROUP BY person_id ORDER BY min(day) DESC, person_id`,
  );
  return rows as { personId: string; first: string; days: number }[];
}
