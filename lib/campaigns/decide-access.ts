import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { isAll, parted, partKey, partWords, type AccessPart } from "@/lib/campaigns/access";
import { confirmWords } from "@/lib/campaigns/confirm-words";
import { readAccess, takeAccess } from "@/lib/campaigns/take-access";
import type { WriteTransaction } from "@/lib/db/control-database";
import { accessCampaigns, accessItems, accessSeats } from "@/lib/db/schema/campaigns";
import { people, type Role } from "@/lib/db/schema/people";
import { idInput } from "@/lib/id-input";
import { onePeopleChange } from "@/lib/people/admins";
import { Refusal } from "@/lib/refusal";

const key = z.string().regex(/^(role|group|table|class):.{1,120}$/);
export const decideAccessSchema = z.object({
  itemId: idInput(),
  /** All parts of the access as they were seen, and those of them that stay. */
  seen: z.array(key).max(5000).default([]),
  keep: z.array(key).max(5000).default([]),
  words: confirmWords.optional().transform((text) => text ?? null),
});

type Held = {
  id: string;
  person: { id: string; name: string };
  campaign: { id: string; name: string; late: boolean };
};
type Decided = { name: string; removed: number };

/**
 * Confirms the access of somebody as it was seen, or removes parts of it at once: by who was their manager when
 * the campaign began, or by an admin where there is none. Nobody decides on themselves, no substitute decides, and of two at once one does (law 7).
 */
export async function decideAccess(
  ctx: Context,
  input: z.infer<typeof decideAccessSchema>,
): Promise<Decided> {
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    const roles = await holdPermission(tx, ctx, "home");
    const item = await holdItem(tx, ctx, input.itemId);
    const decidedAs = await seatOf(tx, ctx, roles, item.id);
    const held = await readAccess(tx, item.person.id);
    if (!isAll(held, input.seen)) throw new Refusal("access-changed");
    const { kept, removed } = parted(held, input.keep);
    if (new Set(input.keep).size !== kept.length) throw new Refusal("access-changed");
    if (removed.length > 0 && input.words === null)
      throw new Refusal("bad-input", { words: "Say why it is removed: it stays on record." });
    const taken = await takeAccess(tx, item.person, removed);
    await tx
      .update(accessItems)
      .set({
        state: removed.length > 0 ? "removed" : "confirmed",
        decidedBy: ctx.actor.personId,
        decidedAs,
        decidedAt: sql`clock_timestamp()`,
        words: removed.length > 0 ? input.words : null,
        kept,
        removed,
      })
      .where(and(eq(accessItems.id, item.id), eq(accessItems.state, "open")));
    const event = decidedEvent(item, { kept, removed, words: input.words, decidedAs });
    return { result: { name: item.person.name, removed: removed.length }, event: [event, ...taken] };
  });
}

function decidedEvent(
  { person, campaign }: Held,
  what: { kept: AccessPart[]; removed: AccessPart[]; words: string | null; decidedAs: "manager" | "admin" },
): AuditEvent {
  const isRemoval = what.removed.length > 0;
  return {
    code: isRemoval ? "campaign.access_removed" : "campaign.access_confirmed",
    subject: person,
    ...(isRemoval && what.words !== null ? { reason: what.words } : {}),
    details: {
      campaign: campaign.id,
      name: campaign.name,
      as: what.decidedAs,
      late: campaign.late,
      kept: what.kept.map(partWords),
      ...(isRemoval ? { removed: what.removed.map(partWords), keys: what.removed.map(partKey) } : {}),
    },
  };
}

/** The item, locked, if it is still to be decided; its own person is refused before they learn anything of it. */
async function holdItem(tx: WriteTransaction, ctx: Context, itemId: string): Promise<Held> {
  const [row] = await tx
    .select({
      id: accessItems.id,
      state: accessItems.state,
      person: { id: people.id, name: people.name },
      campaign: {
        id: accessCampaigns.id,
        name: accessCampaigns.name,
        late: sql<boolean>`${accessCampaigns.dueAt} <= clock_timestamp()`,
      },
      isOver: sql<boolean>`${accessCampaigns.endedAt} IS NOT NULL
        OR (${accessCampaigns.removeUndecided} AND ${accessCampaigns.dueAt} <= clock_timestamp())`,
    })
    .from(accessItems)
    .innerJoin(people, eq(people.id, accessItems.personId))
    .innerJoin(accessCampaigns, eq(accessCampaigns.id, accessItems.campaignId))
    .where(eq(accessItems.id, itemId))
    .for("update", { of: accessItems });
  if (!row) throw new Refusal("not-found");
  if (row.person.id === ctx.actor.personId) throw new Refusal("own-access");
  if (row.state !== "open") throw new Refusal("access-decided");
  if (row.isOver) throw new Refusal("campaign-over");
  return row;
}

/** As what this person may decide the item at this moment: the manager when it began, or an admin where they cannot. */
async function seatOf(
  tx: WriteTransaction,
  ctx: Context,
  roles: readonly Role[],
  itemId: string,
): Promise<"manager" | "admin"> {
  const [seat] = await tx
    .select({ managerId: accessSeats.managerId })
    .from(accessSeats)
    .where(eq(accessSeats.itemId, itemId));
  if (seat?.managerId === ctx.actor.personId) return "manager";
  if (seat && seat.managerId === null && roles.includes("admin")) return "admin";
  throw new Refusal("not-confirmer");
}
