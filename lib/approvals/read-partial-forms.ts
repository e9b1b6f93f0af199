import "server-only";
import { hasPartialForm } from "@/lib/catalog/partial-level";
import { findTable } from "@/lib/catalog/read-table";
import type { ReadDatabase } from "@/lib/db/control-database";

/** The columns of a table of whose values a part can be shown, by their ids; none where the table is gone. */
export async function readPartialForms(db: ReadDatabase, tableId: string): Promise<ReadonlySet<string>> {
  const table = await findTable(db, { tableId });
  return new Set((table?.columns ?? []).filter(hasPartialForm).map(({ id }) => id));
}
