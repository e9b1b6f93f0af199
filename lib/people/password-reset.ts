import "server-only";
import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { oneTimeLinks, people } from "@/lib/db/schema/people";

const TOLD_DAYS = 30;

/** The latest new-password link that somebody else made for this person in 30 days, used or not; null for none. */
export async function readPasswordReset(ctx: Context): Promise<{ by: string; at: string } | null> {
  const [link] = await ctx.db
    .select({ by: people.name, at: oneTimeLinks.createdAt })
    .from(oneTimeLinks)
    .innerJoin(people, eq(people.id, oneTimeLinks.resetById))
    .where(
      and(
        eq(oneTimeLinks.personId, ctx.actor.personId),
        isNotNull(oneTimeLinks.resetById),
        sql`${oneTimeLinks.createdAt} > clock_timestamp() - make_interval(days => ${TOLD_DAYS})`,
      ),
    )
    .orderBy(desc(oneTimeLinks.createdAt))
    .limit(1);
  return link ? { by: link.by, at: link.at.toISOString() } : null;
}
