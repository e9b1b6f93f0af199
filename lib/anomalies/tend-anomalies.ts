import "server-only";
import { readActivityMark, takeHourlyTurn } from "@/lib/anomalies/activity-rows";
import { countActivity } from "@/lib/anomalies/count-activity";
import { lookAtDays } from "@/lib/anomalies/look-at-days";
import { readDatabaseDay, readLogEnd } from "@/lib/anomalies/read-clock";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import type { Send, Worker } from "@/lib/jobs/jobs";

/**
 * One batch of the log: counts what it touches, opens cases of what is unusual, and moves the mark. Whoever is killed in
 * between leaves the mark where it was, and the next one finds the same, once.
 */
export async function lookForAnomalies(ctx: Context, batch?: number): Promise<"done" | "again"> {
  const { touched, more, keep } = await countActivity(ctx, batch);
  await lookAtDays(ctx, touched, await readDatabaseDay(ctx));
  await keep();
  return more ? "again" : "done";
}

/** The job that looks at what is new in the log. */
export const lookForAnomaliesJob: Worker = () => lookForAnomalies(systemContext());

/** Sends the job once an hour where something has happened since. */
export async function tendAnomalies(send: Send): Promise<void> {
  const ctx = systemContext();
  if ((await readLogEnd(ctx)) <= (await readActivityMark())) return;
  if (await takeHourlyTurn()) await send("anomalies", { id: "look", key: "look" });
}
