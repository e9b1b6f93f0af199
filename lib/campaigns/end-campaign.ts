import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { confirmWords } from "@/lib/campaigns/confirm-words";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { accessCampaigns, accessItems } from "@/lib/db/schema/campaigns";
import { idInput } from "@/lib/id-input";
import { onePeopleChange } from "@/lib/people/admins";
import { Refusal } from "@/lib/refusal";

export const closeSchema = z.object({ campaignId: idInput() });
export const callOffSchema = z.object({ campaignId: idInput(), words: confirmWords });

/**
 * Closes a campaign that is overdue and removes nothing by itself; what nobody decided stays so on record. Nobody whose
 * own access waits in it does.
 */
export async function closeCampaign(
  ctx: Context,
  { campaignId }: z.infer<typeof closeSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    await holdPermission(tx, ctx, "campaigns");
    const [known] = await tx
      .select({
        isDue: sql<boolean>`${accessCampaigns.dueAt} <= clock_timestamp()`,
        removes: accessCampaigns.removeUndecided,
      })
      .from(accessCampaigns)
      .where(eq(accessCampaigns.id, campaignId));
    if (!known) throw new Refusal("not-found");
    if (!known.isDue || known.removes) throw new Refusal("campaign-not-due");
    await refuseReviewed(tx, ctx, campaignId);
    const event = await endCampaign(tx, campaignId, { why: "closed", by: ctx.actor.personId });
    if (!event) throw new Refusal("campaign-over");
    return { result: { name: String(event.details?.["name"]) }, event };
  });
}

/**
 * Ends a campaign before its time and removes nothing: what was decided stays decided, and the words stay on record.
 * Nobody whose own access waits in it does.
 */
export async function callOffCampaign(
  ctx: Context,
  { campaignId, words }: z.infer<typeof callOffSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    await holdPermission(tx, ctx, "campaigns");
    await refuseReviewed(tx, ctx, campaignId);
    const event = await endCampaign(tx, campaignId, { why: "called-off", by: ctx.actor.personId, words });
    if (event) return { result: { name: String(event.details?.["name"]) }, event };
    const [known] = await tx
      .select({ id: accessCampaigns.id })
      .from(accessCampaigns)
      .where(eq(accessCampaigns.id, campaignId));
    throw new Refusal(known ? "campaign-over" : "not-found");
  });
}

/** Call with `onePeopleChange` held, by which items are decided one at a time. */
async function refuseReviewed(tx: WriteTransaction, ctx: Context, campaignId: string): Promise<void> {
  const [own] = await tx
    .select({ id: accessItems.id })
    .from(accessItems)
    .innerJoin(accessCampaigns, eq(accessCampaigns.id, accessItems.campaignId))
    .where(
      and(
        eq(accessItems.campaignId, campaignId),
        eq(accessItems.personId, ctx.actor.personId),
        eq(accessItems.state, "open"),
        isNull(accessCampaigns.endedAt),
      ),
    );
  if (own) throw new Refusal("own-access-waits");
}

type End =
  | { why: "decided" | "due" }
  | { why: "closed"; by: string }
  | { why: "called-off"; by: string; words: string };

/** Ends a campaign if nobody has before; the event says how many were confirmed, removed and never decided. */
export async function endCampaign(tx: WriteTransaction, id: string, end: End): Promise<AuditEvent | null> {
  const [ended] = await tx
    .update(accessCampaigns)
    .set({
      endedAt: sql`clock_timestamp()`,
      endedWhy: end.why,
      endedBy: "by" in end ? end.by : null,
      endedWords: "words" in end ? end.words : null,
    })
    .where(and(eq(accessCampaigns.id, id), isNull(accessCampaigns.endedAt)))
    .returning({ name: accessCampaigns.name });
  if (!ended) return null;
  const rows = await tx.execute<{ state: string; n: number }>(
    sql`SELECT state, count(*)::int AS n FROM access_items WHERE campaign_id = ${id} GROUP BY state`,
  );
  const inState = (state: string) => rows.find((row) => row.state === state)?.n ?? 0;
  return {
    code: "campaign.ended",
    ...("words" in end ? { reason: end.words } : {}),
    details: {
      campaign: id,
      name: ended.name,
      why: end.why,
      confirmed: inState("confirmed"),
      removed: inState("removed"),
      removedUndecided: inState("lapsed"),
      left: inState("left"),
      undecided: inState("open"),
    },
  };
}
