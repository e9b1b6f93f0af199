import "server-only";
import { and, asc, eq, isNull } from "drizzle-orm";
import { treeOf, type TreeTable } from "@/lib/browse/tree";
import type { TreeSource } from "@/lib/browse/view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";

/** Sources, schemas and tables as the tree beside a table shows them, by name; what is gone is left out. */
export async function listTree(ctx: Context): Promise<TreeSource[]> {
  requirePermission(ctx, "browse");
  const rows = await ctx.db
    .select({
      source: sources.name,
      slug: sources.slug,
      schema: catalogTables.schema,
      name: catalogTables.name,
      kind: catalogTables.kind,
      parent: catalogTables.parent,
      rows: catalogTables.rowEstimate,
      readable: catalogTables.readable,
    })
    .from(sources)
    .leftJoin(catalogTables, and(eq(catalogTables.sourceId, sources.id), isNull(catalogTables.goneAt)))
    .where(isNull(sources.removedAt))
    .orderBy(asc(sources.name), asc(catalogTables.schema), asc(catalogTables.name));
  return treeOf(rows as TreeTable[]);
}
