import "server-only";
import { sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";
import { Refusal } from "@/lib/refusal";

/** Refuses an erasure while an entry of the log that names one of its records is under a legal hold. */
export async function refuseHeld(tx: WriteTransaction, erasureId: string): Promise<void> {
  const [row] = await tx.execute<{ held: boolean }>(sql`SELECT erasure_is_held(${erasureId}) AS held`);
  if (row?.held !== false) throw new Refusal("erasure-held");
}
