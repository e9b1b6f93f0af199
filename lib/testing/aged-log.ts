import type postgres from "postgres";

/**
 * Another log in place of the one there was, whose events are of these days: written by somebody who may do everything, but
 * hashed and chained as the database does it.
 */
export async function agedLog(
  superuser: postgres.Sql,
  days: readonly (readonly [day: string, count: number])[],
  { everyTenth }: { everyTenth?: string } = {},
): Promise<void> {
  // What this process knows of the log before would be a fault of this one.
  delete (globalThis as { glimpseLog?: unknown }).glimpseLog;
  await superuser.begin(async (sql) => {
    await sql`SET LOCAL session_replication_role = replica`;
    await sql`TRUNCATE audit_events, audit_checkpoints, audit_tile_hashes, audit_publications, audit_forwarding, audit_pruned, audit_retention`;
    await sql`UPDATE audit_head SET size = 0, frontier = '{}'`;
  });
  for (const [day, count] of days) await superuser.unsafe(appendOn(day, count, everyTenth ?? null));
}

/** As the database appends, but on another day. */
const appendOn = (day: string, count: number, named: string | null) => `
DO $$ DECLARE its_size bigint; roots bytea[]; node bytea; width bigint; line text; BEGIN
  FOR i IN 0 .. ${count - 1} LOOP
    SELECT h.size, h.frontier INTO its_size, roots FROM audit_head h;
    line := '{"actor":{"id":null,"kind":"system","name":"Glimpse","roles":[]},"channel":"system","code":"source.scanned","ip":null,"occurredUs":'
      || (extract(epoch FROM '${day}T23:59:00Z'::timestamptz) * 1000000)::bigint + i || ',"outcome":"success","seq":' || its_size || ',"session":null,'
      || CASE WHEN ${named === null ? "false" : "i % 10 = 0"} THEN '"subject":{"id":"${named ?? ""}","name":"Ada"},' ELSE '' END || '"v":1}';
    node := sha256('\\x00'::bytea || convert_to(line, 'UTF8'));
    INSERT INTO audit_events (entry, leaf_hash) VALUES (line, node);
    width := its_size;
    WHILE width % 2 = 1 LOOP
      node := sha256('\\x01'::bytea || roots[cardinality(roots)] || node);
      roots := roots[1 : cardinality(roots) - 1];
      width := width / 2;
    END LOOP;
    UPDATE audit_head SET size = its_size + 1, frontier = roots || node;
  END LOOP;
END $$`;
