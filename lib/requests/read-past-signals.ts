import "server-only";
import { eq } from "drizzle-orm";
import { record } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { requests } from "@/lib/db/schema/requests";
import type { RequestSignals } from "@/lib/policies/signals";
import { Refusal } from "@/lib/refusal";

/**
 * What a policy knew of a request of the past, as it was frozen, for those who write policies: not who asked, no reason,
 * no ticket, no record. On record with the request, because they may see nothing else of it.
 */
export async function readPastSignals(ctx: Context, number: number): Promise<RequestSignals> {
  requirePermission(ctx, "policies");
  const [row] = await ctx.db
    .select({ id: requests.id, signals: requests.signals })
    .from(requests)
    .where(eq(requests.number, number));
  // A request of before there were signals has nothing to be tried again.
  if (!row?.signals) throw new Refusal("not-found");
  await record(ctx, { code: "policy.simulated", requestId: row.id, requestNumber: number });
  return row.signals;
}
