import "server-only";
import postgres from "postgres";
import { withoutWords } from "@/lib/db/database-failure";
import { env } from "@/lib/env";
import { jobSchema } from "@/lib/jobs/queues";
import { rowsWithoutHoles } from "@/lib/rows-without-holes";

/** What the queue asks of a database. */
type Answer = { rows: Record<string, unknown>[] };
export type JobDatabase = {
  executeSql: (text: string, values?: readonly unknown[]) => Promise<Answer>;
  end: () => Promise<void>;
};

/**
 * Connections for the queue, apart from those of people. What a job has done so far is bookkeeping and no deed, so it is
 * written without an event; deeds of a job go through `recorded` like all others.
 */
export function openJobDatabase(max = 3): JobDatabase {
  const client = postgres(env().databaseUrl, {
    max,
    idle_timeout: 60,
    connect_timeout: 10,
    onnotice: () => {},
    types: { json },
    connection: {
      application_name: "glimpse-jobs",
      role: "glimpse_app",
      statement_timeout: 15_000,
      idle_in_transaction_session_timeout: 30_000,
      TimeZone: "UTC",
    },
  });
  return {
    executeSql: async (text, values = []) => {
      try {
        return values.length === 0
          ? { rows: await alone(client, text) }
          : { rows: [...rowsWithoutHoles(await client.unsafe(text, values.map(orNull)))] };
      } catch (error) {
        throw withoutWords(error);
      }
    },
    end: () => client.end({ timeout: 2 }),
  };
}

/** Several statements in one text begin a transaction of their own: they need a connection that is nobody else's. */
async function alone(client: postgres.Sql, text: string): Promise<Record<string, unknown>[]> {
  const one = await client.reserve();
  try {
    return [...(await one.unsafe(text))];
  } finally {
    one.release();
  }
}

/** The queue hands some documents over as text and some as objects. */
const json = {
  to: 114,
  from: [114, 3802],
  serialize: (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value)),
  parse: (text: string) => JSON.parse(text) as unknown,
};

const orNull = (value: unknown) => (value === undefined ? null : value) as postgres.ParameterOrJSON<never>;

const kept = globalThis as typeof globalThis & { glimpseProgress?: JobDatabase };

/** Connections for what jobs keep: how far a run is, and the messages that wait to be sent. */
export function keptByJobs(): JobDatabase {
  return (kept.glimpseProgress ??= openJobDatabase(2));
}

/** Keeps what one step of a run has found, once: whoever does the step again changes nothing. */
export async function keepStep(run: string, step: string, found: unknown): Promise<void> {
  await keptByJobs().executeSql(
    `INSERT INTO ${jobSchema}.progress (run, step, found) VALUES ($1::uuid, $2, $3::jsonb) ON CONFLICT DO NOTHING`,
    [run, step, found],
  );
}

/** The steps that a run has done, by name. */
export async function doneSteps(run: string): Promise<Map<string, unknown>> {
  const { rows } = await keptByJobs().executeSql(
    `SELECT step, found FROM ${jobSchema}.progress WHERE run = $1::uuid`,
    [run],
  );
  return new Map(rows.map(({ step, found }) => [step as string, found]));
}

/** Forgets steps of a run, all or those that are to be done anew. */
export async function forgetSteps(run: string, steps: readonly string[] | "all" = "all"): Promise<void> {
  await keptByJobs().executeSql(
    `DELETE FROM ${jobSchema}.progress WHERE run = $1::uuid AND ($2::text IS NULL OR step IN (SELECT jsonb_array_elements_text($2::jsonb)))`,
    [run, steps === "all" ? null : JSON.stringify(steps)],
  );
}

/** Closes the connections, for scripts and tests that end. */
export async function closeJobDatabase(): Promise<void> {
  await kept.glimpseProgress?.end();
  delete kept.glimpseProgress;
}
