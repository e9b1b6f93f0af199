import "server-only";
import { record, recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { askedLater } from "@/lib/catalog/discovery-run";
import { holdSource } from "@/lib/catalog/hold-steward";
import { readConnection } from "@/lib/catalog/open-source";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import { storeStructure } from "@/lib/catalog/store-structure";
import { forgetSteps } from "@/lib/db/job-database";
import { sendJob } from "@/lib/jobs/run-jobs";
import { Refusal } from "@/lib/refusal";
import { structureOf } from "@/lib/source/discover";
import { SourceFailure } from "@/lib/source/failure";

/**
 * Compares the catalogue with the structure of a source at once, and hides what is new, changed or gone (law 1). The
 * values of what is new or changed are asked for in the background.
 */
export async function compareSource(ctx: Context, sourceId: string): Promise<void> {
  const { connection, version, revealUser } = await readConnection(ctx.db, sourceId);
  try {
    const schema = await structureOf(connection, revealUser);
    const { runId, tables } = await recorded(ctx, async (tx) => {
      const source = await holdSource(tx, sourceId);
      if (source.version !== version) throw new Refusal("changed-meanwhile");
      const stored = await storeStructure(tx, source, schema, "changed");
      const run = { why: "drift", look: "changed", tables: stored.tables, startedBy: null } as const;
      return {
        result: { runId: await askedLater(tx, sourceId, run), tables: stored.tables },
        event: stored.event,
      };
    });
    if (runId === null) return;
    // A run that had asked them already asks again: they have changed.
    await forgetSteps(runId, tables);
    await sendJob("discovery", { id: runId, key: sourceId });
  } catch (error) {
    if (error instanceof SourceFailure) {
      await record(ctx, {
        code: "source.scan_failed",
        resource: { sourceId },
        details: { cause: error.reason },
      });
    }
    throw sourceRefusal(error);
  }
}
