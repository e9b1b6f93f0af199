import "server-only";
import { and, arrayContains, asc, eq, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { catalogTables } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { escalations, requests } from "@/lib/db/schema/requests";
import { tableLabel } from "@/lib/requests/table-label";

const MOST = 10;

/** A request of which somebody was told that it waits too long. */
type EscalatedLine = {
  number: number;
  requester: string;
  tableLabel: string;
  fields: readonly string[];
  recordCount: number;
  toldAt: string;
  msLeft: number;
};

/** What still waits of that this person was told of, as long as they may read it: soonest to expire first. */
export async function listEscalated(ctx: Context): Promise<EscalatedLine[]> {
  const { personId, roles } = ctx.actor;
  if (!rolesAllow(roles, "decide") && !rolesAllow(roles, "policies")) return [];
  const rows = await ctx.db
    .select({
      number: requests.number,
      requester: people.name,
      table: { schema: catalogTables.schema, name: catalogTables.name },
      fields: requests.fields,
      recordCount: sql<number>`cardinality(${requests.records})`,
      at: escalations.at,
      msLeft: sql<number>`floor(extract(epoch FROM ${requests.expiresAt} - clock_timestamp()) * 1000)::float8`,
    })
    .from(escalations)
    .innerJoin(requests, eq(requests.id, escalations.requestId))
    .innerJoin(people, eq(people.id, requests.requesterId))
    .innerJoin(catalogTables, eq(catalogTables.id, requests.tableId))
    .where(
      and(
        arrayContains(escalations.toldIds, [personId]),
        eq(escalations.step, requests.waitingStep),
        eq(requests.state, "pending"),
        sql`${requests.expiresAt} > clock_timestamp()`,
      ),
    )
    .orderBy(asc(requests.expiresAt), asc(requests.number))
    .limit(MOST);
  return rows.map(({ table, fields, at, ...row }) => ({
    ...row,
    tableLabel: tableLabel(table),
    fields: fields.map((field) => field.column),
    toldAt: at.toISOString(),
  }));
}
