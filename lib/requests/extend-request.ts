import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { holdCatalogue } from "@/lib/catalog/hold-catalogue";
import type { WriteTransaction } from "@/lib/db/control-database";
import { grants, requests } from "@/lib/db/schema/requests";
import { holdNoStop } from "@/lib/grants/hold-no-stop";
import { narrow } from "@/lib/grants/narrowing";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { draftSchema } from "@/lib/requests/draft";
import { whyNoExtension } from "@/lib/requests/extension";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";
import { LONGEST_VIEW, MAX_COHORT, MAX_RECORDS, type Purpose } from "@/lib/requests/request";
import { sendRequest, type SealedCohort, type Submitted } from "@/lib/requests/send-request";

export const extensionSchema = z.object({
  requestId: idInput(),
  reason: draftSchema.shape.reason,
  viewSeconds: z.coerce.number().int().min(1).max(LONGEST_VIEW),
  /** All that were granted, where none are named. */
  columnIds: z.array(idInput()).min(1, "Choose at least one field.").max(100).exactOptional(),
  records: z.array(z.string().min(1).max(4096)).min(1).max(MAX_COHORT).exactOptional(),
});

/**
 * Asks for more time, once, for what one's grant opens or opened until lately: the same fields and records or fewer,
 * with a new reason, ruled by the policy of this moment. What people had decided first is not granted by itself now,
 * unless the rule says so. Purpose, ticket and bounds are those of the first.
 */
export async function extendRequest(
  ctx: Context,
  input: z.infer<typeof extensionSchema>,
): Promise<Submitted> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "request");
    const found = await holdExtendable(tx, ctx, input.requestId);
    const { request, grant } = found;
    const { columnIds, records, viewSeconds } = input;
    const wanted = narrow(
      { ...grant, viewSeconds: LONGEST_VIEW },
      { viewSeconds, ...(columnIds ? { columnIds } : {}), ...(records ? { records } : {}) },
    );
    const cohort = cohortOf(found, wanted.records.length);
    if (cohort === null && wanted.records.length > MAX_RECORDS) throw new Refusal("too-many-records");
    return sendRequest(tx, ctx, {
      draft: {
        tableId: request.tableId,
        records: [...wanted.records],
        fields: wanted.fields.map(({ columnId, level }) => ({ columnId, level })),
        purpose: request.purpose as Purpose,
        reason: input.reason,
        ticket: request.ticket,
        viewSeconds,
        ...(grant.maxViews === null ? {} : { maxViews: grant.maxViews }),
        withSession: request.withSession,
      },
      cohort,
      parent: { id: request.id, automatic: request.ruling?.outcome.kind === "auto" },
    });
  });
}

type Extendable = FoundRequest & { grant: NonNullable<FoundRequest["grant"]> };

/**
 * Locks the first request, so that of two wishes at once the second finds the first, and its grant, so that whoever
 * ends it comes before this or ends what follows too; refuses what cannot be extended. The catalogue and the stops
 * come first, as whoever ends grants takes them: neither waits for the other forever.
 */
async function holdExtendable(tx: WriteTransaction, ctx: Context, requestId: string): Promise<Extendable> {
  const mine = and(eq(requests.id, requestId), eq(requests.requesterId, ctx.actor.personId));
  const [asked] = await tx
    .select({ tableId: requests.tableId, sourceId: requests.sourceId })
    .from(requests)
    .where(mine);
  if (!asked) throw new Refusal("not-found");
  await holdCatalogue(tx, asked.tableId);
  await holdNoStop(tx, { personId: ctx.actor.personId, sourceId: asked.sourceId });
  await tx.select({ id: requests.id }).from(requests).where(mine).for("update");
  await tx.select({ id: grants.id }).from(grants).where(eq(grants.requestId, requestId)).for("share");
  const found = await findRequest(tx, mine ?? sql`false`);
  if (!found?.grant) throw new Refusal("not-found");
  const why = whyNoExtension({ ...found, isExtended: found.extension !== null });
  if (why !== null) throw new Refusal(why);
  return { ...found, grant: found.grant };
}

/** All that matched, where all of them are still wanted; chosen ones otherwise. */
function cohortOf({ request, grant }: Extendable, wanted: number): SealedCohort | null {
  const { cohort, cohortSalt, cohortSeal } = request;
  if (cohort === null || cohortSalt === null || cohortSeal === null) return null;
  if (wanted < request.records.length || grant.records.length < request.records.length) return null;
  return { cohort, cohortSalt, cohortSeal };
}
