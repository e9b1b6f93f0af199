import "server-only";
import { and, eq } from "drizzle-orm";
import { record, recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import type { CatalogTable } from "@/lib/catalog/table";
import { tableOpenings } from "@/lib/db/schema/catalogue";

/** Puts on record that somebody opened a table: once per session and table, before any of its rows are shown. */
export async function openTable(ctx: Context, table: CatalogTable): Promise<void> {
  requirePermission(ctx, "browse");
  const { sessionId, actor } = ctx;
  const event = {
    code: "browse.table_opened",
    resource: {
      sourceId: table.source.id,
      source: table.source.name,
      tableId: table.id,
      table: `${table.schema}.${table.name}`,
    },
  } as const;
  if (sessionId === null) return record(ctx, event);
  const opening = `${sessionId} ${table.id}`;
  if (onRecord.has(opening)) return;
  const [known] = await ctx.db
    .select({ tableId: tableOpenings.tableId })
    .from(tableOpenings)
    .where(and(eq(tableOpenings.sessionId, sessionId), eq(tableOpenings.tableId, table.id)));
  if (known) return remember(opening);
  await recorded(ctx, async (tx) => {
    const inserted = await tx
      .insert(tableOpenings)
      .values({ sessionId, tableId: table.id, personId: actor.personId })
      .onConflictDoNothing()
      .returning({ tableId: tableOpenings.tableId });
    // Another tab of the session was first: there is nothing to record a second time.
    if (inserted.length === 0) throw new OpenedMeanwhile();
    return { result: undefined, event };
  }).catch((error: unknown) => {
    if (!(error instanceof OpenedMeanwhile)) throw error;
  });
  remember(opening);
}

/** Openings that are on record for certain: an opening is never taken back, so that nobody need ask again. */
const onRecord = new Set<string>();
const mostRemembered = 10_000;

function remember(opening: string): void {
  if (onRecord.size >= mostRemembered) onRecord.clear();
  onRecord.add(opening);
}

class OpenedMeanwhile extends Error {}
