import "server-only";
import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { readInboxPulse } from "@/lib/approvals/list-inbox";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { grants, requests } from "@/lib/db/schema/requests";
import { msLeft, stateAt } from "@/lib/grants/grant";
import { tableLabel } from "@/lib/requests/table-label";
import type { Live } from "@/lib/reveals/view";

const MOST_GRANTS = 200;
const LAST_REQUESTS = 100;

/**
 * How one's own grants stand by the database clock, those that ended within the hour included, and how many
 * requests wait for one's decision. A grant that is not in the answer shows nothing.
 */
export async function readLive(ctx: Context): Promise<Live> {
  const [pulses, inbox, own] = await Promise.all([readPulses(ctx), readInboxPulse(ctx), markOwn(ctx)]);
  return { grants: pulses, inboxCount: inbox.count, mark: `${own} ${inbox.mark}` };
}

/** The mark alone, for a page to read before all else: what changes later makes the page load again. */
export async function readMark(ctx: Context): Promise<string> {
  const [inbox, own] = await Promise.all([readInboxPulse(ctx), markOwn(ctx)]);
  return `${own} ${inbox.mark}`;
}

/** Another text whenever one of one's own last requests has changed, or there is a new one. */
async function markOwn(ctx: Context): Promise<string> {
  const last = ctx.db
    .select({ number: requests.number, version: requests.version })
    .from(requests)
    .where(eq(requests.requesterId, ctx.actor.personId))
    .orderBy(desc(requests.number))
    .limit(LAST_REQUESTS)
    .as("last");
  const [row] = await ctx.db
    .select({ mark: sql<string>`concat(max(${last.number}), '.', sum(${last.version}))` })
    .from(last);
  return row?.mark ?? "";
}

async function readPulses(ctx: Context): Promise<Live["grants"]> {
  // Who lost the role holds nothing any more, whatever the rows say.
  if (!rolesAllow(ctx.actor.roles, "reveal")) return [];
  const rows = await ctx.db
    .select({
      id: grants.id,
      requestNumber: requests.number,
      table: { schema: catalogTables.schema, name: catalogTables.name, slug: sources.slug },
      fieldCount: sql<number>`jsonb_array_length(${grants.fields})`,
      recordCount: sql<number>`cardinality(${grants.records})`,
      state: grants.state,
      activateBy: grants.activateBy,
      endsAt: grants.endsAt,
      now: sql<Date>`clock_timestamp()`.mapWith(grants.activateBy),
    })
    .from(grants)
    .innerJoin(requests, eq(requests.id, grants.requestId))
    .innerJoin(catalogTables, eq(catalogTables.id, grants.tableId))
    .innerJoin(sources, eq(sources.id, grants.sourceId))
    .where(
      and(
        eq(grants.holderId, ctx.actor.personId),
        or(
          inArray(grants.state, ["ready", "active"]),
          sql`${grants.closedAt} > clock_timestamp() - interval '1 hour'`,
        ),
      ),
    )
    .orderBy(desc(grants.createdAt))
    .limit(MOST_GRANTS);
  return rows.map(({ id, requestNumber, table, fieldCount, recordCount, ...row }) => ({
    ...{ id, requestNumber, fieldCount, recordCount },
    tableLabel: tableLabel(table),
    tablePath: [table.slug, table.schema, table.name].map(encodeURIComponent).join("/"),
    state: stateAt(row, row.now),
    msLeft: msLeft(row, row.now),
  }));
}
