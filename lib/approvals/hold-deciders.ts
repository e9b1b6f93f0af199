import "server-only";
import { sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";

/**
 * Holds everybody on whom a decision depends until it is committed: who decides, who has voted, who asked and who is
 * above them. A change of any of them is on record before the decision and counts in it, or comes after it. All of
 * them at once, in the order of their ids as changes of groups take them, and before the request: so neither waits for
 * the other forever.
 */
export async function holdDeciders(tx: WriteTransaction, ctx: Context, requestId: string): Promise<void> {
  await tx.execute(sql`
    WITH asked AS (
      SELECT p.id, p.manager_id FROM requests r JOIN people p ON p.id = r.requester_id WHERE r.id = ${requestId}
    )
    SELECT id FROM people WHERE id IN (
      SELECT ${ctx.actor.personId}::uuid UNION SELECT id FROM asked UNION SELECT manager_id FROM asked
      UNION SELECT approver_id FROM decisions WHERE request_id = ${requestId}
    ) ORDER BY id FOR SHARE`);
}
