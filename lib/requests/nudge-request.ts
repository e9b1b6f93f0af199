import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { requests } from "@/lib/db/schema/requests";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { findRequest } from "@/lib/requests/find-request";
import { readStanding } from "@/lib/requests/read-standing";
import { reminderEvent } from "@/lib/requests/reminder-event";
import { requestStateAt } from "@/lib/requests/request";
import { minutesToNudge } from "@/lib/requests/waiting";

export const nudgeSchema = z.object({ requestId: idInput() });

/** Reminds those who may decide a request of one's own, once in as many minutes as its policy says. */
export async function nudgeRequest(
  ctx: Context,
  { requestId }: z.infer<typeof nudgeSchema>,
): Promise<{ number: number; reminded: number }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "request");
    const mine = and(eq(requests.id, requestId), eq(requests.requesterId, ctx.actor.personId));
    const [held] = await tx.select({ id: requests.id }).from(requests).where(mine).for("update");
    // A second statement: of two at once, the second sees the reminder of the first.
    const found = held && (await findRequest(tx, eq(requests.id, held.id)));
    if (!found) throw new Refusal("not-found");
    const { request, now } = found;
    const state = requestStateAt(request, now);
    if (state !== "pending") throw new Refusal(state === "expired" ? "request-expired" : "already-decided");
    if (minutesToNudge(request, now) > 0) throw new Refusal("reminded-lately");
    await tx
      .update(requests)
      .set({ nudgedAt: sql`clock_timestamp()`, remindedAt: sql`clock_timestamp()` })
      .where(eq(requests.id, request.id));
    const standing = await readStanding(tx, found);
    return {
      result: { number: request.number, reminded: standing.people.length },
      event: reminderEvent(found, standing, "nudge"),
    };
  });
}
