import "server-only";
import { checkEvents, readHead } from "@/lib/audit/check-events";
import { GrowingTree } from "@/lib/audit/merkle";
import type { IntegrityView } from "@/lib/audit/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";

/**
 * Reads the whole log again and rebuilds its Merkle tree: every entry must have the hash it was given, the columns
 * beside it must say what it says, numbers must have no gap, and the root must be the one the head carries. Names the
 * first bad event.
 */
export async function verifyLog(ctx: Context): Promise<IntegrityView> {
  requirePermission(ctx, "audit");
  const started = performance.now();
  const head = await readHead(ctx.db);
  if (!head) return { intact: false, size: 0, firstBad: 0, why: "The log has no head." };
  const bad = (firstBad: number, why: string): IntegrityView => ({
    intact: false,
    size: head.size,
    firstBad,
    why,
  });
  const tree = new GrowingTree();
  const found = await checkEvents(ctx.db, tree, head.size);
  if ("why" in found) return bad(found.firstBad ?? 0, found.why);
  if (!tree.root().equals(head.root)) return bad(0, "The events do not add up to the root of the log.");
  return {
    intact: true,
    size: head.size,
    root: head.root.toString("hex"),
    tookMs: Math.round(performance.now() - started),
  };
}
