import "server-only";
import { findTable } from "@/lib/catalog/read-table";
import type { ReadDatabase } from "@/lib/db/control-database";
import { cohortWords } from "@/lib/requests/cohort";

/** What all records of a request matched when it was sent, in words; null where they were chosen one by one. */
export async function readCohortWords(
  db: ReadDatabase,
  { tableId, cohort, cohortSeal }: { tableId: string; cohort: string | null; cohortSeal: Uint8Array | null },
): Promise<string | null> {
  if (cohortSeal === null) return null;
  if (cohort === null) return "filters that were removed, because one of their columns is not clear any more";
  const table = await findTable(db, { tableId }, { includeGone: true });
  return table === null ? "filters of a table that is gone" : cohortWords(table, cohort);
}
