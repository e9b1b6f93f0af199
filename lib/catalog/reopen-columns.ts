import "server-only";
import { sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { forgetValues } from "@/lib/catalog/forget-values";
import { holdSource, type HeldSource } from "@/lib/catalog/hold-steward";
import { holdColumns, type HeldColumn } from "@/lib/catalog/hold-columns";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { endAccess } from "@/lib/grants/end-access";
import { Refusal } from "@/lib/refusal";

export type Reopened = { count: number; endedGrants: number };

/** Some columns as a steward saw them, or all that they confirmed at one moment. */
export type WhichReopened = { columns: readonly { id: string; version: number }[] } | { confirmedAt: string };

/**
 * Sends confirmed columns of a source back to unconfirmed: they are hidden at once, and live grants and waiting requests on them end.
 * What was chosen is offered again when they are reviewed.
 */
export async function reopenColumns(
  ctx: Context,
  { sourceId, which }: { sourceId: string; which: WhichReopened },
): Promise<Reopened> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "catalog");
    const source = await holdSource(tx, sourceId);
    const held = await holdColumns(
      tx,
      sourceId,
      "columns" in which
        ? { ids: which.columns.map((column) => column.id) }
        : { confirmed: { at: which.confirmedAt, byId: ctx.actor.personId } },
    );
    if ("columns" in which) refuseStale(held, which.columns);
    const { endedGrants, events } = await reopenHeld(tx, source, held);
    const [first, ...more] = events;
    if (!first) throw new Refusal("changed-meanwhile");
    return { result: { count: held.length, endedGrants }, event: [first, ...more] };
  });
}

/** Hides columns that the caller holds and ends access to them; the events are for its own transaction. */
export async function reopenHeld(
  tx: WriteTransaction,
  source: HeldSource,
  held: readonly HeldColumn[],
): Promise<{ endedGrants: number; events: AuditEvent[] }> {
  if (held.length === 0) return { endedGrants: 0, events: [] };
  await tx.execute(sql`
    UPDATE catalog_columns SET state = 'unconfirmed', last_mask = mask, mask = '{"method":"hidden"}',
      version = version + 1
    WHERE id = ANY (${`{${held.map((column) => column.id).join(",")}}`}::uuid[])`);
  const ended = await endAccess(tx, { columnIds: held.map((column) => column.id) }, "column-changed");
  const forgotten = await forgetValues(tx, source);
  return {
    endedGrants: ended.grants,
    events: [...reopenedEvents(source, held), ...ended.events, ...forgotten],
  };
}

function refuseStale(held: readonly HeldColumn[], seen: readonly { id: string; version: number }[]): void {
  const versions = new Map(seen.map(({ id, version }) => [id, version]));
  if (versions.size === 0 || held.length !== versions.size) throw new Refusal("not-found");
  const stale = held.some(
    (column) => column.state !== "confirmed" || column.version !== versions.get(column.id),
  );
  if (stale) throw new Refusal("changed-meanwhile");
}

/** One event for each table. */
function reopenedEvents(source: HeldSource, held: readonly HeldColumn[]): AuditEvent[] {
  return [...new Set(held.map((column) => column.tableId))].map((tableId) => {
    const own = held.filter((column) => column.tableId === tableId);
    return {
      code: "catalog.reopened",
      resource: {
        sourceId: source.id,
        source: source.name,
        tableId,
        table: own[0]?.table ?? "",
        fields: own.map((column) => column.name),
        classes: own.map((column) => column.classId ?? "none"),
      },
    };
  });
}
