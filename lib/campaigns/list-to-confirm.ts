import "server-only";
import { and, asc, desc, eq, isNull, max, min, ne, or, sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import { requirePermission } from "@/lib/auth/require-permission";
import { accessWords, partKey, partWords, type AccessPart } from "@/lib/campaigns/access";
import type { ConfirmCount, DecidedLine, PartView, ToConfirmPage } from "@/lib/campaigns/view";
import { accessCampaigns, accessItems, accessSeats } from "@/lib/db/schema/campaigns";
import { people, sessions } from "@/lib/db/schema/people";

const MOST = 50;
const FEW = 10;

/** The seats of whoever reads: as a manager, and as an admin where no manager can decide. Never one's own access. */
export function seatsOf(person: { personId: string; roles: readonly string[] }): SQL | undefined {
  return and(
    ne(accessSeats.personId, person.personId),
    or(
      eq(accessSeats.managerId, person.personId),
      person.roles.includes("admin") ? isNull(accessSeats.managerId) : undefined,
    ),
  );
}

const mine = ({ actor }: Context) => seatsOf({ personId: actor.personId, roles: actor.roles });

/** The access that waits for this person, the soonest due first, with what they need to know to decide. */
export async function listToConfirm(ctx: Context): Promise<ToConfirmPage> {
  requirePermission(ctx, "home");
  const lastSignIn = ctx.db
    .select({ at: max(sessions.createdAt) })
    .from(sessions)
    .where(eq(sessions.personId, people.id));
  const [rows, decided, [clock]] = await Promise.all([
    ctx.db
      .select({
        id: accessItems.id,
        person: people.name,
        email: people.email,
        managerId: accessSeats.managerId,
        access: sql<AccessPart[]>`access_of(${people.id})`,
        lastSignIn: sql<Date | null>`(${lastSignIn})`.mapWith(people.createdAt),
        grants: sql<number>`(SELECT count(*)::int FROM grants g WHERE g.holder_id = ${people.id}
          AND g.created_at > clock_timestamp() - interval '90 days')`,
        campaign: accessCampaigns.name,
        dueAt: accessCampaigns.dueAt,
        isLate: sql<boolean>`${accessCampaigns.dueAt} <= clock_timestamp()`,
        removesUndecided: accessCampaigns.removeUndecided,
      })
      .from(accessSeats)
      .innerJoin(accessItems, eq(accessItems.id, accessSeats.itemId))
      .innerJoin(accessCampaigns, eq(accessCampaigns.id, accessSeats.campaignId))
      .innerJoin(people, eq(people.id, accessSeats.personId))
      .where(mine(ctx))
      .orderBy(asc(accessCampaigns.dueAt), asc(people.name), asc(accessItems.id))
      .limit(MOST),
    listDecided(ctx),
    ctx.db
      .select({
        now: sql<Date>`clock_timestamp()`.mapWith(people.createdAt),
        waiting: sql<number>`(SELECT count(*)::int FROM ${accessSeats} WHERE ${mine(ctx)})`,
      })
      .from(sql`(SELECT) AS one`),
  ]);
  const items = rows.map(
    ({ managerId, access, lastSignIn: last, campaign, dueAt, isLate, removesUndecided, ...row }) => ({
      ...row,
      as: managerId === null ? ("admin" as const) : ("manager" as const),
      parts: access.map(partView),
      lastSignIn: last?.toISOString() ?? null,
      campaign: { name: campaign, dueAt: dueAt.toISOString(), isLate, removesUndecided },
    }),
  );
  return { items, decided, waiting: clock?.waiting ?? 0, now: (clock?.now ?? new Date(0)).toISOString() };
}

async function listDecided({ db, actor }: Context): Promise<DecidedLine[]> {
  const rows = await db
    .select({
      id: accessItems.id,
      person: people.name,
      decidedAt: accessItems.decidedAt,
      kept: accessItems.kept,
      removed: accessItems.removed,
    })
    .from(accessItems)
    .innerJoin(people, eq(people.id, accessItems.personId))
    .where(eq(accessItems.decidedBy, actor.personId))
    .orderBy(desc(accessItems.decidedAt), asc(accessItems.id))
    .limit(FEW);
  return rows.map(({ decidedAt, kept, removed, ...row }) => ({
    ...row,
    decidedAt: (decidedAt ?? new Date(0)).toISOString(),
    kept: accessWords(kept ?? []),
    removed: removed && removed.length > 0 ? accessWords(removed) : null,
  }));
}

const partView = (part: AccessPart): PartView => ({
  key: partKey(part),
  words: partWords(part),
  since: part.since,
});

/** How many people wait for the confirmation of this one, and until when; null where nobody does. */
export async function countToConfirm(
  db: Context["db"],
  person: { personId: string; roles: readonly string[] },
): Promise<(ConfirmCount & { removesUndecided: boolean }) | null> {
  const [row] = await db
    .select({
      count: sql<number>`count(*)::int`,
      dueAt: min(accessCampaigns.dueAt),
      isLate: sql<boolean>`coalesce(bool_or(${accessCampaigns.dueAt} <= clock_timestamp()), false)`,
      removesUndecided: sql<boolean>`coalesce(bool_or(${accessCampaigns.removeUndecided}), false)`,
    })
    .from(accessSeats)
    .innerJoin(accessCampaigns, eq(accessCampaigns.id, accessSeats.campaignId))
    .where(seatsOf(person));
  if (!row || row.dueAt === null) return null;
  return { ...row, dueAt: row.dueAt.toISOString() };
}

/** Everybody for whose confirmation somebody's access waits at this moment. */
export async function findConfirmers(db: Context["db"]): Promise<string[]> {
  const rows = await db
    .selectDistinct({ id: people.id })
    .from(people)
    .innerJoin(
      accessSeats,
      sql`${accessSeats.personId} <> ${people.id} AND (${accessSeats.managerId} = ${people.id} OR (${accessSeats.managerId} IS NULL
        AND EXISTS (SELECT FROM person_roles r WHERE r.person_id = ${people.id} AND r.role = 'admin')))`,
    )
    .where(eq(people.state, "active"));
  return rows.map(({ id }) => id);
}
