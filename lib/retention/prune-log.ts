import "server-only";
import { sql } from "drizzle-orm";
import { logSettings } from "@/lib/audit/log-settings";
import { newestCheckpoint } from "@/lib/audit/read-checkpoints";
import { recorded } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";

/** A job ends within this and is followed by another one: who works longer is taken for lost. */
const turnMs = 30_000;

type Pruned = {
  ranges: string[] | null;
  pruned: number;
  days: number | null;
  newest: string | null;
  reached: string | null;
};

/** Says why nothing is committed, and how far was looked. */
class NothingHere extends Error {
  readonly reached: number | null;
  constructor(reached: number | null) {
    super("Nothing of these may be pruned.");
    this.reached = reached;
  }
}

// How far this process has looked: what stays for a hold is not looked at again with every step.
let lookedTo = -1;

/** Whether a period counts, so that there may be something to prune. */
export async function isPruningDue(): Promise<boolean> {
  const { db } = systemContext();
  const [row] = await db
    .select({ days: sql<number | null>`retention_in_force()` })
    .from(sql`(SELECT) AS one`);
  return row !== undefined && row.days !== null;
}

/**
 * Prunes what the period in force lets go, step by step, each with its event in one transaction: what is older, under a
 * checkpoint whose signature this process has checked, acknowledged by every destination, and under no hold. The database
 * checks all but the signature itself.
 */
export async function pruneLog(_: string, stopping: AbortSignal): Promise<"done" | "again"> {
  const { db } = systemContext();
  const newest = await newestCheckpoint(db, logSettings());
  if (!newest) return "done";
  const until = performance.now() + turnMs;
  while (performance.now() < until && !stopping.aborted) {
    const reached = await pruneStep(lookedTo, newest.checkpoint.size);
    if (reached === null) {
      lookedTo = -1;
      return "done";
    }
    lookedTo = reached;
  }
  return "again";
}

/** One step above a number; gives how far it looked, null at the end. */
export async function pruneStep(above: number, below: number): Promise<number | null> {
  try {
    return await recorded(systemContext(), async (tx) => {
      const rows = await tx.execute<Pruned>(sql`SELECT * FROM prune_audit_events(${above}, ${below})`);
      const [step] = rows;
      const reached = step?.reached == null ? null : Number(step.reached);
      if (!step || step.pruned === 0 || step.ranges === null || step.days === null)
        throw new NothingHere(reached);
      const [from] = (step.ranges[0] ?? "").split("-");
      const to = (step.ranges.at(-1) ?? "").split("-")[1];
      return {
        result: reached,
        event: {
          code: "audit.pruned",
          details: {
            from: Number(from),
            to: Number(to),
            pruned: step.pruned,
            ranges: step.ranges,
            days: step.days,
            newest: new Date(step.newest ?? 0).toISOString(),
          },
        },
      };
    });
  } catch (error) {
    if (error instanceof NothingHere) return error.reached;
    throw error;
  }
}
