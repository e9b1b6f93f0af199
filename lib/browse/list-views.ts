import "server-only";
import { and, asc, desc, eq, or, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { tablePath } from "@/lib/browse/addresses";
import { readView, viewQuery } from "@/lib/browse/saved-view";
import type { TableState } from "@/lib/browse/table-state";
import type { SavedView } from "@/lib/browse/view";
import type { CatalogTable } from "@/lib/catalog/table";
import { people } from "@/lib/db/schema/people";
import { savedViews } from "@/lib/db/schema/saved-views";

const MOST_LISTED = 200;

/** The views of a table that this person keeps, and after them those that colleagues share, by name. */
export async function listViews(ctx: Context, table: CatalogTable, state: TableState): Promise<SavedView[]> {
  requirePermission(ctx, "browse");
  const isMine = eq(savedViews.ownerId, ctx.actor.personId);
  const rows = await ctx.db
    .select({
      id: savedViews.id,
      name: savedViews.name,
      query: savedViews.query,
      shared: savedViews.shared,
      isMine: sql<boolean>`${isMine}`,
      owner: people.name,
    })
    .from(savedViews)
    .innerJoin(people, eq(people.id, savedViews.ownerId))
    .where(
      and(
        eq(savedViews.tableId, table.id),
        or(isMine, and(eq(savedViews.shared, true), eq(people.state, "active"))),
      ),
    )
    .orderBy(desc(isMine), sql`lower(${savedViews.name})`, asc(savedViews.id))
    .limit(MOST_LISTED);
  const open = viewQuery(state);
  return rows.map(({ id, name, query, shared, isMine: mine, owner }) => {
    const read = readView(table, query);
    return {
      ...{ id, name, shared },
      href: tablePath(table) + read.query,
      words: read.words,
      leftOut: read.leftOut,
      owner: mine ? null : owner,
      isOpen: open !== "" && read.sound === open,
    };
  });
}
