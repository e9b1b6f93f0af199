import "server-only";
import type { Context } from "@/lib/auth/context";
import { proposedMask } from "@/lib/catalog/classes";
import { confirmHeld, type Confirmed } from "@/lib/catalog/confirm-columns";

/**
 * Confirms, as proposed, every column of a source (or of one table of it) that waits for a steward and whose
 * proposal is at least so sure. Columns that changed after they were confirmed wait for a look of their own.
 */
export async function confirmProposals(
  ctx: Context,
  wanted: { sourceId: string; tableId?: string | undefined; confidence: number; onBehalfOf?: string },
): Promise<Confirmed> {
  const waiting = { tableId: wanted.tableId, confidence: wanted.confidence };
  return confirmHeld(ctx, wanted.sourceId, wanted.onBehalfOf, { waiting }, (held) =>
    held
      .filter((column) => column.state === "unconfirmed")
      .map((column) => ({
        column,
        classId: column.proposedClass,
        mask: proposedMask(column.proposedClass, column.type),
      })),
  );
}
