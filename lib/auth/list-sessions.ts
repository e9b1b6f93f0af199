import "server-only";
import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { deviceInWords } from "@/lib/auth/device";
import { sessions } from "@/lib/db/schema/people";

const MOST = 50;

/** The live sessions of the person who asks, newest first. */
export async function listOwnSessions(ctx: Context) {
  const rows = await ctx.db
    .select({
      id: sessions.id,
      ip: sessions.ip,
      userAgent: sessions.userAgent,
      createdAt: sessions.createdAt,
      expiresAt: sessions.expiresAt,
      now: sql<Date>`clock_timestamp()`.mapWith(sessions.createdAt),
    })
    .from(sessions)
    .where(
      and(
        eq(sessions.personId, ctx.actor.personId),
        isNull(sessions.endedAt),
        gt(sessions.expiresAt, sql`clock_timestamp()`),
      ),
    )
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
    .limit(MOST);
  const lines = rows.map(({ id, ip, userAgent, createdAt, expiresAt }) => ({
    id,
    isThis: id === ctx.sessionId,
    device: deviceInWords(userAgent),
    ip,
    startedAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
  return { lines, now: (rows[0]?.now ?? new Date(0)).toISOString() };
}
