import "server-only";
import { and, desc, eq, gt, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { requests } from "@/lib/db/schema/requests";

const MOST_REQUESTS = 100;

/** The cells of one table that this person has asked for and nobody has decided yet, newest request first. */
export async function listPendingCells(
  ctx: Context,
  tableId: string,
): Promise<{ records: readonly string[]; columnIds: readonly string[] }[]> {
  if (!rolesAllow(ctx.actor.roles, "request")) return [];
  const rows = await ctx.db
    .select({ records: requests.records, fields: requests.fields })
    .from(requests)
    .where(
      and(
        eq(requests.requesterId, ctx.actor.personId),
        eq(requests.tableId, tableId),
        eq(requests.state, "pending"),
        gt(requests.expiresAt, sql`clock_timestamp()`),
      ),
    )
    .orderBy(desc(requests.number))
    .limit(MOST_REQUESTS);
  return rows.map(({ records, fields }) => ({ records, columnIds: fields.map((field) => field.columnId) }));
}
