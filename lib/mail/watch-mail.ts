import "server-only";
import { and, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission, requirePermission } from "@/lib/auth/require-permission";
import { auditEvents } from "@/lib/db/schema/audit";
import { env } from "@/lib/env";
import { mailFailures, type MailFailure } from "@/lib/mail/failure";
import { countOutbox, readMark } from "@/lib/mail/outbox";
import type { MailState } from "@/lib/mail/view";
import { Refusal } from "@/lib/refusal";

/** How e-mail gets along, for admins; null where none is sent. */
export async function readMailState(ctx: Context): Promise<MailState | null> {
  requirePermission(ctx, "people");
  const { mail } = env();
  if (!mail) return null;
  const { failure, failedAt, ...counts } = await countOutbox();
  return {
    ...counts,
    from: mail.from,
    unread: await countUnread(ctx),
    failure:
      failure === null || failedAt === null
        ? null
        : { words: mailFailures[failure as MailFailure] ?? mailFailures.unknown, at: failedAt },
  };
}

/** Events that have been left for longer than a minute: every few seconds somebody should look. */
async function countUnread(ctx: Context): Promise<number> {
  const mark = await readMark();
  const [row] = await ctx.db
    .select({ count: sql<number>`count(*)::int` })
    .from(auditEvents)
    .where(
      and(
        gt(auditEvents.seq, mark),
        sql`${auditEvents.occurredAt} < clock_timestamp() - interval '1 minute'`,
      ),
    );
  return row?.count ?? 0;
}

export const testMailSchema = z.object({});

/** Asks for a message to oneself, to try the mail server: it takes the way of all others. One in a minute. */
export async function askTestMail(ctx: Context): Promise<void> {
  if (env().mail === null) throw new Refusal("no-mail-server");
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "people");
    // Of two at once the second sees the event of the first.
    await tx.execute(
      sql`SELECT pg_advisory_xact_lock(hashtextextended(${`try mail ${ctx.actor.personId}`}, 0))`,
    );
    const [recent] = await tx
      .select({ seq: auditEvents.seq })
      .from(auditEvents)
      .where(
        and(
          eq(auditEvents.code, "mail.test_asked"),
          eq(auditEvents.actorId, ctx.actor.personId),
          sql`${auditEvents.occurredAt} > clock_timestamp() - interval '1 minute'`,
        ),
      )
      .limit(1);
    if (recent) throw new Refusal("too-fast");
    return { result: undefined, event: { code: "mail.test_asked" } };
  });
}
