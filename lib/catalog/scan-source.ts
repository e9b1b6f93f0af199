import "server-only";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { addSource, type AddedSource, type NewSource } from "@/lib/catalog/add-source";
import { startDiscovery, type RunLook } from "@/lib/catalog/discovery-run";
import { runDiscovery } from "@/lib/catalog/run-discovery";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import type { Scanned } from "@/lib/catalog/store-structure";

/** The discovery of a source from its start to its end, for callers who can wait: the command line, set-up of tests. */
export async function scanSource(
  ctx: Context,
  { sourceId, look = "all" }: { sourceId: string; look?: RunLook },
): Promise<Scanned> {
  if (ctx.actor.kind !== "system") requirePermission(ctx, "catalog");
  const { runId } = await startDiscovery(ctx, { sourceId, look });
  try {
    const { scanned } = await runDiscovery(ctx, runId);
    if (scanned === null) throw new Error("Somebody else has taken this run.");
    return scanned;
  } catch (error) {
    throw sourceRefusal(error);
  }
}

/** Adds a source and looks at all of its values, for callers who can wait. */
export async function addWholeSource(ctx: Context, wanted: NewSource): Promise<AddedSource> {
  const added = await addSource(ctx, wanted);
  if (added.runId === null) return added;
  try {
    await runDiscovery(ctx, added.runId);
  } catch (error) {
    throw sourceRefusal(error);
  }
  return added;
}
