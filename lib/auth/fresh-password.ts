import "server-only";
import { sql, type SQL } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sessions } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

/** How lately it must have been given before passkeys are changed, in minutes. */
export const FRESH_MINUTES = 10;

/** Whether the password of this session was given within so many minutes, by the database clock; never without a session. */
export function isPasswordFresh({ sessionId, actor }: Context, minutes: number): SQL<boolean> {
  return sql`EXISTS (SELECT FROM ${sessions} WHERE ${sessions.id} = ${sessionId}
    AND ${sessions.personId} = ${actor.personId} AND ${sessions.endedAt} IS NULL
    AND ${sessions.provedAt} > clock_timestamp() - make_interval(mins => ${minutes}))`;
}

/** Refuses inside the deciding transaction unless the password of this session was given within so many minutes. */
export async function requireFreshPassword(
  tx: WriteTransaction,
  ctx: Context,
  minutes: number,
  refusal: "step-up-needed" | "password-needed" = "step-up-needed",
): Promise<void> {
  const [row] = await tx.select({ fresh: isPasswordFresh(ctx, minutes) }).from(sql`(SELECT 1) AS once`);
  if (!row?.fresh) throw new Refusal(refusal);
}
