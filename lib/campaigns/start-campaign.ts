import "server-only";
import { count, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { accessCampaigns, accessItems } from "@/lib/db/schema/campaigns";
import { idInput } from "@/lib/id-input";
import { onePeopleChange } from "@/lib/people/admins";
import { nameInput, rolesInput } from "@/lib/people/person-input";
import { Refusal } from "@/lib/refusal";

const LONGEST_DAYS = 92;
/** What removes by itself gives everybody a week: the constraint a_week_to_answer says the same. */
const SHORTEST_REMOVING_DAYS = 7;
const MOST_AT_ONCE = 20;

const ticked = z.enum(["on"], "Tick it, or leave it.").optional();

export const startSchema = z.object({
  name: nameInput.min(3, "Use 3 characters or more."),
  until: z.iso.date("Give a day."),
  roles: rolesInput,
  sourceIds: z.array(idInput()).max(100).default([]),
  removeUndecided: ticked.transform((value) => value === "on"),
});
type Wanted = z.infer<typeof startSchema>;

/**
 * Starts a campaign over the access of everybody whom it asks about, as it stands at this moment; it ends with the end of
 * a day in UTC. What becomes of what nobody decides is said here and cannot be changed later.
 */
export async function startCampaign(
  ctx: Context,
  wanted: Wanted,
): Promise<{ id: string; name: string; people: number }> {
  return recorded(ctx, async (tx) => {
    await onePeopleChange(tx);
    await holdPermission(tx, ctx, "campaigns");
    await refuseTooMany(tx);
    const { until: _, ...what } = wanted;
    const [made] = await tx
      .insert(accessCampaigns)
      .values({ ...what, ...(await readTime(tx, wanted)), startedBy: ctx.actor.personId })
      .returning({ id: accessCampaigns.id, dueAt: accessCampaigns.dueAt });
    if (!made) throw new Error("The campaign was not stored.");
    const items = await addItems(tx, made.id, wanted);
    if (items === 0) throw new Refusal("campaign-empty");
    return {
      result: { id: made.id, name: wanted.name, people: items },
      event: {
        code: "campaign.started",
        details: {
          campaign: made.id,
          name: wanted.name,
          until: made.dueAt.toISOString(),
          people: items,
          roles: wanted.roles,
          sources: wanted.sourceIds,
          removesUndecided: wanted.removeUndecided,
        },
      },
    };
  });
}

/** Each open campaign is a line on the page of every manager. */
async function refuseTooMany(tx: WriteTransaction): Promise<void> {
  const [row] = await tx
    .select({ open: count() })
    .from(accessCampaigns)
    .where(sql`${accessCampaigns.endedAt} IS NULL`);
  if ((row?.open ?? 0) >= MOST_AT_ONCE) throw new Refusal("too-many-campaigns");
}

/** Now, and the end of the last day; refuses a day that is over or too far away. */
async function readTime(
  tx: WriteTransaction,
  { until, removeUndecided: removes }: Pick<Wanted, "until" | "removeUndecided">,
): Promise<{ startedAt: Date; dueAt: Date }> {
  const moment = accessCampaigns.startedAt;
  const [time] = await tx
    .select({
      startedAt: sql<Date>`clock_timestamp()`.mapWith(moment),
      dueAt: sql<Date>`((${until}::date + 1)::timestamp AT TIME ZONE 'UTC')`.mapWith(moment),
      days: sql<number>`${until}::date - (clock_timestamp() AT TIME ZONE 'UTC')::date`,
    })
    .from(sql`(SELECT) AS one`);
  if (!time) throw new Error("The clock of the control database could not be read.");
  const { days, ...moments } = time;
  if (days < 0) throw new Refusal("bad-input", { until: "This day is over." });
  if (days > LONGEST_DAYS) throw new Refusal("bad-input", { until: `At most ${LONGEST_DAYS} days ahead.` });
  if (removes && days < SHORTEST_REMOVING_DAYS)
    throw new Refusal("bad-input", {
      until: `At least ${SHORTEST_REMOVING_DAYS} days ahead where it removes what nobody decides.`,
    });
  return moments;
}

const list = (items: readonly string[]) => `{${items.join(",")}}`;

/** An item for each person who is not disabled, holds anything, and is among those whom the campaign asks about. */
async function addItems(
  tx: WriteTransaction,
  campaignId: string,
  { roles, sourceIds }: Wanted,
): Promise<number> {
  const someRoles = sql`${list(roles)}::text[]`;
  const someSources = sql`${list(sourceIds)}::uuid[]`;
  await tx.execute(sql`
    INSERT INTO access_items (campaign_id, person_id, manager_id, access)
    SELECT ${campaignId}, p.id, p.manager_id, access_of(p.id) FROM people p
    WHERE p.state <> 'disabled' AND access_of(p.id) <> '[]'
      AND (cardinality(${someRoles}) = 0
        OR EXISTS (SELECT FROM person_roles r WHERE r.person_id = p.id AND r.role = ANY (${someRoles})))
      AND (cardinality(${someSources}) = 0
        OR EXISTS (SELECT FROM grants g WHERE g.holder_id = p.id AND g.source_id = ANY (${someSources})
          AND g.created_at > clock_timestamp() - interval '1 year')
        OR EXISTS (SELECT FROM owners o JOIN catalog_tables t ON t.id::text = o.subject
          WHERE o.kind = 'table' AND o.person_id = p.id AND t.source_id = ANY (${someSources})))`);
  const [row] = await tx
    .select({ items: count() })
    .from(accessItems)
    .where(eq(accessItems.campaignId, campaignId));
  return row?.items ?? 0;
}
