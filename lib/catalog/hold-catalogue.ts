import "server-only";
import { sql } from "drizzle-orm";
import type { WriteTransaction } from "@/lib/db/control-database";

/**
 * Holds the catalogue of a table's source as it is until the transaction ends: a steward's change is either seen by
 * it, or finds what it stored. Never neither.
 */
export async function holdCatalogue(tx: WriteTransaction, tableId: string): Promise<void> {
  await tx.execute(sql`
    SELECT FROM sources s JOIN catalog_tables t ON t.source_id = s.id WHERE t.id = ${tableId} FOR KEY SHARE OF s`);
}
