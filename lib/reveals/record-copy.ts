import "server-only";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import { recordsOf } from "@/lib/audit/subject-ref";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { Coverage } from "@/lib/grants/coverage";
import { aboutGrant, holdGrant } from "@/lib/approvals/hold-grant";
import { idInput } from "@/lib/id-input";

export const copySchema = z.object({ grantId: idInput(), record: z.string().max(4096), columnId: idInput() });

/**
 * Records that one revealed value is about to be copied; the page writes to the clipboard only after this has
 * committed. Refuses once the grant is over: what cannot be shown cannot be copied.
 */
export async function recordCopy(ctx: Context, cell: z.infer<typeof copySchema>): Promise<void> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "reveal");
    const held = await holdGrant(tx, cell.grantId);
    const wanted = { records: [cell.record], columnIds: [cell.columnId] };
    const { records, fields } = Coverage.ofLockedGrant(
      { ...held.grant, now: held.now },
      { personId: ctx.actor.personId, sessionId: ctx.sessionId },
      wanted,
    );
    const about = aboutGrant(held);
    return {
      result: undefined,
      event: {
        ...about,
        code: "reveal.copied",
        resource: {
          ...about.resource,
          ...recordsOf(held.grant, records),
          fields: fields.map((field) => field.column),
          classes: fields.map((field) => field.classId),
          levels: fields.map((field) => field.level),
        },
      },
    };
  });
}
