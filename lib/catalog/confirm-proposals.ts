import "server-only";
import type { Context } from "@/lib/auth/context";
import { confirmHeld, type Confirmed } from "@/lib/catalog/confirm-columns";
import { proposedIn } from "@/lib/catalog/person-column";
import { readPersonColumns } from "@/lib/catalog/read-person-columns";
import { surenessFrom } from "@/lib/catalog/sureness";

/**
 * Confirms, as proposed, the columns of a source (or of one table of it) that nobody has reviewed and whose proposal
 * is at least so sure. A guess is never confirmed in bulk, nor a column that changed after it had been confirmed:
 * each waits for a look of its own.
 */
export async function confirmProposals(
  ctx: Context,
  wanted: {
    sourceId: string;
    tableId?: string | undefined;
    atLeast: keyof typeof surenessFrom;
    onBehalfOf?: string;
  },
): Promise<Confirmed> {
  // Stored as a four-byte float: a hair below the bound is meant to be on it.
  const waiting = { tableId: wanted.tableId, confidence: surenessFrom[wanted.atLeast] - 0.0005 };
  const people = await readPersonColumns(ctx.db, wanted.sourceId);
  return confirmHeld(ctx, wanted.sourceId, wanted.onBehalfOf, { waiting }, (held, classes) =>
    held
      .filter((column) => column.state === "unconfirmed")
      .map((column) => ({
        column,
        classId: column.proposedClass,
        mask: proposedIn(people.get(column.tableId) ?? null, column.proposedClass, column.type, classes),
      })),
  );
}
