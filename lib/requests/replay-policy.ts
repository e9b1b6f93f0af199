import "server-only";
import { and, asc, gt, isNotNull, sql } from "drizzle-orm";
import { z } from "zod";
import { record } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { requests } from "@/lib/db/schema/requests";
import { soundPolicy } from "@/lib/policies/hold-draft";
import { policyNumber } from "@/lib/policies/policy-number";
import { readDocument } from "@/lib/policies/read-document";
import { pressureOf, Replay } from "@/lib/policies/replay";
import type { ReplayResult } from "@/lib/policies/view";
import { Refusal } from "@/lib/refusal";
import { Pace } from "@/lib/requests/keep-pace";

const BATCH = 5_000;

export const replaySchema = z.object({ number: policyNumber });

/** Who has one under way on this instance: it takes turns with everybody else, and many at once would take them all. */
const replaying = new Set<string>();

/**
 * What a policy would have done with every request of the past whose signals were kept, against what was done then.
 * Reads no reason, no ticket and no value; on record, because it looks at everybody's requests. One at a time of one
 * person.
 */
export async function replayPolicy(
  ctx: Context,
  { number }: z.infer<typeof replaySchema>,
  budgetMs = 60_000,
): Promise<ReplayResult> {
  requirePermission(ctx, "policies");
  const { personId } = ctx.actor;
  if (replaying.has(personId)) throw new Refusal("too-fast");
  replaying.add(personId);
  try {
    return await replayAll(ctx, number, budgetMs);
  } finally {
    replaying.delete(personId);
  }
}

async function replayAll(ctx: Context, number: number, budgetMs: number): Promise<ReplayResult> {
  const replay = new Replay(soundPolicy(await readDocument(ctx.db, number)));
  const pace = new Pace(budgetMs);
  for (let after = 0; ;) {
    const rows = await readBatch(ctx, after);
    for (const { signals, ruling, ...row } of rows) {
      if (signals && ruling) replay.add({ ...row, signals, was: pressureOf(ruling.outcome) });
      await pace.step();
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) break;
    after = last.number;
  }
  const result = replay.result();
  const { requests: count, changed } = result;
  await record(ctx, {
    code: "policy.replayed",
    policyVersion: number,
    details: { requests: count, changed },
  });
  return result;
}

async function readBatch(ctx: Context, after: number) {
  return ctx.db
    .select({
      number: requests.number,
      requesterId: requests.requesterId,
      tableId: requests.tableId,
      records: requests.records,
      signals: requests.signals,
      ruling: requests.ruling,
      waitedSeconds: sql<number>`greatest(0, extract(epoch FROM
        coalesce(${requests.decidedAt}, ${requests.expiresAt}) - ${requests.createdAt}))::float8`,
    })
    .from(requests)
    .where(and(gt(requests.number, after), isNotNull(requests.signals)))
    .orderBy(asc(requests.number))
    .limit(BATCH);
}
