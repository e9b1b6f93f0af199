import "server-only";
import { and, isNull, sql } from "drizzle-orm";
import { systemContext } from "@/lib/auth/system-context";
import { failRun, startDiscovery } from "@/lib/catalog/discovery-run";
import { runDiscovery } from "@/lib/catalog/run-discovery";
import { sources } from "@/lib/db/schema/catalogue";
import { discoveries } from "@/lib/db/schema/discoveries";
import type { Send, Worker } from "@/lib/jobs/jobs";
import { jobSchema } from "@/lib/jobs/queues";
import { Refusal } from "@/lib/refusal";
import { SourceFailure } from "@/lib/source/failure";

/** A worker is at a run for so long, well before it would be taken for lost; then the next job goes on. */
const sliceMs = 10_000;

/** The job of a discovery: a slice of it. */
export const workAtDiscovery: Worker = async (runId, stopping) => {
  try {
    const { over } = await runDiscovery(systemContext(), runId, { msAtMost: sliceMs, signal: stopping });
    return over ? "done" : "again";
  } catch (error) {
    // A source that does not answer has ended the run on record: there is nothing to try again.
    const isTold = error instanceof SourceFailure || error instanceof Refusal;
    if (isTold && !stopping.aborted) return "done";
    throw error;
  }
};

/** The job of a run that several workers did not survive. */
export const giveUpDiscovery: Worker = async (runId) => {
  await failRun(systemContext(), runId, "worker-lost");
  return "done";
};

/** Starts what is due by the clock of the control database, and sends jobs for runs that have none. */
export async function tendDiscoveries(send: Send): Promise<void> {
  await startDueChecks();
  await sendLostJobs(send);
}

/** The last moment at which a source was to be compared by itself: each day, or each Monday, at its hour in UTC. */
const dueAt = sql`(SELECT max(at) FROM generate_series(date_trunc('day', clock_timestamp(), 'UTC') - interval '7 days',
    date_trunc('day', clock_timestamp(), 'UTC'), interval '1 day') AS day,
  LATERAL (SELECT day + make_interval(hours => ${sources.checkHour}) AS at) AS moment
  WHERE at <= clock_timestamp()
    AND (${sources.checkEvery} = 'daily' OR extract(isodow FROM at AT TIME ZONE 'UTC') = 1))`;

/** Starts a comparison of each source whose hour has come and that nobody has looked at since. */
export async function startDueChecks(): Promise<void> {
  const ctx = systemContext();
  const due = await ctx.db
    .select({ id: sources.id })
    .from(sources)
    .where(
      and(
        isNull(sources.removedAt),
        sql`${sources.checkEvery} <> 'off' AND ${sources.createdAt} < ${dueAt}`,
        sql`NOT EXISTS (SELECT FROM discoveries d WHERE d.source_id = ${sources.id}
          AND (d.ended_at IS NULL OR d.created_at >= ${dueAt}))`,
      ),
    );
  for (const { id } of due) {
    try {
      await startDiscovery(ctx, { sourceId: id, why: "scheduled", look: "changed" });
    } catch (error) {
      // Another instance was quicker, or the source was removed.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

/** Runs that are live and have no job: they began while nobody served the queue, or their job was lost. */
async function sendLostJobs(send: Send): Promise<void> {
  const { db } = systemContext();
  const lost = await db
    .select({ id: discoveries.id, sourceId: discoveries.sourceId })
    .from(discoveries)
    .where(
      and(
        isNull(discoveries.endedAt),
        sql`${discoveries.createdAt} < clock_timestamp() - interval '30 seconds'`,
        sql`NOT EXISTS (SELECT FROM ${sql.identifier(jobSchema)}.job j WHERE j.name = 'discovery'
          AND j.singleton_key = ${discoveries.sourceId}::text AND j.state < 'completed')`,
      ),
    );
  for (const { id, sourceId } of lost) await send("discovery", { id, key: sourceId });
}
