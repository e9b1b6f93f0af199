import "server-only";
import { and, count, eq, gt, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requests } from "@/lib/db/schema/requests";

/** How many requests wait for this person's decision by the database clock; 0 for those who decide nothing. */
export async function countInbox(ctx: Context): Promise<number> {
  if (!rolesAllow(ctx.actor.roles, "decide")) return 0;
  const [row] = await ctx.db
    .select({ waiting: count() })
    .from(requests)
    .where(
      and(
        eq(requests.state, "pending"),
        gt(requests.expiresAt, sql`clock_timestamp()`),
        sql`${requests.eligibleIds} @> ARRAY[${ctx.actor.personId}]::uuid[]`,
      ),
    );
  return row?.waiting ?? 0;
}
