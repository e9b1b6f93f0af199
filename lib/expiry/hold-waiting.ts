import "server-only";
import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { findRequest, type FoundRequest } from "@/lib/requests/find-request";

const BATCH = 100;

type Clock = typeof requests.escalateAt | typeof requests.remindAt;

/** Requests that wait and whose clock of this kind has come, the longest due first. */
export async function readDue(ctx: Context, clock: Clock): Promise<string[]> {
  const rows = await ctx.db
    .select({ id: requests.id })
    .from(requests)
    .where(isDue(clock))
    .orderBy(asc(clock), asc(requests.number))
    .limit(BATCH);
  return rows.map(({ id }) => id);
}

/** Locks one of them where it is due still; one that somebody is deciding at this moment waits for the next turn. */
export async function holdDue(tx: WriteTransaction, id: string, clock: Clock): Promise<FoundRequest | null> {
  const [held] = await tx
    .select({ id: requests.id })
    .from(requests)
    .where(and(eq(requests.id, id), isDue(clock)))
    .for("update", { skipLocked: true });
  return held ? findRequest(tx, eq(requests.id, held.id)) : null;
}

function isDue(clock: Clock) {
  return and(
    eq(requests.state, "pending"),
    lte(clock, sql`clock_timestamp()`),
    sql`${requests.expiresAt} > clock_timestamp()`,
  );
}
