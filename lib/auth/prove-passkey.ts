import "server-only";
import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { markPasskeyUsed, plainChallenge } from "@/lib/auth/passkey-challenge";
import { assertionSchema } from "@/lib/auth/passkey-response";
import { askForPasskey, hasPasskey, lackOfPasskey, usePasskey } from "@/lib/auth/use-passkey";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sessions } from "@/lib/db/schema/people";
import { Refusal } from "@/lib/refusal";

export const askProofSchema = z.object({});
export const passkeyProofSchema = z.object({ assertion: assertionSchema });

/** What the browser needs to use a passkey before passkeys are changed. */
export async function askForProof(ctx: Context) {
  return recorded(ctx, async (tx) => ({
    result: await askForPasskey(tx, ctx, { purpose: "step-up" }),
    event: { code: "passkey.asked" as const, details: { for: "step-up" } },
  }));
}

/** Takes a passkey before one's passkeys are changed: it counts in this session, for ten minutes. */
export async function provePasskey(ctx: Context, input: z.infer<typeof passkeyProofSchema>): Promise<void> {
  await recorded(ctx, async (tx) => {
    const { signed } = await usePasskey(tx, ctx, {
      use: { purpose: "step-up" },
      assertion: input.assertion,
      challengeOf: plainChallenge,
    });
    await markPasskeyUsed(tx, ctx);
    return { result: undefined, event: { code: "passkey.used" as const, details: { name: signed.name } } };
  });
}

/** Whether a passkey was used in this session within so many minutes, by the database clock. */
export function isPasskeyFresh({ sessionId, actor }: Context, minutes: number): SQL<boolean> {
  return sql`EXISTS (SELECT FROM ${sessions} WHERE ${sessions.id} = ${sessionId}
    AND ${sessions.personId} = ${actor.personId} AND ${sessions.endedAt} IS NULL
    AND ${sessions.passkeyAt} > clock_timestamp() - make_interval(mins => ${minutes}))`;
}

/** Refuses inside the deciding transaction unless a passkey was used so lately; says so where the person has none. */
export async function requireFreshPasskey(
  tx: WriteTransaction,
  ctx: Context,
  minutes: number,
): Promise<void> {
  const [row] = await tx.select({ fresh: isPasskeyFresh(ctx, minutes) }).from(sql`(SELECT 1) AS once`);
  if (row?.fresh) return;
  throw new Refusal(await lackOfPasskey(tx, ctx.actor.personId));
}

/**
 * Refuses inside the deciding transaction, before passkeys are changed: whoever has one must have used it so lately, so
 * that a stolen password neither adds nor removes any.
 */
export async function requireOwnPasskey(tx: WriteTransaction, ctx: Context, minutes: number): Promise<void> {
  if (await hasPasskey(tx, ctx.actor.personId)) await requireFreshPasskey(tx, ctx, minutes);
}
