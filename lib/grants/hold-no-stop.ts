import "server-only";
import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";
import { stops } from "@/lib/db/schema/stops";
import { Refusal } from "@/lib/refusal";

const STOPS = 4_711_003;

/**
 * Refuses while an admin has stopped this person, this source or everything, until the transaction ends: a stop waits
 * for what was about to be granted and ends it, and whoever comes after it sees it.
 */
export async function holdNoStop(
  tx: WriteTransaction,
  { personId, sourceId }: { personId: string; sourceId: string },
): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock_shared(${STOPS})`);
  const [stop] = await tx
    .select({ id: stops.id })
    .from(stops)
    .where(
      and(
        isNull(stops.liftedAt),
        or(eq(stops.scope, "all"), eq(stops.personId, personId), eq(stops.sourceId, sourceId)),
      ),
    )
    .limit(1);
  if (stop) throw new Refusal("access-stopped");
}

/** Waits for everything that is about to be granted, and lets nothing be granted until the transaction ends. */
export async function holdAllGranting(tx: WriteTransaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${STOPS})`);
}
