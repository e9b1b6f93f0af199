import "server-only";
import { asc, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { accessWords, type AccessPart } from "@/lib/campaigns/access";
import type { CampaignCounts, CampaignItem, CampaignLine, CampaignView } from "@/lib/campaigns/view";
import { accessCampaigns, accessItems, accessSeats } from "@/lib/db/schema/campaigns";
import { sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { rolesInWords } from "@/lib/people/role";
import { Refusal } from "@/lib/refusal";

const MOST_CAMPAIGNS = 100;
const MOST_ITEMS = 500;

const starter = alias(people, "starter");

const counts = sql<CampaignCounts>`(SELECT jsonb_build_object('people', count(*),
  'open', count(*) FILTER (WHERE state = 'open'), 'confirmed', count(*) FILTER (WHERE state = 'confirmed'),
  'removed', count(*) FILTER (WHERE state = 'removed'), 'lapsed', count(*) FILTER (WHERE state = 'lapsed'),
  'left', count(*) FILTER (WHERE state = 'left'))
  FROM access_items WHERE campaign_id = ${accessCampaigns.id})`;

const columns = {
  id: accessCampaigns.id,
  name: accessCampaigns.name,
  startedBy: starter.name,
  startedAt: accessCampaigns.startedAt,
  dueAt: accessCampaigns.dueAt,
  isDue: sql<boolean>`${accessCampaigns.dueAt} <= clock_timestamp()`,
  endedAt: accessCampaigns.endedAt,
  removesUndecided: accessCampaigns.removeUndecided,
  counts,
};

type Row = Omit<CampaignLine, "startedAt" | "dueAt" | "endedAt"> & {
  startedAt: Date;
  dueAt: Date;
  endedAt: Date | null;
};

const asLine = ({ startedAt, dueAt, endedAt, ...row }: Row): CampaignLine => ({
  ...row,
  startedAt: startedAt.toISOString(),
  dueAt: dueAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
});

/** The campaigns, open ones first, then the latest; for auditors and admins. */
export async function listCampaigns(ctx: Context): Promise<{ lines: CampaignLine[]; now: string }> {
  requirePermission(ctx, "campaigns");
  const [rows, now] = await Promise.all([
    ctx.db
      .select(columns)
      .from(accessCampaigns)
      .innerJoin(starter, eq(starter.id, accessCampaigns.startedBy))
      .orderBy(
        sql`${accessCampaigns.endedAt} IS NOT NULL`,
        desc(accessCampaigns.startedAt),
        asc(accessCampaigns.id),
      )
      .limit(MOST_CAMPAIGNS),
    readNow(ctx),
  ]);
  return { lines: rows.map(asLine), now };
}

/** How a campaign stands and what was decided of each person, those who wait first; for auditors and admins. */
export async function readCampaign(ctx: Context, id: string): Promise<CampaignView> {
  requirePermission(ctx, "campaigns");
  const ender = alias(people, "ender");
  const [row] = await ctx.db
    .select({
      ...columns,
      endedWhy: accessCampaigns.endedWhy,
      endedBy: ender.name,
      endedWords: accessCampaigns.endedWords,
      roles: accessCampaigns.roles,
      sourceIds: accessCampaigns.sourceIds,
    })
    .from(accessCampaigns)
    .innerJoin(starter, eq(starter.id, accessCampaigns.startedBy))
    .leftJoin(ender, eq(ender.id, accessCampaigns.endedBy))
    .where(eq(accessCampaigns.id, id));
  if (!row) throw new Refusal("not-found");
  const { roles, sourceIds, ...line } = row;
  const [items, named, now] = await Promise.all([
    readItems(ctx, id),
    sourceIds.length === 0
      ? []
      : ctx.db.select({ name: sources.name }).from(sources).where(inArray(sources.id, sourceIds)),
    readNow(ctx),
  ]);
  return {
    ...{ ...asLine(line), endedWhy: row.endedWhy, endedBy: row.endedBy, endedWords: row.endedWords },
    scope: scopeWords(
      rolesInWords(roles),
      roles.length,
      named.map(({ name }) => name),
    ),
    items: items.slice(0, MOST_ITEMS),
    more: items.length > MOST_ITEMS,
    now,
  };
}

function scopeWords(roles: string, count: number, named: readonly string[]): string {
  const who = count === 0 ? "Everybody" : `Everybody who is ${roles.toLowerCase().replaceAll(", ", " or ")}`;
  return named.length === 0 ? who : `${who}, and had grants for or owns tables of ${named.join(" or ")}`;
}

async function readItems(ctx: Context, campaignId: string): Promise<CampaignItem[]> {
  const [decider, manager] = [alias(people, "decider"), alias(people, "seat_manager")];
  const rows = await ctx.db
    .select({
      id: accessItems.id,
      person: people.name,
      state: accessItems.state,
      seat: accessSeats.itemId,
      manager: manager.name,
      admins: sql<number>`(SELECT count(*)::int FROM people a JOIN person_roles r ON r.person_id = a.id
        WHERE a.state = 'active' AND r.role = 'admin' AND a.id <> ${people.id})`,
      decidedBy: decider.name,
      decidedAs: accessItems.decidedAs,
      decidedAt: accessItems.decidedAt,
      isLate: sql<boolean>`coalesce(${accessItems.decidedAt} > ${accessCampaigns.dueAt}, false)`,
      words: accessItems.words,
      access: accessItems.access,
      kept: accessItems.kept,
      removed: accessItems.removed,
      held: sql<AccessPart[]>`access_of(${people.id})`,
    })
    .from(accessItems)
    .innerJoin(accessCampaigns, eq(accessCampaigns.id, accessItems.campaignId))
    .innerJoin(people, eq(people.id, accessItems.personId))
    .leftJoin(accessSeats, eq(accessSeats.itemId, accessItems.id))
    .leftJoin(manager, eq(manager.id, accessSeats.managerId))
    .leftJoin(decider, eq(decider.id, accessItems.decidedBy))
    .where(eq(accessItems.campaignId, campaignId))
    .orderBy(sql`${accessItems.state} <> 'open'`, asc(people.name), asc(people.id))
    .limit(MOST_ITEMS + 1);
  return rows.map(
    ({ seat, manager: by, admins, decidedAs, decidedAt, access, kept, removed, held, ...row }) => ({
      ...row,
      waitsFor: seat === null ? null : (by ?? (admins > 0 ? "An admin" : "Nobody")),
      decidedBy: row.decidedBy && decidedAs === "admin" ? `${row.decidedBy}, as an admin` : row.decidedBy,
      decidedAt: decidedAt?.toISOString() ?? null,
      access: accessWords(access),
      kept: kept && accessWords(kept),
      removed: removed && accessWords(removed),
      givenSince: givenSince(held, decidedAt),
    }),
  );
}

/** What somebody was given after it was decided, in words; null where there is nothing. */
export function givenSince(held: readonly AccessPart[], decidedAt: Date | null): string | null {
  const since = decidedAt?.toISOString();
  const later = since === undefined ? [] : held.filter((part) => part.since > since);
  return later.length === 0 ? null : accessWords(later);
}

async function readNow(ctx: Context): Promise<string> {
  const [clock] = await ctx.db
    .select({ now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt) })
    .from(sql`(SELECT) AS one`);
  if (!clock) throw new Error("The clock of the control database could not be read.");
  return clock.now.toISOString();
}

/** The sources that a campaign can be narrowed to. */
export async function listSourceChoices(ctx: Context): Promise<{ id: string; name: string }[]> {
  requirePermission(ctx, "campaigns");
  return ctx.db
    .select({ id: sources.id, name: sources.name })
    .from(sources)
    .where(isNull(sources.removedAt))
    .orderBy(asc(sources.name), asc(sources.id));
}
