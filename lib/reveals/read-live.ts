import "server-only";
import { and, desc, eq, inArray, or, sql } from "drizzle-orm";
import { readInboxPulse } from "@/lib/approvals/list-inbox";
import type { Context } from "@/lib/auth/context";
import { rolesAllow } from "@/lib/auth/permissions";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { decisions, grants, requests } from "@/lib/db/schema/requests";
import { msLeft, stateAt } from "@/lib/grants/grant";
import { tableLabel } from "@/lib/requests/table-label";
import type { Live } from "@/lib/reveals/view";

const MOST_GRANTS = 200;
const LAST_REQUESTS = 100;
const LAST_DECIDED = 50;

/**
 * How one's own grants stand by the database clock, those that ended within the hour included, and how many
 * requests wait for one's decision. A grant that is not in the answer shows nothing.
 */
export async function readLive(ctx: Context): Promise<Live> {
  const [pulses, inbox, own, decided] = await Promise.all([
    readPulses(ctx),
    readInboxPulse(ctx),
    markOwn(ctx),
    markDecided(ctx),
  ]);
  return { grants: pulses, inboxCount: inbox.count, mark: `${own} ${inbox.mark} ${decided}` };
}

/** The mark alone, for a page to read before all else: what changes later makes the page load again. */
export async function readMark(ctx: Context): Promise<string> {
  const [inbox, own, decided] = await Promise.all([readInboxPulse(ctx), markOwn(ctx), markDecided(ctx)]);
  return `${own} ${inbox.mark} ${decided}`;
}

/** Another text whenever one of one's own last requests has changed or was spoken of, or there is a new one. */
async function markOwn(ctx: Context): Promise<string> {
  const last = ctx.db
    .select({ number: requests.number, version: requests.version, comments: requests.comments })
    .from(requests)
    .where(eq(requests.requesterId, ctx.actor.personId))
    .orderBy(desc(requests.number))
    .limit(LAST_REQUESTS)
    .as("last");
  const [row] = await ctx.db
    .select({ mark: sql<string>`concat(max(${last.number}), '.', sum(${last.version} + ${last.comments}))` })
    .from(last);
  return row?.mark ?? "";
}

/** Another text whenever one of the requests that this person decided last has changed or was spoken of. */
async function markDecided(ctx: Context): Promise<string> {
  if (!rolesAllow(ctx.actor.roles, "decide")) return "";
  const last = ctx.db
    .select({ requestId: decisions.requestId })
    .from(decisions)
    .where(eq(decisions.approverId, ctx.actor.personId))
    .orderBy(desc(decisions.decidedAt))
    .limit(LAST_DECIDED)
    .as("last");
  const [row] = await ctx.db
    .select({
      mark: sql<string>`coalesce(sum(${requests.number}::bigint * (${requests.version} + ${requests.comments})), 0)::text`,
    })
    .from(last)
    .innerJoin(requests, eq(requests.id, last.requestId));
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
      notBefore: grants.notBefore,
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
