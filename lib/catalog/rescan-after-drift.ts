import "server-only";
import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { systemContext } from "@/lib/auth/system-context";
import { compareSource } from "@/lib/catalog/compare-source";
import { sources } from "@/lib/db/schema/catalogue";
import { Refusal } from "@/lib/refusal";
import type { SourceFailure } from "@/lib/source/failure";
import { reportFailure } from "@/lib/web/report-failure";

const restSeconds = 30;
const waitMs = 3_000;

/** Scans under way in this instance: a table that everybody looks at must not be compared by each of them. */
const underWay = new Map<string, Promise<void>>();

/**
 * Compares a source again after a page found that a table or column is not what the catalogue knows, at most twice a
 * minute, and waits a moment for it: whoever loads the page again sees the new state, with what changed hidden.
 */
export async function rescanAfterDrift(sourceId: string, failure: SourceFailure): Promise<void> {
  if (failure.reason !== "column-gone" && failure.reason !== "table-gone") return;
  const scan = underWay.get(sourceId) ?? rescan(sourceId).finally(() => underWay.delete(sourceId));
  underWay.set(sourceId, scan);
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([scan, enough]);
  clearTimeout(timer);
}

/** What it finds is on record, and so is its failure: the page that asked waits for no answer of it. */
async function rescan(sourceId: string): Promise<void> {
  const ctx = systemContext();
  const rested = or(
    isNull(sources.scannedAt),
    lt(sources.scannedAt, sql`clock_timestamp() - make_interval(secs => ${restSeconds})`),
  );
  try {
    const [due] = await ctx.db
      .select({ id: sources.id })
      .from(sources)
      .where(and(eq(sources.id, sourceId), isNull(sources.removedAt), rested));
    if (due) await compareSource(ctx, sourceId);
  } catch (error) {
    if (!(error instanceof Refusal)) reportFailure(error);
  }
}
