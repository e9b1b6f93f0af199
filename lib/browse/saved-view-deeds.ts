import "server-only";
import { and, count, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { tablePath } from "@/lib/browse/addresses";
import { viewQuery } from "@/lib/browse/saved-view";
import { parseTableState } from "@/lib/browse/table-state";
import { holdCatalogue } from "@/lib/catalog/hold-catalogue";
import { findTable } from "@/lib/catalog/read-table";
import type { CatalogTable } from "@/lib/catalog/table";
import type { WriteTransaction } from "@/lib/db/control-database";
import { savedViews } from "@/lib/db/schema/saved-views";
import { idInput } from "@/lib/id-input";
import { nameInput } from "@/lib/people/person-input";
import { Refusal } from "@/lib/refusal";
import { searchParamsOf } from "@/lib/web/search-params";

export const MOST_VIEWS = 50;
const LONGEST_QUERY = 8_000;

const name = nameInput.max(60, "Use 60 characters or fewer.");
/** A checkbox of a form: not there when it is not ticked. */
const shared = z
  .literal("on")
  .optional()
  .transform((ticked) => ticked === "on");

export const keepSchema = z.object({
  tableId: idInput(),
  query: z.string().max(LONGEST_QUERY),
  name,
  shared,
});
export const changeSchema = z.object({ viewId: idInput(), name, shared });
export const removeSchema = z.object({ viewId: idInput() });

/**
 * Keeps what the address of a table page says, so far as it is sound at this moment: nothing but clear columns is
 * filtered or sorted by in it. Returns the address of the view.
 */
export async function keepView(ctx: Context, input: z.infer<typeof keepSchema>): Promise<{ href: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "browse");
    const ownerId = ctx.actor.personId;
    await holdShelf(tx, ownerId, input.tableId);
    await holdCatalogue(tx, input.tableId);
    const table = await findTable(tx, { tableId: input.tableId });
    if (!table) throw new Refusal("not-found");
    const state = parseTableState(table, searchParamsOf(new URLSearchParams(input.query)));
    const query = viewQuery(state);
    if (query === "" || query.length > LONGEST_QUERY)
      throw new Refusal("bad-input", {
        name: query === "" ? "There is nothing to save." : "It is too long.",
      });
    await refuseFull(tx, ownerId, table);
    const kept = await tx
      .insert(savedViews)
      .values({ tableId: table.id, ownerId, name: input.name, query, shared: input.shared })
      .onConflictDoNothing()
      .returning({ id: savedViews.id });
    if (kept.length === 0) throw nameTaken();
    return { result: { href: tablePath(table) + query }, event: viewEvent("view.saved", table, input) };
  });
}

/** Renames a view of one's own, shares it or keeps it to oneself; somebody else's looks as if there were none. */
export async function changeView(
  ctx: Context,
  input: z.infer<typeof changeSchema>,
): Promise<{ href: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "browse");
    const table = await tableOfOwnView(tx, ctx, input.viewId);
    await holdShelf(tx, ctx.actor.personId, table.id);
    if (await isTaken(tx, ctx, table, input)) throw nameTaken();
    const changed = await tx
      .update(savedViews)
      .set({ name: input.name, shared: input.shared })
      .where(own(ctx, input.viewId))
      .returning({ id: savedViews.id });
    if (changed.length === 0) throw new Refusal("not-found");
    return { result: { href: viewsPath(table) }, event: viewEvent("view.changed", table, input) };
  });
}

/** Removes a view of one's own; somebody else's looks as if there were none. Returns its name. */
export async function removeView(
  ctx: Context,
  { viewId }: z.infer<typeof removeSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "browse");
    const table = await tableOfOwnView(tx, ctx, viewId);
    const [removed] = await tx
      .delete(savedViews)
      .where(own(ctx, viewId))
      .returning({ name: savedViews.name, shared: savedViews.shared });
    if (!removed) throw new Refusal("not-found");
    return { result: removed, event: viewEvent("view.removed", table, removed) };
  });
}

const viewsPath = (table: CatalogTable) => `${tablePath(table)}/views`;

const own = (ctx: Context, viewId: string) =>
  and(eq(savedViews.id, viewId), eq(savedViews.ownerId, ctx.actor.personId));

const nameTaken = () => new Refusal("bad-input", { name: "You have a view of this name here." });

/** Two views that one person saves at once are counted, and named, one after the other. */
async function holdShelf(tx: WriteTransaction, ownerId: string, tableId: string): Promise<void> {
  await tx.execute(
    sql`SELECT pg_advisory_xact_lock(hashtextextended(${`glimpse views ${ownerId} ${tableId}`}, 0))`,
  );
}

async function refuseFull(tx: WriteTransaction, ownerId: string, table: CatalogTable): Promise<void> {
  const [row] = await tx
    .select({ kept: count() })
    .from(savedViews)
    .where(and(eq(savedViews.ownerId, ownerId), eq(savedViews.tableId, table.id)));
  if ((row?.kept ?? 0) >= MOST_VIEWS) throw new Refusal("too-many-views");
}

async function isTaken(
  tx: WriteTransaction,
  ctx: Context,
  table: CatalogTable,
  view: { viewId: string; name: string },
): Promise<boolean> {
  const others = await tx
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(
      and(
        eq(savedViews.ownerId, ctx.actor.personId),
        eq(savedViews.tableId, table.id),
        sql`lower(${savedViews.name}) = lower(${view.name})`,
      ),
    );
  return others.some(({ id }) => id !== view.viewId);
}

/** The table of a view, which may be gone from its source: then the view can still be renamed or removed. */
async function tableOfOwnView(tx: WriteTransaction, ctx: Context, viewId: string): Promise<CatalogTable> {
  const [row] = await tx.select({ tableId: savedViews.tableId }).from(savedViews).where(own(ctx, viewId));
  const table = row && (await findTable(tx, { tableId: row.tableId }, { includeGone: true }));
  if (!table) throw new Refusal("not-found");
  return table;
}

/** The name and whom it is for; not what it filters by. */
function viewEvent(
  code: "view.saved" | "view.changed" | "view.removed",
  table: CatalogTable,
  view: { name: string; shared: boolean },
): AuditEvent {
  return {
    code,
    resource: {
      sourceId: table.source.id,
      source: table.source.name,
      tableId: table.id,
      table: `${table.schema}.${table.name}`,
    },
    details: { name: view.name, shared: view.shared },
  };
}
