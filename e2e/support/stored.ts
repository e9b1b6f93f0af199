import type { Sql } from "postgres";

export type StoredEvent = {
  seq: string;
  code: string;
  outcome: string;
  actor: { kind: string; id: string | null };
  details: Record<string, unknown>;
};

/** What a call left behind: the events it added, and every other table that is not as it was. */
export type Effect<T> = { answer: T; events: StoredEvent[]; changed: string[] };

/** What grows with the log, by itself: checkpoints of it and hashes of its tiles among others. */
const log = [
  "audit_events",
  "audit_head",
  "audit_checkpoints",
  "audit_cosignatures",
  "audit_publications",
  "audit_tile_hashes",
];
const MOST_TRIES = 10;

/** Looks at every row of the control database around a call; repeats it when the clock's own work came between. */
export async function effectOf<T>(control: Sql, call: () => Promise<T>): Promise<Effect<T>> {
  for (let attempt = 1; ; attempt++) {
    const before = await fingerprints(control);
    const size = await logSize(control);
    const answer = await call();
    const events = await eventsFrom(control, size);
    const after = await fingerprints(control);
    const changed = [...after.keys()].filter((table) => after.get(table) !== before.get(table));
    const disturbed = events.some(({ actor }) => actor.kind === "system");
    if (!disturbed || attempt === MOST_TRIES) return { answer, events, changed };
  }
}

/** How many events there are. */
export async function logSize(control: Sql): Promise<number> {
  const [head] = await control<{ size: string }[]>`SELECT size FROM audit_head`;
  return Number(head?.size);
}

/** The events from a number on, oldest first. */
export async function eventsFrom(control: Sql, seq: number): Promise<StoredEvent[]> {
  return control<StoredEvent[]>`
    SELECT seq, code, outcome, entry::jsonb -> 'actor' AS actor, coalesce(entry::jsonb -> 'details', '{}') AS details
    FROM audit_events WHERE seq >= ${seq} ORDER BY audit_events.seq`;
}

/** All rows of all tables of the control database as text, the log and its hashes included. */
export async function everythingStored(control: Sql): Promise<{ table: string; text: string }[]> {
  const dumps: { table: string; text: string }[] = [];
  for (const table of await tablesOf(control)) {
    const rows = await control.unsafe<{ row: string }[]>(`SELECT t::text AS row FROM ${table} AS t`);
    dumps.push({ table, text: rows.map(({ row }) => row).join("\n") });
  }
  return dumps;
}

async function fingerprints(control: Sql): Promise<Map<string, string>> {
  // What follows the log by itself is left out too: how far it has been read for mail, and what is counted of it by a job
  // each hour. Jobs are looked at in the table of each queue, which "job" is made of.
  const [looking] = await control<{ table: string }[]>`
    SELECT partition_name AS table FROM glimpse_jobs.queue WHERE name = 'anomalies'`;
  const counted = ["job", "activity_days", "activity_seen", "activity_mark", looking?.table ?? ""];
  const follows = [
    ...log.map((one) => `public.${one}`),
    ...["mail_mark", ...counted].map((one) => `glimpse_jobs.${one}`),
  ];
  const tables = (await tablesOf(control)).filter((table) => !follows.includes(table));
  const parts = tables.map(
    (table) => `SELECT '${table}' AS name, md5(string_agg(r, '' ORDER BY r)) AS sum
      FROM (SELECT md5(t::text) AS r FROM ${table} AS t) AS rows`,
  );
  const rows = await control.unsafe<{ name: string; sum: string | null }[]>(parts.join(" UNION ALL "));
  return new Map(rows.map(({ name, sum }) => [name, sum ?? "empty"]));
}

async function tablesOf(control: Sql): Promise<string[]> {
  const rows = await control<{ name: string }[]>`
    -- The queue notes every few seconds when it tidied up last; jobs and what they found are looked at.
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema'
      AND (schemaname, tablename) <> ('glimpse_jobs', 'version') ORDER BY 1`;
  return rows.map(({ name }) => name);
}
