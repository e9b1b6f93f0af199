import "server-only";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sessions } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

/** Holds the session of whoever acts until the transaction ends: what is bound to it now ends when it does. */
export async function holdSession(tx: WriteTransaction, ctx: Context): Promise<void> {
  const [session] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        ctx.sessionId === null ? sql`false` : eq(sessions.id, ctx.sessionId),
        eq(sessions.personId, ctx.actor.personId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql`clock_timestamp()`),
      ),
    )
    .for("share");
  if (!session) throw new Refusal("not-signed-in");
}
