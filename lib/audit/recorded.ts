import "server-only";
import { appendEvents } from "@/lib/audit/append-events";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { writeTransaction, type WriteTransaction } from "@/lib/db/control-database";
import { tellWhoLooks } from "@/lib/notify/tell-who-looks";

type Recorded<T> = {
  result: T;
  event: AuditEvent | readonly [AuditEvent, ...AuditEvent[]];
  /** Who it was, where only the deed finds out: somebody who signs in or accepts an invitation. */
  as?: Context;
};

/**
 * Runs a deed in one transaction and commits it together with its audit event, or not at all (law 3). It is the
 * only way to a writing transaction: a write without its event does not compile.
 */
export async function recorded<T>(
  ctx: Context,
  deed: (tx: WriteTransaction) => Promise<Recorded<T>>,
): Promise<T> {
  const { result, event, as } = await writeTransaction(deed, ({ event, as }) =>
    appendEvents(as ?? ctx, listOf(event)),
  );
  tellWhoLooks(listOf(event), (as ?? ctx).actor.id);
  return result;
}

const listOf = (event: Recorded<unknown>["event"]): readonly AuditEvent[] =>
  Array.isArray(event) ? event : [event as AuditEvent];

/** Records that something happened or was refused, where nothing else is written. */
export async function record(ctx: Context, event: AuditEvent): Promise<void> {
  await recorded(ctx, async () => ({ result: undefined, event }));
}
