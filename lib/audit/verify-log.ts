import "server-only";
import { asc, gte, and, lt } from "drizzle-orm";
import { extend, leafHash, rootHash, type Frontier } from "@/lib/audit/merkle";
import { parseEntry } from "@/lib/audit/sentence";
import { columnThatDiffers } from "@/lib/audit/shown-columns";
import type { IntegrityView } from "@/lib/audit/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { auditEvents, auditHead } from "@/lib/db/schema/audit";

const BATCH = 5000;

const { seq, code, outcome, occurredAt, actorId, sourceId, tableId, requestId, grantId } = auditEvents;
const shownColumns = { seq, code, outcome, occurredAt, actorId, sourceId, tableId, requestId, grantId };

/**
 * Reads the whole log again and rebuilds its Merkle tree: every entry must have the hash it was given, the columns
 * beside it must say what it says, numbers must have no gap, and the root must be the one the head carries. Names the
 * first bad event.
 */
export async function verifyLog(ctx: Context): Promise<IntegrityView> {
  requirePermission(ctx, "audit");
  const started = performance.now();
  const [head] = await ctx.db.select({ size: auditHead.size, frontier: auditHead.frontier }).from(auditHead);
  if (!head) return { intact: false, size: 0, firstBad: 0, why: "The log has no head." };
  const bad = (firstBad: number, why: string): IntegrityView => ({
    intact: false,
    size: head.size,
    firstBad,
    why,
  });
  let tree: Frontier = { size: 0, roots: [] };
  while (tree.size < head.size) {
    const rows = await ctx.db
      .select({ ...shownColumns, entry: auditEvents.entry, leafHash: auditEvents.leafHash })
      .from(auditEvents)
      .where(
        and(gte(auditEvents.seq, tree.size), lt(auditEvents.seq, Math.min(tree.size + BATCH, head.size))),
      )
      .orderBy(asc(auditEvents.seq));
    if (rows.length === 0) return bad(tree.size, "The event is missing.");
    for (const row of rows) {
      if (row.seq !== tree.size) return bad(tree.size, "The event is missing.");
      const leaf = leafHash(row.entry);
      if (!leaf.equals(row.leafHash)) return bad(row.seq, "The event does not have the hash it was given.");
      const differs = columnThatDiffers(row, parseEntry(row.entry));
      if (differs) return bad(row.seq, `Its column ${differs} does not say what its entry says.`);
      tree = extend(tree, leaf);
    }
  }
  const root = rootHash({ size: head.size, roots: head.frontier });
  if (!rootHash(tree).equals(root)) return bad(0, "The events do not add up to the root of the log.");
  return {
    intact: true,
    size: head.size,
    root: root.toString("hex"),
    tookMs: Math.round(performance.now() - started),
  };
}
