import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { OwnLapse } from "@/lib/campaigns/view";
import type { Context } from "@/lib/auth/context";
import { accessCampaigns, accessSeats } from "@/lib/db/schema/campaigns";
import { people } from "@/lib/db/schema/people";

/** Of whom a campaign takes away at its end what they may do, unless somebody decides before. */
export async function findLapsing(db: Context["db"], campaignId: string): Promise<string[]> {
  const rows = await db
    .select({ id: accessSeats.personId })
    .from(accessSeats)
    .innerJoin(accessCampaigns, eq(accessCampaigns.id, accessSeats.campaignId))
    .where(and(eq(accessSeats.campaignId, campaignId), eq(accessCampaigns.removeUndecided, true)));
  return rows.map(({ id }) => id);
}

/** When the access of this person goes by itself, the soonest of several, and who can say before that it stays; null for never. */
export async function readLapse(db: Context["db"], personId: string): Promise<OwnLapse | null> {
  const manager = alias(people, "manager");
  const [row] = await db
    .select({
      dueAt: accessCampaigns.dueAt,
      waitsFor: manager.name,
      isSoon: sql<boolean>`${accessCampaigns.dueAt} <= clock_timestamp() + interval '7 days'`,
    })
    .from(accessSeats)
    .innerJoin(accessCampaigns, eq(accessCampaigns.id, accessSeats.campaignId))
    .leftJoin(manager, eq(manager.id, accessSeats.managerId))
    .where(and(eq(accessSeats.personId, personId), eq(accessCampaigns.removeUndecided, true)))
    .orderBy(asc(accessCampaigns.dueAt))
    .limit(1);
  return row ? { ...row, dueAt: row.dueAt.toISOString() } : null;
}
