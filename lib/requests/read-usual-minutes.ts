import "server-only";
import { eq, sql } from "drizzle-orm";
import type { ReadDatabase } from "@/lib/db/control-database";
import { decisions, requests } from "@/lib/db/schema/requests";
import type { Approver } from "@/lib/requests/route";

const DECISIONS_COUNTED = 50;
const FEWEST_FOR_A_HABIT = 3;

/** Minutes that the latest decisions of these people took, the median; null when there are too few to tell. */
export async function readUsualMinutes(
  db: ReadDatabase,
  approvers: readonly Approver[],
): Promise<number | null> {
  const latest = db
    .select({
      seconds: sql<number>`extract(epoch FROM ${decisions.decidedAt} - ${requests.createdAt})`.as("seconds"),
    })
    .from(decisions)
    .innerJoin(requests, eq(requests.id, decisions.requestId))
    .where(sql`${decisions.approverId} = ANY (${`{${approvers.map((one) => one.id).join(",")}}`}::uuid[])`)
    .orderBy(sql`${decisions.decidedAt} DESC`)
    .limit(DECISIONS_COUNTED)
    .as("latest");
  const [row] = await db
    .select({
      count: sql<number>`count(*)::int`,
      minutes: sql<number>`(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 60)::float8`,
    })
    .from(latest);
  return row && row.count >= FEWEST_FOR_A_HABIT ? row.minutes : null;
}
