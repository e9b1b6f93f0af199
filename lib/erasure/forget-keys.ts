import "server-only";
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { parseHandle } from "@/lib/catalog/record-handle";
import { findTable } from "@/lib/catalog/read-table";
import { splitFilter, unescapeSigns } from "@/lib/catalog/stored-filter";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { savedViews } from "@/lib/db/schema/saved-views";
import { closeRequests } from "@/lib/grants/close-requests";

/** A clear value that names an erased record, and the column of a table in which it does. */
type Naming = { tableId: string; column: string; value: string };

/**
 * Takes the clear keys of erased records out of saved views and of the filters that requests were sent for, in their own
 * table and where a foreign key refers to it. A view keeps its name and the name of the column; a request loses its
 * filters as a whole, and one that still waits is closed.
 */
export async function forgetKeys(
  tx: WriteTransaction,
  records: readonly { tableId: string; handle: string }[],
): Promise<{ views: number; events: AuditEvent[] }> {
  const namings = await namingsOf(tx, records);
  const tableIds = [...new Set(namings.map(({ tableId }) => tableId))];
  if (tableIds.length === 0) return { views: 0, events: [] };
  const views = await tx
    .select({ id: savedViews.id, tableId: savedViews.tableId, query: savedViews.query })
    .from(savedViews)
    .where(inArray(savedViews.tableId, tableIds))
    .orderBy(savedViews.id)
    .for("update");
  const stale = views.filter((view) => withoutKeys(view, namings) !== view.query);
  for (const view of stale)
    await tx
      .update(savedViews)
      .set({ query: withoutKeys(view, namings) })
      .where(eq(savedViews.id, view.id));
  const cohorts = await tx
    .select({ id: requests.id, tableId: requests.tableId, query: sql<string>`${requests.cohort}` })
    .from(requests)
    .where(and(inArray(requests.tableId, tableIds), isNotNull(requests.cohort)))
    .orderBy(requests.id)
    .for("update");
  const requestIds = cohorts
    .filter((cohort) => withoutKeys(cohort, namings) !== cohort.query)
    .map(({ id }) => id);
  const events = await closeRequests(tx, { requestIds }, "record-erased");
  await tx.execute(sql`
    UPDATE requests SET cohort = NULL, cohort_salt = NULL WHERE id = ANY (${`{${requestIds.join(",")}}`}::uuid[])`);
  return { views: stale.length, events };
}

async function namingsOf(
  tx: WriteTransaction,
  records: readonly { tableId: string; handle: string }[],
): Promise<Naming[]> {
  const namings: Naming[] = [];
  for (const tableId of new Set(records.map((record) => record.tableId))) {
    const table = await findTable(tx, { tableId }, { includeGone: true });
    const keys = records
      .filter((record) => record.tableId === tableId)
      .map(({ handle }) => parseHandle(handle))
      .flatMap((key) => (key?.kind === "values" ? [key.values] : []));
    for (const [at, column] of (table?.keyColumns ?? []).entries()) {
      const there = (table?.referredBy ?? []).flatMap((link) =>
        link.columns.flatMap((name, index) =>
          name === column ? [{ tableId: link.other.tableId, column: link.otherColumns[index] ?? "" }] : [],
        ),
      );
      for (const values of keys) {
        const value = values[at] ?? "";
        namings.push({ tableId, column, value }, ...there.map((place) => ({ ...place, value })));
      }
    }
  }
  return namings;
}

/** The address with the values of those filters taken out that name an erased record. */
function withoutKeys(
  { tableId, query }: { tableId: string; query: string },
  namings: readonly Naming[],
): string {
  const params = new URLSearchParams(query);
  const filters = params.getAll("f");
  const left = filters.map((text) => {
    const filter = splitFilter(text);
    const values = (filter?.rest ?? "").split(",").map(unescapeSigns);
    const names = namings.some(
      (naming) =>
        naming.tableId === tableId && naming.column === filter?.name && values.includes(naming.value),
    );
    return names ? text.split(":", 2).join(":") : text;
  });
  if (left.every((text, at) => text === filters[at])) return query;
  params.delete("f");
  for (const text of left) params.append("f", text);
  return `?${params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}
