import "server-only";
import { sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";

const ONE_ACTIVATION_AT_A_TIME = 4_711_002;

/**
 * Lets no policy come into force until the transaction ends: what it decides by the active one is on record before
 * another counts.
 */
export async function holdPolicy(tx: WriteTransaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock_shared(${ONE_ACTIVATION_AT_A_TIME})`);
}

/** Waits for everything that the active policy is about to decide, and for activations; then one may count. */
export async function holdActivation(tx: WriteTransaction): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${ONE_ACTIVATION_AT_A_TIME})`);
}
