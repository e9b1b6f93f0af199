import "server-only";
import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import {
  accountRule,
  addressRule,
  countedFailures,
  FORGET_HOURS,
  lockSeconds,
  minutesLocked,
  type LockRule,
} from "@/lib/auth/lockout";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { signInFailures } from "@/lib/db/schema/people";
import { derivedKey } from "@/lib/derived-key";
import { env } from "@/lib/env";

export type Counter = { subject: string; rule: LockRule; failures: number; minutes: number };

/**
 * Locks and reads the failure counts of an account and an address until the transaction ends: guesses sent side
 * by side are checked one after the other, so that five free guesses are five. An unknown account counts too.
 */
export async function holdCounters(
  tx: WriteTransaction,
  email: string,
  ip: string | null,
): Promise<Counter[]> {
  const counters = [await holdCounter(tx, subjectOf("account", email), accountRule)];
  if (ip) counters.push(await holdCounter(tx, subjectOf("address", ip), addressRule));
  return counters;
}

/** Counts one more failure on each and sets the lock that follows from it. */
export async function countFailure(tx: WriteTransaction, counters: readonly Counter[]): Promise<void> {
  for (const { subject, rule, failures } of counters) {
    const seconds = lockSeconds(rule, failures + 1);
    const lockedUntil = seconds > 0 ? sql`clock_timestamp() + make_interval(secs => ${seconds})` : null;
    const firstAt = failures === 0 ? sql`clock_timestamp()` : sql`first_at`;
    await tx
      .update(signInFailures)
      .set({ failures: failures + 1, firstAt, lockedUntil })
      .where(eq(signInFailures.subject, subject));
  }
  await forgetOldCounters(tx);
}

/** Forgets the failures of an account. Those of an address stay: its owner may have one good password. */
export async function forgetFailures(tx: WriteTransaction, email: string): Promise<void> {
  await tx.delete(signInFailures).where(eq(signInFailures.subject, subjectOf("account", email)));
}

/** Minutes for which sign-in to an account is locked by the database clock; 0 when it is open. For admins. */
export async function readMinutesLocked(ctx: Pick<Context, "db">, email: string): Promise<number> {
  const [row] = await ctx.db
    .select({
      lockedUntil: signInFailures.lockedUntil,
      now: sql`clock_timestamp()`.mapWith(signInFailures.firstAt),
    })
    .from(signInFailures)
    .where(eq(signInFailures.subject, subjectOf("account", email)));
  return row ? minutesLocked(row, row.now) : 0;
}

async function holdCounter(tx: WriteTransaction, subject: string, rule: LockRule): Promise<Counter> {
  const [row] = await tx
    .insert(signInFailures)
    .values({ subject, failures: 0 })
    .onConflictDoUpdate({ target: signInFailures.subject, set: { subject: sql`excluded.subject` } })
    .returning({
      failures: signInFailures.failures,
      firstAt: signInFailures.firstAt,
      lockedUntil: signInFailures.lockedUntil,
      now: sql`clock_timestamp()`.mapWith(signInFailures.firstAt),
    });
  if (!row) throw new Error("The failure count could not be held.");
  return { subject, rule, failures: countedFailures(row, row.now), minutes: minutesLocked(row, row.now) };
}

async function forgetOldCounters(tx: WriteTransaction): Promise<void> {
  await tx.execute(sql`
    DELETE FROM sign_in_failures WHERE subject IN (
      SELECT subject FROM sign_in_failures
      WHERE coalesce(locked_until, first_at) < clock_timestamp() - make_interval(hours => ${FORGET_HOURS})
      LIMIT 20 FOR UPDATE SKIP LOCKED)`);
}

// Whoever types a password into the e-mail field must not find it in our database.
function subjectOf(kind: "account" | "address", text: string): string {
  const key = derivedKey(env().rootKey, "glimpse sign-in failures");
  return `${kind}:${createHmac("sha256", key).update(text).digest("base64url")}`;
}
