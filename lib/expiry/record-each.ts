import "server-only";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";

/**
 * Does the same to each of these in one transaction, with the event that each of them gives; one that gives none must
 * have written nothing. Returns how many there were; where there was none, the empty transaction is rolled back.
 */
export async function recordEach(
  ctx: Context,
  ids: readonly string[],
  one: (tx: WriteTransaction, id: string) => Promise<AuditEvent | null>,
): Promise<number> {
  if (ids.length === 0) return 0;
  try {
    return await recorded(ctx, async (tx) => {
      const events: AuditEvent[] = [];
      for (const id of ids) {
        const event = await one(tx, id);
        if (event) events.push(event);
      }
      const [first, ...others] = events;
      if (!first) throw new NothingToDo();
      return { result: events.length, event: [first, ...others] };
    });
  } catch (error) {
    if (error instanceof NothingToDo) return 0;
    throw error;
  }
}

/** Rolls the empty transaction back: no write goes without an event. */
class NothingToDo extends Error {}
