import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sources } from "@/lib/db/schema/catalogue";
import { people } from "@/lib/db/schema/people";
import { auditHolds } from "@/lib/db/schema/retention";
import { requireSecondPerson } from "@/lib/people/second-person";
import { Refusal } from "@/lib/refusal";
import type { askLiftSchema, holdSchema, liftHoldSchema } from "@/lib/retention/input";

type Held = Pick<typeof auditHolds.$inferSelect, "name" | "personId" | "sourceId" | "fromDay" | "toDay">;

/** Puts a part of the log under a legal hold: nothing of it is pruned until two people have lifted it. */
export async function placeHold(ctx: Context, input: z.infer<typeof holdSchema>): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "hold");
    const about = await aboutOf(tx, input);
    await tx.insert(auditHolds).values({ ...input, placedBy: ctx.actor.personId });
    return { result: { name: input.name }, event: { ...about, code: "hold.placed", reason: input.why } };
  });
}

/** Asks to lift a hold, with the reason: it stands until another person lifts it. */
export async function askToLiftHold(
  ctx: Context,
  input: z.infer<typeof askLiftSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "hold");
    const hold = await standing(tx, input.holdId);
    await tx
      .update(auditHolds)
      .set({ liftAskedBy: ctx.actor.personId, liftWhy: input.why, liftAskedAt: sql`clock_timestamp()` })
      .where(eq(auditHolds.id, input.holdId));
    const about = await aboutOf(tx, hold);
    return { result: { name: hold.name }, event: { ...about, code: "hold.lift_asked", reason: input.why } };
  });
}

/** Lifts a hold that somebody else asked to lift, a person of their own (law 7). */
export async function liftHold(
  ctx: Context,
  input: z.infer<typeof liftHoldSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "retention");
    const hold = await standing(tx, input.holdId);
    if (hold.liftAskedBy === null || hold.liftAskedAt === null) throw new Refusal("changed-meanwhile");
    if (hold.liftAskedBy === ctx.actor.personId) throw new Refusal("own-retention");
    const seat = { first: hold.liftAskedBy, since: hold.liftAskedAt, permission: "retention" } as const;
    await requireSecondPerson(tx, ctx, seat);
    await tx
      .update(auditHolds)
      .set({ liftedBy: ctx.actor.personId, liftedAt: sql`clock_timestamp()` })
      .where(eq(auditHolds.id, input.holdId));
    const about = await aboutOf(tx, hold);
    const reason = hold.liftWhy ?? "";
    return { result: { name: hold.name }, event: { ...about, code: "hold.lifted", reason } };
  });
}

async function standing(tx: WriteTransaction, holdId: string) {
  const [hold] = await tx
    .select()
    .from(auditHolds)
    .where(and(eq(auditHolds.id, holdId), isNull(auditHolds.liftedAt)))
    .for("update");
  if (!hold) throw new Refusal("changed-meanwhile");
  return hold;
}

/** What a hold is about, as its events say it; refuses what is not there. */
async function aboutOf(tx: WriteTransaction, hold: Held): Promise<Omit<AuditEvent, "code">> {
  const { name, personId, sourceId, fromDay, toDay } = hold;
  const [person] =
    personId === null
      ? []
      : await tx.select({ name: people.name }).from(people).where(eq(people.id, personId));
  const [source] =
    sourceId === null
      ? []
      : await tx.select({ name: sources.name }).from(sources).where(eq(sources.id, sourceId));
  if ((personId !== null && !person) || (sourceId !== null && !source)) throw new Refusal("not-found");
  return {
    ...(personId !== null && person ? { subject: { id: personId, name: person.name } } : {}),
    ...(sourceId !== null && source ? { resource: { sourceId, source: source.name } } : {}),
    details: {
      hold: name,
      ...(fromDay === null ? {} : { from: fromDay }),
      ...(toDay === null ? {} : { to: toDay }),
    },
  };
}
