import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";

/**
 * Holds everybody on whom a decision depends until it is committed: who decides, who has voted, for whom either stands
 * in, who asked and who is above them; then the delegations. A change of any of them is on record before the decision
 * and counts in it, or comes after it. All of them at once, in the order of their ids as changes of groups take them, and
 * before the request: so neither waits for the other forever.
 */
export async function holdDeciders(tx: WriteTransaction, ctx: Context, requestId: string): Promise<void> {
  const me = ctx.actor.personId;
  await tx.execute(sql`
    WITH asked AS (
      SELECT p.id, p.manager_id FROM requests r JOIN people p ON p.id = r.requester_id WHERE r.id = ${requestId}
    )
    SELECT id FROM people WHERE id IN (
      SELECT ${me}::uuid UNION SELECT id FROM asked UNION SELECT manager_id FROM asked
      UNION SELECT approver_id FROM decisions WHERE request_id = ${requestId}
      UNION SELECT for_id FROM decisions WHERE request_id = ${requestId}
      UNION SELECT delegator_id FROM delegations WHERE substitute_id = ${me} AND ended_at IS NULL
        AND ends_at > clock_timestamp()
    ) ORDER BY id FOR SHARE`);
  await tx.execute(sql`
    SELECT id FROM delegations WHERE ended_at IS NULL AND ends_at > clock_timestamp() AND (substitute_id = ${me}
      OR id IN (SELECT delegation_id FROM decisions WHERE request_id = ${requestId}))
    ORDER BY id FOR SHARE`);
}
