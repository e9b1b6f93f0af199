import "server-only";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdSource, holdSteward } from "@/lib/catalog/hold-steward";
import { resourceOf } from "@/lib/catalog/store-structure";
import type { ReadDatabase, WriteTransaction } from "@/lib/db/control-database";
import { forgetSteps } from "@/lib/db/job-database";
import { sources } from "@/lib/db/schema/catalogue";
import { discoveries } from "@/lib/db/schema/discoveries";
import { sendJob } from "@/lib/jobs/run-jobs";
import { Refusal } from "@/lib/refusal";

export type Run = typeof discoveries.$inferSelect;
export type RunWhy = Run["why"];
export type RunLook = Run["look"];

/** A run as it stands; null when there is none of this id. */
export async function readRun(db: ReadDatabase, runId: string): Promise<Run | null> {
  const [run] = await db.select(columns).from(discoveries).where(eq(discoveries.id, runId));
  return run ?? null;
}

const columns = {
  id: discoveries.id,
  sourceId: discoveries.sourceId,
  why: discoveries.why,
  look: discoveries.look,
  state: discoveries.state,
  tables: discoveries.tables,
  startedBy: discoveries.startedBy,
  failure: discoveries.failure,
  createdAt: discoveries.createdAt,
  endedAt: discoveries.endedAt,
};

/** Begins the discovery of a source: it waits for whoever takes the job. One runs for each source at a time. */
export async function startDiscovery(
  ctx: Context,
  { sourceId, why = "asked", look = "all" }: { sourceId: string; why?: RunWhy; look?: RunLook },
): Promise<{ runId: string }> {
  const runId = await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    const [run] = await tx
      .insert(discoveries)
      .values({ sourceId, why, look, state: "waiting", startedBy: ctx.actor.id })
      .onConflictDoNothing()
      .returning({ id: discoveries.id });
    if (!run) throw new Refusal("discovery-running");
    return {
      result: run.id,
      event: { code: "source.discovery_started", resource: resourceOf(source), details: { why, look } },
    };
  });
  await forgetOthers(ctx, sourceId);
  await sendJob("discovery", { id: runId, key: sourceId });
  return { runId };
}

/** Stops the discovery of a source before its next table. What was found so far is kept for whoever resumes it. */
export async function cancelDiscovery(ctx: Context, { sourceId }: { sourceId: string }): Promise<void> {
  await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    if (!(await endLiveRun(tx, sourceId))) throw new Refusal("discovery-over");
    return {
      result: undefined,
      event: { code: "source.discovery_cancelled", resource: resourceOf(source) },
    };
  });
}

/** Goes on with the last discovery of a source, if it was cancelled or failed, with the tables that are not done. */
export async function resumeDiscovery(ctx: Context, { sourceId }: { sourceId: string }): Promise<void> {
  const runId = await recorded(ctx, async (tx) => {
    await holdSteward(tx, ctx);
    const source = await holdSource(tx, sourceId);
    const [last] = await tx
      .select({ id: discoveries.id, state: discoveries.state, tables: discoveries.tables })
      .from(discoveries)
      .where(eq(discoveries.sourceId, sourceId))
      .orderBy(desc(discoveries.createdAt))
      .limit(1);
    if (last?.state !== "cancelled" && last?.state !== "failed") throw new Refusal("discovery-over");
    await tx
      .update(discoveries)
      .set({ state: last.tables.length === 0 ? "waiting" : "asking", failure: null, endedAt: null })
      .where(eq(discoveries.id, last.id));
    return {
      result: last.id,
      event: { code: "source.discovery_resumed", resource: resourceOf(source) },
    };
  });
  await sendJob("discovery", { id: runId, key: sourceId });
}

/** Ends a run with a cause of ours, on record; nothing when it is over already. */
export async function failRun(
  ctx: Context,
  runId: string,
  cause: string,
  code: "source.scan_failed" | "source.discovery_failed" = "source.discovery_failed",
): Promise<void> {
  await ifLive(() =>
    recorded(ctx, async (tx) => {
      const [run] = await tx
        .update(discoveries)
        .set({ state: "failed", failure: cause, endedAt: sql`clock_timestamp()` })
        .where(and(eq(discoveries.id, runId), isNull(discoveries.endedAt)))
        .returning({ sourceId: discoveries.sourceId });
      if (!run) throw new Over();
      const [source] = await tx
        .select({ id: sources.id, name: sources.name })
        .from(sources)
        .where(eq(sources.id, run.sourceId));
      const resource = source ? resourceOf(source) : { sourceId: run.sourceId };
      return { result: undefined, event: { code, resource, details: { cause } } };
    }),
  );
}

/** Rolls a transaction back that came too late: somebody has ended the run meanwhile. */
export class Over extends Error {}

/** Does what only a live run needs; false when it was over. */
export async function ifLive(deed: () => Promise<void>): Promise<boolean> {
  try {
    await deed();
    return true;
  } catch (error) {
    if (error instanceof Over) return false;
    throw error;
  }
}

/** Ends the run of a source that is held, as cancelled; false when none is live. */
export async function endLiveRun(tx: WriteTransaction, sourceId: string): Promise<boolean> {
  const ended = await tx
    .update(discoveries)
    .set({ state: "cancelled", endedAt: sql`clock_timestamp()` })
    .where(and(eq(discoveries.sourceId, sourceId), isNull(discoveries.endedAt)))
    .returning({ id: discoveries.id });
  return ended.length > 0;
}

/**
 * Has the values of tables asked for by a run of a source that is held: by the live one, or by a new one if there are any.
 * Returns the run, null where there is nothing to ask.
 */
export async function askedLater(
  tx: WriteTransaction,
  sourceId: string,
  wanted: { why: RunWhy; look: RunLook; tables: readonly string[]; startedBy: string | null },
): Promise<string | null> {
  if (wanted.tables.length === 0) return null;
  const [run] = await tx
    .insert(discoveries)
    .values({ ...wanted, sourceId, state: "asking", tables: [...wanted.tables] })
    .onConflictDoUpdate({
      target: discoveries.sourceId,
      targetWhere: sql`ended_at IS NULL`,
      // One that has not begun finds them by itself.
      set: {
        tables: sql`CASE ${discoveries.state} WHEN 'waiting' THEN ${discoveries.tables}
          ELSE ARRAY(SELECT DISTINCT unnest(${discoveries.tables} || excluded.tables) ORDER BY 1) END`,
      },
    })
    .returning({ id: discoveries.id });
  return run?.id ?? null;
}

/** What earlier runs of a source had found is of no more use. */
async function forgetOthers(ctx: Context, sourceId: string): Promise<void> {
  const ended = await ctx.db
    .select({ id: discoveries.id })
    .from(discoveries)
    .where(and(eq(discoveries.sourceId, sourceId), sql`${discoveries.endedAt} IS NOT NULL`))
    .orderBy(desc(discoveries.createdAt))
    .limit(5);
  for (const { id } of ended) await forgetSteps(id);
}
