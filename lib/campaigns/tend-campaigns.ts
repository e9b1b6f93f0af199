import "server-only";
import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { partKey, partWords, remindersDue, type AccessPart } from "@/lib/campaigns/access";
import { endCampaign } from "@/lib/campaigns/end-campaign";
import { readAccess, takeAccess } from "@/lib/campaigns/take-access";
import type { WriteTransaction } from "@/lib/db/control-database";
import { accessCampaigns, accessItems } from "@/lib/db/schema/campaigns";
import { people } from "@/lib/db/schema/people";
import { hasAdmin, onePeopleChange } from "@/lib/people/admins";

type Open = Pick<
  typeof accessCampaigns.$inferSelect,
  "id" | "name" | "startedAt" | "dueAt" | "removeUndecided" | "reminders"
> & { now: Date; decidable: number; open: number };

/**
 * Does what is due in every open campaign: reminds, removes what nobody decided where its start said so, sets aside the
 * items of people who left, and ends it. Safe to run anywhere, at any time, again.
 */
export async function tendCampaigns(): Promise<void> {
  const ctx = systemContext();
  for (const campaign of await readOpen(ctx)) {
    const isDue = campaign.now >= campaign.dueAt;
    if (isDue && campaign.removeUndecided) await removeUndecided(ctx, campaign);
    else if (campaign.decidable > 0) await remindOf(ctx, campaign);
    // Where it removes, those who are disabled wait for its end: nobody keeps theirs by being away until then.
    else if (!campaign.removeUndecided || campaign.open === 0) {
      await setAsideLeavers(ctx, campaign);
      await finish(ctx, campaign, "decided");
    }
  }
}

/** `decidable` counts the open items of people who are still here, `open` all of them. */
async function readOpen(ctx: Context): Promise<Open[]> {
  return ctx.db
    .select({
      id: accessCampaigns.id,
      name: accessCampaigns.name,
      startedAt: accessCampaigns.startedAt,
      dueAt: accessCampaigns.dueAt,
      removeUndecided: accessCampaigns.removeUndecided,
      reminders: accessCampaigns.reminders,
      now: sql<Date>`clock_timestamp()`.mapWith(accessCampaigns.dueAt),
      decidable: sql<number>`(SELECT count(*)::int FROM access_items i JOIN people p ON p.id = i.person_id
        WHERE i.campaign_id = access_campaigns.id AND i.state = 'open' AND p.state <> 'disabled')`,
      open: sql<number>`(SELECT count(*)::int FROM access_items i
        WHERE i.campaign_id = access_campaigns.id AND i.state = 'open')`,
    })
    .from(accessCampaigns)
    .where(isNull(accessCampaigns.endedAt))
    .orderBy(asc(accessCampaigns.dueAt), asc(accessCampaigns.id));
}

type Item = { id: string; person: { id: string; name: string } };

async function openItems(
  db: Pick<Context["db"], "select">,
  campaignId: string,
  whose?: "left",
): Promise<Item[]> {
  return db
    .select({ id: accessItems.id, person: { id: people.id, name: people.name } })
    .from(accessItems)
    .innerJoin(people, eq(people.id, accessItems.personId))
    .where(
      and(
        eq(accessItems.campaignId, campaignId),
        eq(accessItems.state, "open"),
        whose === "left" ? eq(people.state, "disabled") : undefined,
      ),
    )
    .orderBy(asc(people.name), asc(people.id));
}

/**
 * Whoever is disabled has no access to confirm: at the end, and not before, since whoever is let in again has all of it
 * again.
 */
async function setAsideLeavers(ctx: Context, { id, name }: Open): Promise<void> {
  for (const item of await openItems(ctx.db, id, "left")) {
    await inTurn(ctx, async (tx) => {
      const isDisabled = sql`EXISTS (SELECT FROM people p WHERE p.id = ${item.person.id} AND p.state = 'disabled')`;
      const [left] = await tx
        .update(accessItems)
        .set({ state: "left", decidedAt: sql`clock_timestamp()` })
        .where(and(eq(accessItems.id, item.id), eq(accessItems.state, "open"), isDisabled))
        .returning({ id: accessItems.id });
      if (!left) return [];
      return [{ code: "campaign.access_left", subject: item.person, details: { campaign: id, name } }];
    });
  }
}

/**
 * Removes what nobody decided, person by person, and then ends the campaign: also of those who are disabled, since nobody
 * keeps theirs by being away just then. The last admin stays one, and it says so.
 */
async function removeUndecided(ctx: Context, campaign: Open): Promise<void> {
  for (const item of await openItems(ctx.db, campaign.id))
    await inTurn(ctx, (tx) => lapse(tx, campaign, item));
  await finish(ctx, campaign, "due");
}

async function lapse(tx: WriteTransaction, { id, name }: Open, item: Item): Promise<AuditEvent[]> {
  const held = await readAccess(tx, item.person.id);
  const isLastAdmin = !(await hasAdmin(tx, item.person.id));
  const spared = (part: AccessPart) => isLastAdmin && part.kind === "role" && part.id === "admin";
  const removed = held.filter((part) => !spared(part));
  const kept = held.filter(spared);
  const [lapsed] = await tx
    .update(accessItems)
    .set({ state: "lapsed", decidedAt: sql`clock_timestamp()`, kept, removed })
    .where(and(eq(accessItems.id, item.id), eq(accessItems.state, "open")))
    .returning({ id: accessItems.id });
  if (!lapsed) return [];
  const details = {
    campaign: id,
    name,
    kept: kept.map(partWords),
    removed: removed.map(partWords),
    keys: removed.map(partKey),
  };
  const event: AuditEvent = { code: "campaign.access_lapsed", subject: item.person, details };
  return [event, ...(await takeAccess(tx, item.person, removed))];
}

async function finish(ctx: Context, { id }: Open, why: "decided" | "due"): Promise<void> {
  await inTurn(ctx, async (tx) => {
    const [open] = await tx
      .select({ id: accessItems.id })
      .from(accessItems)
      .where(and(eq(accessItems.campaignId, id), eq(accessItems.state, "open")))
      .limit(1);
    if (open) return [];
    const event = await endCampaign(tx, id, { why });
    return event ? [event] : [];
  });
}

/** Tells a reminder once; of several that were missed while nothing ran, the last. */
async function remindOf(ctx: Context, campaign: Open): Promise<void> {
  const due = remindersDue(campaign, campaign.now);
  if (due <= campaign.reminders) return;
  await inTurn(ctx, async (tx) => {
    const [told] = await tx
      .update(accessCampaigns)
      .set({ reminders: due })
      .where(
        and(
          eq(accessCampaigns.id, campaign.id),
          lt(accessCampaigns.reminders, due),
          isNull(accessCampaigns.endedAt),
        ),
      )
      .returning({ id: accessCampaigns.id });
    if (!told) return [];
    const { id, name, decidable, removeUndecided: removes, dueAt } = campaign;
    const details = {
      campaign: id,
      name,
      waiting: decidable,
      until: dueAt.toISOString(),
      overdue: due === 3,
    };
    return [{ code: "campaign.reminded", details: { ...details, removesUndecided: removes } }];
  });
}

/** One step after the other with all changes of people; one that finds nothing to do any more is rolled back. */
async function inTurn(ctx: Context, step: (tx: WriteTransaction) => Promise<AuditEvent[]>): Promise<void> {
  try {
    await recorded(ctx, async (tx) => {
      await onePeopleChange(tx);
      const [first, ...others] = await step(tx);
      if (!first) throw new NothingToDo();
      return { result: undefined, event: [first, ...others] };
    });
  } catch (error) {
    if (!(error instanceof NothingToDo)) throw error;
  }
}

/** Rolls the empty transaction back: no write goes without an event. */
class NothingToDo extends Error {}
