import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { downloads } from "@/lib/db/schema/downloads";
import { brokenWords, LOST_SECONDS } from "@/lib/downloads/ending";
import type { BrokenWhy, DownloadView } from "@/lib/downloads/view";

/** Whether nothing was heard of a download for so long that it is lost with its instance. */
export const isLost = sql<boolean>`${downloads.beatAt} < clock_timestamp() - make_interval(secs => ${LOST_SECONDS})`;

/**
 * The last downloads of one's own, those that run and what became of others, in the order in which they began: no more than
 * a person has places. Never anybody else's.
 */
export async function listDownloads(ctx: Context): Promise<DownloadView[]> {
  const rows = await ctx.db
    .select({
      id: downloads.id,
      title: downloads.title,
      format: downloads.format,
      state: downloads.state,
      why: downloads.why,
      rows: downloads.rows,
      total: downloads.total,
      share: downloads.share,
      isEnding: sql<boolean>`${downloads.cancelAskedAt} IS NOT NULL`,
      isLost,
      ageSeconds: sql<number>`extract(epoch FROM clock_timestamp() - ${downloads.startedAt})::float8`,
      seconds: sql<number>`extract(epoch FROM coalesce(${downloads.endedAt}, clock_timestamp()) - ${downloads.startedAt})::float8`,
    })
    .from(downloads)
    .where(eq(downloads.personId, ctx.actor.personId))
    .orderBy(asc(downloads.startedAt), asc(downloads.id));
  return rows.map(({ why, isLost: lost, isEnding, ...row }) => {
    const state = row.state === "running" && lost ? ("broken" as const) : row.state;
    const reason = row.state === "running" ? "lost" : why;
    return {
      ...row,
      state,
      isEnding: isEnding && state === "running",
      note: state === "broken" ? brokenWords[reason as BrokenWhy] : null,
    };
  });
}

/** Whether something of one's own is on its way, for a page that has just been loaded. */
export async function hasDownloads(ctx: Context): Promise<boolean> {
  const [one] = await ctx.db
    .select({ id: downloads.id })
    .from(downloads)
    .where(
      and(eq(downloads.personId, ctx.actor.personId), eq(downloads.state, "running"), sql`NOT ${isLost}`),
    )
    .limit(1);
  return one !== undefined;
}
