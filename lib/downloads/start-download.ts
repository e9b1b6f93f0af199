import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { downloads } from "@/lib/db/schema/downloads";
import type { Download, DownloadPlan } from "@/lib/downloads/download";
import { MOST_AT_ONCE } from "@/lib/downloads/ending";
import { downloadsHere } from "@/lib/downloads/watch-downloads";
import { Refusal } from "@/lib/refusal";

/** Numbers of our own among the advisory locks of a database, with one of the person. */
const PLACES = 4_711_004;

/**
 * Begins a download: what leaves is on record before anything of it is read, under the rights of this moment, and it has
 * one of the places of its person. From now on it is followed: whoever calls this must end it, by `make` and `leaving`.
 */
export async function startDownload(ctx: Context, plan: DownloadPlan): Promise<Download> {
  const id = randomUUID();
  const begun = await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, plan.permission);
    const event = await plan.begin(tx);
    await takePlace(tx, ctx, id, plan);
    return { result: event, event: { ...event, details: { ...event.details, download: id } } };
  });
  return downloadsHere().follow(ctx, id, { ...plan, begun });
}

/** Takes a free place, else that of the download which ended first; refuses where all of them run. */
async function takePlace(tx: WriteTransaction, ctx: Context, id: string, plan: DownloadPlan): Promise<void> {
  const { personId } = ctx.actor;
  // Two that begin at once would see the same place free.
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${PLACES}, hashtext(${personId}))`);
  const taken = await tx
    .select({ place: downloads.place, state: downloads.state, endedAt: downloads.endedAt })
    .from(downloads)
    .where(eq(downloads.personId, personId));
  const [ended] = taken
    .filter(({ state }) => state !== "running")
    .toSorted((a, b) => Number(a.endedAt) - Number(b.endedAt));
  const begun = {
    id,
    sessionId: ctx.sessionId,
    permission: plan.permission,
    sourceId: plan.sourceId ?? null,
    title: plan.title.slice(0, 200),
    format: plan.format,
    state: "running" as const,
    ...{ why: null, rows: 0, bytes: 0, total: null, share: null, cancelAskedAt: null, endedAt: null },
  };
  if (taken.length < MOST_AT_ONCE) {
    const numbers = new Set(taken.map(({ place }) => place));
    const place =
      Array.from({ length: MOST_AT_ONCE }, (_, at) => at + 1).find((one) => !numbers.has(one)) ?? 1;
    await tx.insert(downloads).values({ ...begun, personId, place });
    return;
  }
  if (!ended) throw new Refusal("downloads-full");
  const now = sql`clock_timestamp()`;
  await tx
    .update(downloads)
    .set({ ...begun, startedAt: now, beatAt: now })
    .where(and(eq(downloads.personId, personId), eq(downloads.place, ended.place)));
}
