import "server-only";
import { and, desc, eq, isNull, max } from "drizzle-orm";
import { tablePath } from "@/lib/browse/addresses";
import type { RecentTable } from "@/lib/browse/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables, sources, tableOpenings } from "@/lib/db/schema/catalogue";

const MOST_RECENT = 6;

/** The tables that this person opened last, newest first. */
export async function listRecentTables(ctx: Context): Promise<RecentTable[]> {
  requirePermission(ctx, "browse");
  const rows = await ctx.db
    .select({
      source: sources.name,
      slug: sources.slug,
      schema: catalogTables.schema,
      name: catalogTables.name,
    })
    .from(tableOpenings)
    .innerJoin(catalogTables, and(eq(catalogTables.id, tableOpenings.tableId), isNull(catalogTables.goneAt)))
    .innerJoin(sources, and(eq(sources.id, catalogTables.sourceId), isNull(sources.removedAt)))
    .where(eq(tableOpenings.personId, ctx.actor.personId))
    .groupBy(sources.id, catalogTables.id)
    .orderBy(desc(max(tableOpenings.openedAt)), catalogTables.id)
    .limit(MOST_RECENT);
  return rows.map(({ source, slug, schema, name }) => ({
    name,
    source,
    href: tablePath({ source: { slug }, schema, name }),
  }));
}
