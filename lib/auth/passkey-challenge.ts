import "server-only";
import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { challengeIn } from "@/lib/auth/passkey-response";
import type { Context } from "@/lib/auth/context";
import type { WriteTransaction } from "@/lib/db/control-database";
import { sessions } from "@/lib/db/schema/people";
import { passkeyChallenges } from "@/lib/db/schema/passkeys";
import { Refusal } from "@/lib/refusal";

/** What a passkey is asked for; a decision names its request, and when that was sent, an opening its grant. */
export type PasskeyUse =
  | { purpose: "register" | "step-up" }
  | { purpose: "decide"; requestId: string; sentAt: Date }
  | { purpose: "open"; grantId: string };

/** What makes a challenge fresh: a nonce, and when it was asked by the database clock. */
export type Fresh = { nonce: string; askedAt: Date };

/** The 32 bytes to sign; the nonce itself where nothing else is signed. */
export type ChallengeOf = (fresh: Fresh) => Buffer;

export const plainChallenge: ChallengeOf = ({ nonce }) => Buffer.from(nonce, "base64url");

/** Makes a challenge that counts once, for three minutes, in this session, for this use. What has run out is forgotten. */
export async function makeChallenge(
  tx: WriteTransaction,
  ctx: Context,
  use: PasskeyUse,
  challengeOf: ChallengeOf = plainChallenge,
): Promise<Buffer> {
  const { sessionId, actor } = ctx;
  if (sessionId === null) throw new Refusal("not-signed-in");
  const mine = eq(passkeyChallenges.personId, actor.personId);
  await tx
    .delete(passkeyChallenges)
    .where(and(mine, sql`${passkeyChallenges.expiresAt} <= clock_timestamp()`));
  const nonce = randomBytes(32).toString("base64url");
  const [clock] = await tx
    .select({ askedAt: sql<Date>`clock_timestamp()`.mapWith(passkeyChallenges.askedAt) })
    .from(sql`(SELECT 1) AS once`);
  if (!clock) throw new Error("The database told no time.");
  const { askedAt } = clock;
  const challenge = challengeOf({ nonce, askedAt });
  await tx.insert(passkeyChallenges).values({
    ...{ challenge, nonce, askedAt, personId: actor.personId, sessionId, purpose: use.purpose },
    ...namedBy(use),
  });
  return challenge;
}

const namedBy = (use: PasskeyUse) => ({
  requestId: use.purpose === "decide" ? use.requestId : null,
  grantId: use.purpose === "open" ? use.grantId : null,
});

/**
 * Takes the challenge that a browser says was signed: it is gone when the transaction is committed. Refuses one that was
 * not made for this use in this session, has run out, was used, or was made for something else than is now done.
 */
export async function takeChallenge(
  tx: WriteTransaction,
  ctx: Context,
  { use, clientDataJson, challengeOf }: TakenFor,
): Promise<Fresh & { challenge: Buffer }> {
  const said = challengeIn(clientDataJson);
  if (said === null || ctx.sessionId === null) throw new Refusal("passkey-wrong");
  const { requestId, grantId } = namedBy(use);
  const [taken] = await tx
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, said),
        eq(passkeyChallenges.sessionId, ctx.sessionId),
        eq(passkeyChallenges.personId, ctx.actor.personId),
        eq(passkeyChallenges.purpose, use.purpose),
        requestId === null ? isNull(passkeyChallenges.requestId) : eq(passkeyChallenges.requestId, requestId),
        grantId === null ? isNull(passkeyChallenges.grantId) : eq(passkeyChallenges.grantId, grantId),
        gt(passkeyChallenges.expiresAt, sql`clock_timestamp()`),
      ),
    )
    .returning({ nonce: passkeyChallenges.nonce, askedAt: passkeyChallenges.askedAt });
  if (!taken) throw new Refusal("passkey-late");
  // What was signed must be what is done now: the same fields, records and time, of the same request.
  if (!challengeOf(taken).equals(said)) throw new Refusal("passkey-wrong");
  return { challenge: said, ...taken };
}

export type TakenFor = { use: PasskeyUse; clientDataJson: string; challengeOf: ChallengeOf };

/** Marks that a passkey was used in this session just now. */
export async function markPasskeyUsed(tx: WriteTransaction, ctx: Context): Promise<void> {
  if (ctx.sessionId === null) throw new Refusal("not-signed-in");
  const [marked] = await tx
    .update(sessions)
    .set({ passkeyAt: sql`clock_timestamp()` })
    .where(
      and(
        eq(sessions.id, ctx.sessionId),
        eq(sessions.personId, ctx.actor.personId),
        isNull(sessions.endedAt),
      ),
    )
    .returning({ id: sessions.id });
  if (!marked) throw new Refusal("not-signed-in");
}
