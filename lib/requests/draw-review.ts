import "server-only";
import { sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";
import type { requests } from "@/lib/db/schema/requests";
import { reviews } from "@/lib/db/schema/reviews";
import { derivedKey } from "@/lib/derived-key";
import { env } from "@/lib/env";
import { seatsOf } from "@/lib/policies/seats";
import { isDrawn } from "@/lib/requests/lot";
import type { Ruled } from "@/lib/requests/rule-request";

/**
 * Draws by lot whether people look at what the policy granted at once: the requester's manager, or who stands in by the
 * policy, within a week. Returns whether it was drawn.
 */
export async function drawReview(
  tx: WriteTransaction,
  request: Pick<typeof requests.$inferSelect, "id" | "requesterId" | "tableId">,
  { compiled, signals }: Pick<Ruled, "compiled" | "signals">,
): Promise<boolean> {
  const { reviewShare, fallback } = compiled.policy;
  if (!isDrawn(derivedKey(env().rootKey, "glimpse reviews by lot 1"), request.id, reviewShare)) return false;
  const { requesterId, tableId } = request;
  const facts = { requesterId, tableId, classIds: signals.fields.map((field) => field.class) };
  const seats = [{ kind: "manager" as const }, ...fallback].flatMap((who) => seatsOf(who, facts));
  await tx.insert(reviews).values({
    requestId: request.id,
    requesterId,
    kind: "sample",
    audience: [...new Set(seats)],
    skippedIds: [],
    openedAt: sql`clock_timestamp()`,
    dueAt: sql`clock_timestamp() + interval '7 days'`,
  });
  return true;
}
