import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { auditRetention } from "@/lib/db/schema/retention";
import { requireSecondPerson } from "@/lib/people/second-person";
import { Refusal } from "@/lib/refusal";
import type { decidePeriodSchema, periodSchema } from "@/lib/retention/input";

const { id, confirmedAt, droppedAt } = auditRetention;

/** The days of a period as an event says them; for ever is no number. */
const told = (days: number | null) => ({ days: days ?? "for ever" });

/** Sets for how long entries are kept. It counts when another person has confirmed it, and takes the place of one that waits. */
export async function setPeriod(ctx: Context, input: z.infer<typeof periodSchema>): Promise<void> {
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "retentionSet");
    const dropped = await drop(tx, and(isNull(confirmedAt), isNull(droppedAt)));
    const made = await tx
      .insert(auditRetention)
      .values({ days: input.days, why: input.why, setBy: ctx.actor.personId })
      .onConflictDoNothing()
      .returning({ id });
    if (made.length === 0) throw new Refusal("changed-meanwhile");
    const set = { code: "retention.set", reason: input.why, details: told(input.days) } as const;
    return { result: undefined, event: [set, ...dropped] };
  });
}

/** Confirms a period that somebody else has set, a person of their own: from now on it counts (law 7). */
export async function confirmPeriod(ctx: Context, input: z.infer<typeof decidePeriodSchema>): Promise<void> {
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "retention");
    const [waiting] = await tx
      .select({ setBy: auditRetention.setBy, setAt: auditRetention.setAt, days: auditRetention.days })
      .from(auditRetention)
      .where(and(eq(id, input.periodId), isNull(confirmedAt), isNull(droppedAt)))
      .for("update");
    if (!waiting) throw new Refusal("changed-meanwhile");
    if (waiting.setBy === ctx.actor.personId) throw new Refusal("own-retention");
    const seat = { first: waiting.setBy, since: waiting.setAt, permission: "retention" } as const;
    await requireSecondPerson(tx, ctx, seat);
    await tx
      .update(auditRetention)
      .set({ confirmedBy: ctx.actor.personId, confirmedAt: sql`clock_timestamp()` })
      .where(eq(id, input.periodId));
    return { result: undefined, event: { code: "retention.confirmed", details: told(waiting.days) } };
  });
}

/** Takes back a period that waits: whoever may confirm it may also refuse it. */
export async function dropPeriod(ctx: Context, input: z.infer<typeof decidePeriodSchema>): Promise<void> {
  await recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "retention");
    const [event] = await drop(tx, and(eq(id, input.periodId), isNull(confirmedAt), isNull(droppedAt)));
    if (!event) throw new Refusal("changed-meanwhile");
    return { result: undefined, event };
  });
}

async function drop(tx: WriteTransaction, which: ReturnType<typeof and>) {
  const rows = await tx
    .update(auditRetention)
    .set({ droppedAt: sql`clock_timestamp()` })
    .where(which)
    .returning({ days: auditRetention.days });
  return rows.map(({ days }) => ({ code: "retention.dropped", details: told(days) }) as const);
}
