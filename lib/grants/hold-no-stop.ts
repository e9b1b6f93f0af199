import "server-only";
import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { ReadDatabase, WriteTransaction } from "@/lib/db/control-database";
import { stops } from "@/lib/db/schema/stops";
import { Refusal } from "@/lib/refusal";

const STOPS = 4_711_003;

/**
 * Refuses while an admin has stopped this person, this source or everything, until the transaction ends: a stop waits
 * for what was about to be granted and ends it, and whoever comes after it sees it.
 */
export async function holdNoStop(tx: WriteTransaction, which: Stoppable): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock_shared(${STOPS})`);
  await refuseStopped(tx, which);
}

type Stoppable = { personId: string | null; sourceId: string };

/** Refuses what an admin has stopped by this moment; for what goes on after its transaction, or has none. */
export async function refuseStopped(
  db: ReadDatabase | WriteTransaction,
  { personId, sourceId }: Stoppable,
): Promise<void> {
  const [stop] = await db
    .select({ id: stops.id })
    .from(stops)
    .where(
      and(
        isNull(stops.liftedAt),
        or(
          eq(stops.scope, "all"),
          personId === null ? undefined : eq(stops.personId, personId),
          eq(stops.sourceId, sourceId),
        ),
      ),
    )
    .limit(1);
  if (stop) throw new Refusal("access-stopped");
}

/** Waits for everything that is about to be granted, and lets nothing be granted until the transaction ends. */
export async function holdAllGranting(tx: WriteTransaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${STOPS})`);
}
