import "server-only";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { ClearColumn } from "@/lib/catalog/clear-column";
import type { HeldSource } from "@/lib/catalog/hold-steward";
import { findTable } from "@/lib/catalog/read-table";
import { forgetMasked } from "@/lib/catalog/stored-filter";
import type { WriteTransaction } from "@/lib/db/control-database";
import { catalogTables } from "@/lib/db/schema/catalogue";
import { requests } from "@/lib/db/schema/requests";
import { savedViews } from "@/lib/db/schema/saved-views";
import { closeRequests } from "@/lib/grants/close-requests";

type Stored = { id: string; tableId: string; query: string };

/**
 * Removes from the control database every filter value of a source whose column is not clear at this moment: it may
 * be a value of the source that is masked by now (laws 2 and 6). A saved view keeps its name and the name of the
 * column. A request loses the filters of its cohort as a whole, and one that still waits is closed: nobody could read
 * any more what they decide on. To be called after every change of a catalogue, in its transaction.
 */
export async function forgetValues(
  tx: WriteTransaction,
  source: Pick<HeldSource, "id" | "name">,
): Promise<AuditEvent[]> {
  const views = await storedViews(tx, source.id);
  const cohorts = await storedCohorts(tx, source.id);
  const tables = await clearNames(tx, [...views, ...cohorts]);
  const without = ({ tableId, query }: Stored) => forgetIn(query, tables.get(tableId) ?? new Set());
  const staleViews = views.filter((view) => without(view) !== view.query);
  const staleCohorts = cohorts.filter((cohort) => without(cohort) !== cohort.query);
  for (const view of staleViews)
    await tx
      .update(savedViews)
      .set({ query: without(view) })
      .where(eq(savedViews.id, view.id));
  const requestIds = staleCohorts.map(({ id }) => id);
  const closed = await closeRequests(tx, { requestIds }, "column-changed");
  await tx.execute(sql`
    UPDATE requests SET cohort = NULL, cohort_salt = NULL WHERE id = ANY (${`{${requestIds.join(",")}}`}::uuid[])`);
  const forgotten: AuditEvent[] =
    staleViews.length + staleCohorts.length === 0
      ? []
      : [
          {
            code: "catalog.values_forgotten",
            resource: { sourceId: source.id, source: source.name },
            details: { views: staleViews.length, requests: staleCohorts.length },
          },
        ];
  return [...forgotten, ...closed];
}

async function storedViews(tx: WriteTransaction, sourceId: string): Promise<Stored[]> {
  return tx
    .select({ id: savedViews.id, tableId: savedViews.tableId, query: savedViews.query })
    .from(savedViews)
    .innerJoin(catalogTables, eq(catalogTables.id, savedViews.tableId))
    .where(eq(catalogTables.sourceId, sourceId))
    .orderBy(savedViews.id)
    .for("update", { of: savedViews });
}

async function storedCohorts(tx: WriteTransaction, sourceId: string): Promise<Stored[]> {
  return tx
    .select({ id: requests.id, tableId: requests.tableId, query: sql<string>`${requests.cohort}` })
    .from(requests)
    .where(and(eq(requests.sourceId, sourceId), isNotNull(requests.cohort)))
    .orderBy(requests.id)
    .for("update");
}

/** The names of the clear columns of each table; a table that is gone, or whose source is removed, has none. */
async function clearNames(
  tx: WriteTransaction,
  stored: readonly Stored[],
): Promise<Map<string, ReadonlySet<string>>> {
  const clear = new Map<string, ReadonlySet<string>>();
  for (const tableId of new Set(stored.map((row) => row.tableId))) {
    const table = await findTable(tx, { tableId });
    const names = (table?.columns ?? []).filter((column) => ClearColumn.of(column) !== null);
    clear.set(tableId, new Set(names.map(({ name }) => name)));
  }
  return clear;
}

function forgetIn(query: string, clear: ReadonlySet<string>): string {
  const params = new URLSearchParams(query);
  const filters = params.getAll("f");
  const left = forgetMasked(filters, (name) => clear.has(name));
  if (left.every((text, at) => text === filters[at]) && left.length === filters.length) return query;
  params.delete("f");
  for (const text of left) params.append("f", text);
  return `?${params.toString().replaceAll("%2C", ",").replaceAll("%3A", ":")}`;
}
