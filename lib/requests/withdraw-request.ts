import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { Refusal } from "@/lib/refusal";
import { requestStateAt } from "@/lib/requests/request";

/** Takes back a request of one's own that still waits; of a withdrawal and a decision at once, one wins. */
export async function withdrawRequest(ctx: Context, requestId: string): Promise<{ number: number }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "request");
    const mine = and(eq(requests.id, requestId), eq(requests.requesterId, ctx.actor.personId));
    const [row] = await tx
      .update(requests)
      .set({ state: "withdrawn", version: sql`${requests.version} + 1`, decidedAt: sql`clock_timestamp()` })
      .where(and(mine, eq(requests.state, "pending"), sql`${requests.expiresAt} > clock_timestamp()`))
      .returning({ number: requests.number, sourceId: requests.sourceId, tableId: requests.tableId });
    if (!row) throw await whyNot(tx, requestId, ctx.actor.personId);
    return {
      result: { number: row.number },
      event: {
        code: "request.withdrawn",
        requestId,
        requestNumber: row.number,
        resource: { sourceId: row.sourceId, tableId: row.tableId },
      },
    };
  });
}

async function whyNot(tx: WriteTransaction, requestId: string, personId: string): Promise<Refusal> {
  const [row] = await tx
    .select({
      state: requests.state,
      expiresAt: requests.expiresAt,
      closedWhy: requests.closedWhy,
      now: sql<Date>`clock_timestamp()`.mapWith(requests.expiresAt),
    })
    .from(requests)
    .where(and(eq(requests.id, requestId), eq(requests.requesterId, personId)));
  if (!row) return new Refusal("not-found");
  if (requestStateAt(row, row.now) !== "expired") return new Refusal("already-decided");
  return new Refusal(row.closedWhy === null ? "request-expired" : "request-closed");
}
