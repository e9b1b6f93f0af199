import "server-only";
import { and, eq } from "drizzle-orm";
import type { Confirmation } from "@/lib/browse/column-view";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { catalogColumns } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";

/** Who confirmed the columns of a table, and when, by the id of the column. */
export async function readConfirmations(
  ctx: Context,
  tableId: string,
): Promise<ReadonlyMap<string, Confirmation>> {
  requirePermission(ctx, "browse");
  const rows = await ctx.db
    .select({ id: catalogColumns.id, by: people.name, at: catalogColumns.confirmedAt })
    .from(catalogColumns)
    .innerJoin(people, eq(people.id, catalogColumns.confirmedBy))
    .where(and(eq(catalogColumns.tableId, tableId), eq(catalogColumns.state, "confirmed")));
  return new Map(rows.flatMap(({ id, by, at }) => (at === null ? [] : [[id, { by, at }] as const])));
}
