import "server-only";
import { eq, sql } from "drizzle-orm";
import type { AuditEvent } from "@/lib/audit/event";
import { systemContext } from "@/lib/auth/system-context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { requests } from "@/lib/db/schema/requests";
import { holdDue, readDue } from "@/lib/expiry/hold-waiting";
import { recordEach } from "@/lib/expiry/record-each";
import { reminderEvent } from "@/lib/requests/reminder-event";
import { readStanding } from "@/lib/requests/read-standing";
import { nextReminder } from "@/lib/requests/waiting";

/**
 * Reminds those who may decide of requests that have waited for a part of their time, as the policy of each said when it
 * was sent. Safe to run anywhere, at any time, again: each reminder is written once. Returns how many there were.
 */
export async function remind(): Promise<number> {
  const ctx = systemContext();
  return recordEach(ctx, await readDue(ctx, requests.remindAt), remindOne);
}

/** Of reminders that were missed while nothing ran, one is left. */
async function remindOne(tx: WriteTransaction, id: string): Promise<AuditEvent | null> {
  const found = await holdDue(tx, id, requests.remindAt);
  if (!found) return null;
  const { request, now } = found;
  const passed = (now.getTime() - request.createdAt.getTime()) / 1000;
  const next = nextReminder(request.route, passed);
  await tx
    .update(requests)
    .set({
      remindedAt: sql`clock_timestamp()`,
      remindAt: next === null ? null : sql`${requests.createdAt} + make_interval(secs => ${next})`,
    })
    .where(eq(requests.id, id));
  return reminderEvent(found, await readStanding(tx, found), "time");
}
