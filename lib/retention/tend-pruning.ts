import "server-only";
import type { Send } from "@/lib/jobs/jobs";
import { isPruningDue } from "@/lib/retention/prune-log";

const everyMs = 3_600_000;

let lookedAt = Number.NEGATIVE_INFINITY;

/** Once an hour puts a job into the queue that prunes the log, where a period counts. */
export async function tendPruning(send: Send): Promise<void> {
  if (performance.now() - lookedAt < everyMs) return;
  if (await isPruningDue()) await send("audit-prune", { id: "audit", key: "audit-prune" });
  lookedAt = performance.now();
}
