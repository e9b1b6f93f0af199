import "server-only";
import { and, asc, eq, inArray, isNull, or, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { isPasswordFresh } from "@/lib/auth/fresh-password";
import type { PasskeyNeed } from "@/lib/auth/view";
import { rolesAllow } from "@/lib/auth/permissions";
import { catalogTables, sources } from "@/lib/db/schema/catalogue";
import { grants, requests } from "@/lib/db/schema/requests";
import { msLeft, msToStart, stateAt } from "@/lib/grants/grant";
import { isOpeningSigned } from "@/lib/grants/is-opening-signed";
import { viewsSpent } from "@/lib/grants/count-views";
import type { LiveGrant } from "@/lib/grants/view";
import { STEP_UP_MINUTES } from "@/lib/policies/ruling";

const MOST_GRANTS = 200;

/** The grants of this person that can be opened or are open by the database clock, of one table if it is named. */
export async function listLiveGrants(ctx: Context, only: { tableId?: string } = {}): Promise<LiveGrant[]> {
  if (!rolesAllow(ctx.actor.roles, "reveal")) return [];
  const rows = await ctx.db
    .select({
      id: grants.id,
      number: requests.number,
      tableId: grants.tableId,
      schema: catalogTables.schema,
      table: catalogTables.name,
      slug: sources.slug,
      records: grants.records,
      fields: grants.fields,
      state: grants.state,
      viewSeconds: grants.viewSeconds,
      maxViews: grants.maxViews,
      viewsSpent,
      withSession: grants.withSession,
      notBefore: grants.notBefore,
      activateBy: grants.activateBy,
      endsAt: grants.endsAt,
      asksPassword: sql<boolean>`coalesce(${requests.ruling} -> 'stepUp' = 'true', false)
        AND NOT ${isPasswordFresh(ctx, STEP_UP_MINUTES)}`,
      passkey: sql<PasskeyNeed>`CASE
        WHEN coalesce(${requests.ruling} -> 'passkey' = 'true', false) AND NOT ${isOpeningSigned(ctx, STEP_UP_MINUTES)}
        THEN CASE WHEN EXISTS (SELECT FROM passkeys k WHERE k.person_id = ${ctx.actor.personId}
          AND k.removed_at IS NULL) THEN 'asked' ELSE 'missing' END END`,
      now: sql<Date>`clock_timestamp()`.mapWith(grants.activateBy),
    })
    .from(grants)
    .innerJoin(requests, eq(requests.id, grants.requestId))
    .innerJoin(catalogTables, eq(catalogTables.id, grants.tableId))
    .innerJoin(sources, eq(sources.id, grants.sourceId))
    .where(
      and(
        eq(grants.holderId, ctx.actor.personId),
        inArray(grants.state, ["ready", "active"]),
        // What another session has opened ends with that one, and opens nothing in this.
        or(
          isNull(grants.sessionId),
          ctx.sessionId === null ? undefined : eq(grants.sessionId, ctx.sessionId),
        ),
        only.tableId === undefined ? undefined : eq(grants.tableId, only.tableId),
      ),
    )
    .orderBy(asc(grants.createdAt), asc(grants.id))
    .limit(MOST_GRANTS);
  return rows.flatMap((row) => {
    const state = stateAt(row, row.now);
    if (state !== "ready" && state !== "active") return [];
    return [
      {
        id: row.id,
        requestNumber: row.number,
        tableId: row.tableId,
        tableLabel: row.table,
        tablePath: [row.slug, row.schema, row.table].map(encodeURIComponent).join("/"),
        records: row.records,
        fields: row.fields.map(({ columnId, column, level }) => ({ columnId, name: column, level })),
        state,
        viewSeconds: row.viewSeconds,
        ...{ asksPassword: row.asksPassword, passkey: row.passkey },
        msLeft: msLeft(row, row.now),
        views: row.maxViews === null ? null : { of: row.maxViews, left: row.maxViews - row.viewsSpent },
        startsInMs: msToStart(row, row.now),
        withSession: row.withSession,
        activateMsLeft: state === "ready" ? row.activateBy.getTime() - row.now.getTime() : 0,
      },
    ];
  });
}
