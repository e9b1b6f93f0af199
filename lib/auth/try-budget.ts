import "server-only";
import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";
import { tries } from "@/lib/db/schema/tries";
import { derivedKey } from "@/lib/derived-key";
import { env } from "@/lib/env";
import { Refusal, type RefusalCode } from "@/lib/refusal";

/** So many tries in so many seconds, counted from the first; what comes after is refused. */
export type TryBudget = { most: number; windowSeconds: number; refusal: RefusalCode };

/**
 * Counts one more try of a subject, or refuses it. The row is locked until the transaction ends, so that tries sent
 * side by side are counted one after the other. Subjects are kept as keyed hashes: they may name records.
 */
export async function countTry(
  tx: WriteTransaction,
  subject: readonly string[],
  { most, windowSeconds, refusal }: TryBudget,
): Promise<{ left: number }> {
  const isOver = sql`${tries.since} < clock_timestamp() - make_interval(secs => ${windowSeconds})`;
  const [row] = await tx
    .insert(tries)
    .values({ subject: hashed(subject), used: 1 })
    .onConflictDoUpdate({
      target: tries.subject,
      set: {
        used: sql`CASE WHEN ${isOver} THEN 1 ELSE ${tries.used} + 1 END`,
        since: sql`CASE WHEN ${isOver} THEN clock_timestamp() ELSE ${tries.since} END`,
      },
    })
    .returning({ used: tries.used });
  if (!row || row.used > most) throw new Refusal(refusal);
  return { left: most - row.used };
}

function hashed(subject: readonly string[]): string {
  const key = derivedKey(env().rootKey, "glimpse tries");
  return createHmac("sha256", key).update(JSON.stringify(subject)).digest("base64url");
}
