import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import type { WatchedLine } from "@/lib/policies/view";

/** What the rules of a version that only watch would have done, from the rulings that are frozen with its requests. */
export async function readWatched(ctx: Context, version: number): Promise<WatchedLine[]> {
  requirePermission(ctx, "policies");
  return ctx.db
    .select({
      rule: sql<string>`rule`,
      would: sql<WatchedLine["would"]>`would`,
      was: sql<WatchedLine["was"]>`was`,
      requests: sql<number>`count(*)::int`,
    })
    .from(
      sql`(
        SELECT s ->> 'rule' AS rule, s ->> 'would' AS would, r.ruling -> 'outcome' ->> 'kind' AS was
        FROM requests r, jsonb_array_elements(r.ruling -> 'shadow') AS s
        WHERE r.policy_version = ${version} AND r.ruling -> 'shadow' <> '[]'
      ) AS watched`,
    )
    .groupBy(sql`rule`, sql`would`, sql`was`)
    .orderBy(sql`rule`, sql`count(*) DESC`);
}
