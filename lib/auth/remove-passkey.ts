import "server-only";
import { and, eq, isNull, sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { FRESH_MINUTES, requireFreshPassword } from "@/lib/auth/fresh-password";
import { requireOwnPasskey } from "@/lib/auth/prove-passkey";
import { holdPermission } from "@/lib/auth/require-permission";
import type { WriteTransaction } from "@/lib/db/control-database";
import { passkeys } from "@/lib/db/schema/passkeys";
import { people, sessions } from "@/lib/db/schema/people";
import { idInput } from "@/lib/id-input";
import { Refusal } from "@/lib/refusal";

export const removeSchema = z.object({ passkeyId: idInput() });

/** Removes a passkey of one's own, with a fresh password and a passkey used lately; what it signed keeps counting. */
export async function removeOwnPasskey(ctx: Context, input: z.infer<typeof removeSchema>): Promise<void> {
  await recorded(ctx, async (tx) => {
    await requireFreshPassword(tx, ctx, FRESH_MINUTES, "password-needed");
    await requireOwnPasskey(tx, ctx, FRESH_MINUTES);
    const mine = and(eq(passkeys.id, input.passkeyId), eq(passkeys.personId, ctx.actor.personId));
    return { result: undefined, event: await remove(tx, ctx, mine) };
  });
}

/** An admin removes the lost passkey of somebody else; nobody can add one for them. */
export async function removeLostPasskey(
  ctx: Context,
  input: z.infer<typeof removeSchema>,
): Promise<{ name: string }> {
  return recorded(ctx, async (tx) => {
    await holdPermission(tx, ctx, "people");
    const event = await remove(tx, ctx, eq(passkeys.id, input.passkeyId));
    if (event.subject.id === ctx.actor.personId) throw new Refusal("own-rights");
    return { result: { name: event.subject.name }, event };
  });
}

/**
 * Holds whose it is first: a decision of theirs that asks for it is before this, or after it. That it was used a moment
 * ago counts no longer in any session: whoever has it may be why it is removed.
 */
async function remove(
  tx: WriteTransaction,
  ctx: Context,
  which: SQL | undefined,
): Promise<AuditEvent & { subject: { id: string; name: string } }> {
  const [found] = await tx.select({ personId: passkeys.personId }).from(passkeys).where(which);
  if (!found) throw new Refusal("not-found");
  const [owner] = await tx
    .select({ id: people.id, name: people.name })
    .from(people)
    .where(eq(people.id, found.personId))
    .for("update");
  const [removed] = await tx
    .update(passkeys)
    .set({ removedAt: sql`clock_timestamp()`, removedById: ctx.actor.personId })
    .where(and(which, isNull(passkeys.removedAt)))
    .returning({ id: passkeys.id, name: passkeys.name });
  if (!removed || !owner) throw new Refusal("not-found");
  await tx
    .update(sessions)
    .set({ passkeyAt: null })
    .where(and(eq(sessions.personId, owner.id), isNull(sessions.endedAt)));
  const details = { passkey: removed.id, name: removed.name };
  return { code: "passkey.removed", subject: owner, details };
}
