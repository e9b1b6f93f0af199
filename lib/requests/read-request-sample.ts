import "server-only";
import { eq } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { findTable } from "@/lib/catalog/read-table";
import { requests } from "@/lib/db/schema/requests";
import { isInAudience } from "@/lib/requests/read-seats";
import { readSample } from "@/lib/requests/read-sample";
import type { Sample } from "@/lib/requests/view";

/** So many records are revealed at once. */
export const RECORDS_A_PAGE = 100;

/**
 * The records of a request, masked: the first few for its approvers, all that a grant opens for its requester
 * in pages.
 * Null for everybody else, auditors included: they see what was asked, not the records.
 */
export async function readRequestSample(ctx: Context, number: number, page = 1): Promise<Sample | null> {
  const [row] = await ctx.db
    .select({
      id: requests.id,
      requesterId: requests.requesterId,
      eligibleIds: requests.eligibleIds,
      tableId: requests.tableId,
      fields: requests.fields,
      records: requests.records,
    })
    .from(requests)
    .where(eq(requests.number, number));
  if (!row) return null;
  const mine = row.requesterId === ctx.actor.personId && rolesAllow(ctx.actor.roles, "request");
  const { personId, roles } = ctx.actor;
  const asked = row.eligibleIds.includes(personId) || (await isInAudience(ctx.db, row.id, personId));
  const routed = asked && rolesAllow(roles, "decide");
  if (!mine && !routed) return null;
  const table = await findTable(ctx.db, { tableId: row.tableId }, { includeGone: true });
  if (!table) return { ok: false, words: "The source was removed." };
  const columnIds = row.fields.map((field) => field.columnId);
  if (!mine) return readSample(ctx, table, { records: row.records, columnIds });
  const records = row.records.slice((page - 1) * RECORDS_A_PAGE);
  return readSample(ctx, table, { records, columnIds }, RECORDS_A_PAGE);
}
