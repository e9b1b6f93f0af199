import "server-only";
import PgBoss from "pg-boss";
import type postgres from "postgres";
import { jobSchema, queues } from "@/lib/jobs/queues";

/**
 * Makes the tables in which jobs wait, or brings them up to date, as the owner: the application may fill and empty them,
 * and make none. Safe to run again.
 */
export async function installJobs(owner: postgres.Sql): Promise<void> {
  const [there] = await owner<{ version: string | null }[]>`
    SELECT to_regclass(${`${jobSchema}.version`})::text AS version`;
  if (there?.version == null) await owner.unsafe(PgBoss.getConstructionPlans(jobSchema));
  else await bringUpToDate(owner);
  for (const { name, ...rules } of queues) {
    await owner`SELECT ${owner(jobSchema)}.create_queue(${name}, ${JSON.stringify(rules)}::text::json)`;
  }
  await owner.unsafe(`
    CREATE TABLE IF NOT EXISTS ${jobSchema}.progress (
      run uuid NOT NULL, step text NOT NULL, found jsonb, kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      PRIMARY KEY (run, step));
    GRANT USAGE ON SCHEMA ${jobSchema} TO glimpse_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${jobSchema} TO glimpse_app;
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${jobSchema} FROM PUBLIC`);
}

async function bringUpToDate(owner: postgres.Sql): Promise<void> {
  const [is] = await owner<{ version: number }[]>`SELECT version FROM ${owner(`${jobSchema}.version`)}`;
  const wanted = /INSERT INTO \w+\.version\(version\) VALUES \('(\d+)'\)/u.exec(
    PgBoss.getConstructionPlans(jobSchema),
  )?.[1];
  if (is === undefined || wanted === undefined || is.version >= Number(wanted)) return;
  await owner.unsafe(PgBoss.getMigrationPlans(jobSchema, String(is.version)));
}
