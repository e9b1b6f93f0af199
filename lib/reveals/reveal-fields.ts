import "server-only";
import { z } from "zod";
import { record, recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { poolForReveals } from "@/lib/catalog/open-source";
import { sourceRefusal } from "@/lib/catalog/source-refusal";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";
import { openCoverage, type Opened } from "@/lib/reveals/open-coverage";
import { stillLive } from "@/lib/reveals/still-live";
import type { Revealed } from "@/lib/reveals/view";
import { readRaw } from "@/lib/source/read-raw";

export const revealSchema = z.object({
  grantId: idInput(),
  records: z.array(z.string().max(4096)).min(1).max(100).exactOptional(),
  columnIds: z.array(idInput()).min(1).max(100).exactOptional(),
});

/**
 * Opens raw values: check and record in one transaction, then read the source, then look at the clock again. What
 * fails after the event is on record too, and shows nothing (laws 3 and 4).
 */
export async function revealFields(ctx: Context, wanted: z.infer<typeof revealSchema>): Promise<Revealed> {
  const opened = await recorded(ctx, (tx) => openCoverage(tx, ctx, wanted.grantId, wanted));
  try {
    const { coverage } = opened;
    const sealed = await readRaw(poolForReveals(opened.source), coverage, opened.table);
    const msLeft = await stillLive(ctx, coverage);
    if (sealed.length === 0) throw new Refusal("record-gone");
    const { viewsLeft } = opened;
    return { values: sealed.map((cell) => cell.open(coverage)), msLeft, viewsLeft };
  } catch (error) {
    await recordFailure(ctx, opened, error);
    throw sourceRefusal(error);
  }
}

async function recordFailure(ctx: Context, opened: Opened, error: unknown): Promise<void> {
  const refusal = sourceRefusal(error);
  const why = refusal instanceof Refusal ? refusal.code : "unexpected";
  await record(ctx, { ...opened.about, code: "reveal.failed", details: { why } });
}
