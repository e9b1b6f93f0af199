import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import { downloads } from "@/lib/db/schema/downloads";
import type { Download } from "@/lib/downloads/download";
import type { DownloadEnd } from "@/lib/downloads/ending";
import { Refusal } from "@/lib/refusal";

/**
 * Puts on record how a download ended, with what had left by then. Refuses where its end is on record already: it was
 * given up for lost, and whoever still sends it must break off.
 */
export async function endDownload(
  { id, ctx, plan, beat }: Pick<Download, "id" | "ctx" | "plan" | "beat">,
  end: DownloadEnd,
): Promise<void> {
  const { rows, bytes, total, share } = beat;
  const why = end.state === "whole" ? null : end.why;
  await recorded(ctx, async (tx) => {
    const ended = await tx
      .update(downloads)
      .set({ state: end.state, why, rows, bytes, total, share, endedAt: sql`clock_timestamp()` })
      .where(and(eq(downloads.id, id), eq(downloads.state, "running")))
      .returning({ id: downloads.id });
    if (ended.length === 0) throw new Refusal("download-over");
    const details = { ...plan.begun.details, download: id, rows, bytes, end: end.state };
    return {
      result: undefined,
      event: { ...plan.begun, code: plan.ended, details: why === null ? details : { ...details, why } },
    };
  });
}
