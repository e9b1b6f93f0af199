import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { grants } from "@/lib/db/schema/requests";
import { reviews } from "@/lib/db/schema/reviews";
import { tell } from "@/lib/mail/collect-mail";

const most = 500;

/**
 * Keeps notices of what the clock brings about: grants that are about to lapse or to end, reviews whose time is near or
 * over. Asked again and again, it tells each once.
 */
export async function collectDue(ctx: Context, now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const lapsing = ctx.db
    .select({ id: grants.id, requestId: grants.requestId })
    .from(grants)
    .where(
      and(
        eq(grants.state, "ready"),
        sql`${grants.activateBy} > ${at} AND ${grants.activateBy} <= ${at} + interval '30 minutes'`,
        // One that had less than an hour from the start is not news.
        sql`${grants.activateBy} - ${grants.createdAt} >= interval '1 hour'`,
      ),
    )
    .limit(most);
  const ending = ctx.db
    .select({ id: grants.id, requestId: grants.requestId })
    .from(grants)
    .where(
      and(
        eq(grants.state, "active"),
        sql`${grants.endsAt} > ${at} AND ${grants.endsAt} <= ${at} + interval '5 minutes'`,
        sql`${grants.endsAt} - ${grants.activatedAt} >= interval '15 minutes'`,
      ),
    )
    .limit(most);
  const due = ctx.db
    .select({
      requestId: reviews.requestId,
      isLate: sql<boolean>`${reviews.dueAt} <= ${at}`,
    })
    .from(reviews)
    .where(and(isNull(reviews.reviewedAt), sql`${reviews.dueAt} <= ${at} + interval '4 hours'`))
    .limit(most);
  for (const { id, requestId } of await lapsing)
    await tell(ctx, { ...clock, kind: "ending", about: `${id}.lapse`, requestId }, now);
  for (const { id, requestId } of await ending)
    await tell(ctx, { ...clock, kind: "ending", about: `${id}.end`, requestId }, now);
  for (const { requestId, isLate } of await due)
    await tell(
      ctx,
      { ...clock, kind: "review_due", about: `${requestId}.${isLate ? "late" : "soon"}`, requestId },
      now,
    );
}

const clock = { code: null, actorId: null } as const;
