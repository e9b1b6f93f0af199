import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { EventCode } from "@/lib/audit/codes";
import type { AuditEvent } from "@/lib/audit/event";
import { holdSubjects } from "@/lib/audit/hold-subjects";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { rescanAfterDrift } from "@/lib/catalog/rescan-after-drift";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import type { CatalogColumn, CatalogTable } from "@/lib/catalog/table";
import type { WriteTransaction } from "@/lib/db/control-database";
import { refuseStopped } from "@/lib/grants/hold-no-stop";
import { Refusal } from "@/lib/refusal";
import { SourceFailure } from "@/lib/source/failure";

/** What is asked about: one column of a table, and the record where it is known. */
export type AskedOf = { table: CatalogTable; column: CatalogColumn; record?: string };

/** What the events of a lookup or a check speak of; until the transaction ends nobody erases the record. */
export async function aboutAsked(
  tx: WriteTransaction,
  { table, column, record: handle }: AskedOf,
): Promise<Pick<AuditEvent, "resource">> {
  const named = handle === undefined ? [] : [handle];
  const records = await holdSubjects(tx, { sourceId: table.source.id, tableId: table.id }, named);
  return {
    resource: {
      sourceId: table.source.id,
      source: table.source.name,
      tableId: table.id,
      table: `${table.schema}.${table.name}`,
      ...(records.length === 0 ? {} : { records, recordCount: 1 }),
      fields: [column.name],
      classes: [column.classId ?? "none"],
    },
  };
}

type Answer<T> = { result: T; details: AuditEvent["details"] & object; record?: string };

/**
 * Asks the source, puts the answer or the failure on record, and gives it at the next full step of time, so that how
 * long it took says nothing of what it is.
 */
export async function answered<T>(
  ctx: Context,
  of: AskedOf,
  codes: { answered: EventCode; failed: EventCode },
  ask: () => Promise<Answer<T>>,
): Promise<T> {
  const started = performance.now();
  try {
    const { result, details, record: handle } = await ask();
    // What was asked before a stop is not answered after it.
    await refuseStopped(ctx.db, { personId: ctx.actor.personId, sourceId: of.table.source.id });
    const found = handle === undefined ? of : { ...of, record: handle };
    await recordAsked(ctx, found, { code: codes.answered, details });
    return result;
  } catch (error) {
    if (error instanceof SourceFailure) await rescanAfterDrift(of.table.source.id, error);
    const refusal = sourceRefusal(error);
    const why = refusal instanceof Refusal ? refusal.code : "unexpected";
    await recordAsked(ctx, of, { code: codes.failed, details: { why } });
    throw refusal;
  } finally {
    const spentMs = performance.now() - started;
    await sleep(Math.ceil(spentMs / stepMs) * stepMs - spentMs);
  }
}

const stepMs = 400;

async function recordAsked(ctx: Context, of: AskedOf, event: Pick<AuditEvent, "code" | "details">) {
  await recorded(ctx, async (tx) => ({
    result: undefined,
    event: { ...(await aboutAsked(tx, of)), ...event },
  }));
}
