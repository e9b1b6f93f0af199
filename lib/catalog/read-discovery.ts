import "server-only";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import type { ChecksView, DiscoveryView } from "@/lib/catalog/view";
import { sources } from "@/lib/db/schema/catalogue";
import { discoveries } from "@/lib/db/schema/discoveries";
import { people } from "@/lib/db/schema/people";
import { jobSchema } from "@/lib/jobs/queues";
import { Refusal } from "@/lib/refusal";

/** How the last discovery of a source stands; null when there was none. */
export async function readDiscovery(ctx: Context, sourceId: string): Promise<DiscoveryView | null> {
  requirePermission(ctx, "catalog");
  const [run] = await ctx.db
    .select({
      state: discoveries.state,
      why: discoveries.why,
      by: people.name,
      tables: sql<number>`cardinality(${discoveries.tables})`,
      done: sql<number>`CASE ${discoveries.state} WHEN 'done' THEN cardinality(${discoveries.tables})
        ELSE (SELECT count(*)::int FROM ${sql.identifier(jobSchema)}.progress p WHERE p.run = ${discoveries.id}) END`,
      failure: discoveries.failure,
      startedAt: discoveries.createdAt,
      endedAt: discoveries.endedAt,
    })
    .from(discoveries)
    .leftJoin(people, eq(people.id, discoveries.startedBy))
    .where(eq(discoveries.sourceId, sourceId))
    .orderBy(desc(discoveries.createdAt))
    .limit(1);
  if (!run) return null;
  return {
    ...run,
    failure: run.failure === null ? null : failureWords(run.failure),
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
  };
}

const failures: Readonly<Record<string, string>> = {
  unreachable: "The source did not answer.",
  timeout: "The source took too long to answer.",
  "too-many-connections": "The source had no free connection.",
  cancelled: "The source stopped answering.",
  "no-right": "The source does not let Glimpse read its structure.",
  "connection-sealed": "The stored connection cannot be opened with this GLIMPSE_KEY.",
  "changed-meanwhile": "The connection was changed meanwhile.",
  "worker-lost":
    "The instances that worked at it ended one after another. An operator should look at their log.",
};

const failureWords = (cause: string) => failures[cause] ?? "The source could not answer.";

/** When a source is compared by itself. */
export async function readChecks(ctx: Context, sourceId: string): Promise<ChecksView> {
  requirePermission(ctx, "catalog");
  const [row] = await ctx.db
    .select({ every: sources.checkEvery, hour: sources.checkHour })
    .from(sources)
    .where(and(eq(sources.id, sourceId), isNull(sources.removedAt)));
  if (!row) throw new Refusal("not-found");
  return row;
}
