import "server-only";
import type { HoursOfWork } from "@/lib/anomalies/activity";
import type { StoredDay } from "@/lib/anomalies/day";
import { keptByJobs } from "@/lib/db/job-database";

/** Counts of one person on one day in UTC, and which part of the log they rest on. */
export type CountedDay = StoredDay & { personId: string; firstSeq: number; lastSeq: number; records: number };

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

/** The first event of each of these days, as far as they were counted before. */
export async function readFirstSeqs(
  days: readonly { personId: string; day: string }[],
): Promise<Map<string, number>> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT k.person_id AS "personId", k.day::text AS day, k.first_seq::text AS "firstSeq"
      FROM glimpse_jobs.activity_days k JOIN jsonb_to_recordset($1::text::jsonb) AS asked ("personId" uuid, day date)
        ON k.person_id = asked."personId" AND k.day = asked.day`,
    [JSON.stringify(days)],
  );
  return new Map(
    rows.map((row) => [`${row["personId"] as string} ${row["day"] as string}`, Number(row["firstSeq"])]),
  );
}

/** Keeps a counted day; one that was counted further already stays. */
export async function keepDay(counted: CountedDay): Promise<void> {
  await keptByJobs().executeSql(
    `INSERT INTO glimpse_jobs.activity_days AS kept (person_id, day, first_seq, last_seq, records, hours)
      VALUES ($1::uuid, $2::text::date, $3::bigint, $4::bigint, $5::integer, $6::text::jsonb)
      ON CONFLICT (person_id, day) DO UPDATE SET first_seq = excluded.first_seq, last_seq = excluded.last_seq,
        records = excluded.records, hours = excluded.hours
      WHERE excluded.last_seq >= kept.last_seq`,
    [
      counted.personId,
      counted.day,
      String(counted.firstSeq),
      String(counted.lastSeq),
      String(counted.records),
      JSON.stringify(counted.hours),
    ],
  );
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
