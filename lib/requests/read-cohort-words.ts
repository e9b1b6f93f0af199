import "server-only";
import { findTable } from "@/lib/catalog/read-table";
import type { ReadDatabase } from "@/lib/db/control-database";
import { cohortWords } from "@/lib/requests/cohort";

/** What all records of a request matched when it was sent, in words; null where they were chosen one by one. */
export async function readCohortWords(
  db: ReadDatabase,
  { tableId, cohort }: { tableId: string; cohort: string | null },
): Promise<string | null> {
  if (cohort === null) return null;
  const table = await findTable(db, { tableId }, { includeGone: true });
  return table === null ? "filters of a table that is gone" : cohortWords(table, cohort);
}
