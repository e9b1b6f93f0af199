import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import { downloads } from "@/lib/db/schema/downloads";
import { downloadsHere } from "@/lib/downloads/watch-downloads";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";

export const cancelDownloadSchema = z.object({ downloadId: idInput() });

/**
 * Asks for the end of a download of one's own: at once where this instance sends it, within a second elsewhere. Of
 * somebody else's it says what it says of one that is over.
 */
export async function cancelDownload(
  ctx: Context,
  { downloadId }: z.infer<typeof cancelDownloadSchema>,
): Promise<void> {
  const cancelled = await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "home");
    const [asked] = await tx
      .update(downloads)
      .set({ cancelAskedAt: sql`clock_timestamp()` })
      .where(
        and(
          eq(downloads.id, downloadId),
          eq(downloads.personId, ctx.actor.personId),
          eq(downloads.state, "running"),
          isNull(downloads.cancelAskedAt),
        ),
      )
      .returning({ id: downloads.id, title: downloads.title });
    if (!asked) throw new Refusal("download-over");
    const details = { download: asked.id, title: asked.title };
    return { result: asked, event: { code: "download.cancel_asked", details } };
  });
  downloadsHere().find(cancelled.id)?.stop({ state: "cancelled", why: "asked" });
}
