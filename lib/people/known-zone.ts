import "server-only";
import { sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";

/**
 * Whether the database knows a time zone by this very name. Days are counted by it here and there: to the database AET is
 * no zone, so that what reads it fails, and BST is another one than to the platform.
 */
export async function isKnownZone(tx: WriteTransaction, name: string): Promise<boolean> {
  const [row] = await tx.execute<{ known: boolean }>(sql`
    SELECT EXISTS (SELECT FROM pg_timezone_names z WHERE z.name = ${name}) AS known`);
  return row?.known === true;
}
