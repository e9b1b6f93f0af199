import "server-only";
import { generateAuthenticationOptions, verifyAuthenticationResponse } from "@simplewebauthn/server";
import { and, asc, eq, isNull, lt, sql } from "drizzle-orm";
import {
  makeChallenge,
  takeChallenge,
  type ChallengeOf,
  type Fresh,
  type PasskeyUse,
} from "@/lib/auth/passkey-challenge";
import type { Context } from "@/lib/auth/context";
import { isSealed, readPublicKey, relyingParty, type SignedWith } from "@/lib/auth/passkey";
import type { Assertion } from "@/lib/auth/passkey-response";
import type { ReadDatabase, WriteTransaction } from "@/lib/db/control-database";
import { passkeys } from "@/lib/db/schema/passkeys";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/refusal";

type Stored = typeof passkeys.$inferSelect;

/**
 * Whether this person has a passkey; with a moment, one that was registered before it. Approvals of what was sent after
 * it was registered ask for it.
 */
export async function hasPasskey(
  db: Pick<ReadDatabase, "select">,
  personId: string,
  before: Date | null = null,
): Promise<boolean> {
  const [one] = await db.select({ id: passkeys.id }).from(passkeys).where(those(personId, before)).limit(1);
  return one !== undefined;
}

/** Why a passkey has not signed: there is one to use, or none, or none that was there when the request was sent. */
export async function lackOfPasskey(
  db: Pick<ReadDatabase, "select">,
  personId: string,
  sentAt: Date | null = null,
): Promise<"passkey-needed" | "passkey-young" | "passkey-missing"> {
  if (await hasPasskey(db, personId, sentAt)) return "passkey-needed";
  return (await hasPasskey(db, personId)) ? "passkey-young" : "passkey-missing";
}

const those = (personId: string, before: Date | null) =>
  and(
    eq(passkeys.personId, personId),
    isNull(passkeys.removedAt),
    before ? lt(passkeys.addedAt, before) : undefined,
  );

const sentAtOf = (use: PasskeyUse) => (use.purpose === "decide" ? use.sentAt : null);

/** What the browser needs to have one of this person's passkeys sign; refuses whoever has none that may. */
export async function askForPasskey(
  tx: WriteTransaction,
  ctx: Context,
  use: PasskeyUse,
  challengeOf?: ChallengeOf,
) {
  const mine = await tx
    .select()
    .from(passkeys)
    .where(those(ctx.actor.personId, sentAtOf(use)))
    .orderBy(asc(passkeys.addedAt));
  if (mine.length === 0) throw new Refusal(await lackOfPasskey(tx, ctx.actor.personId, sentAtOf(use)));
  const challenge = await makeChallenge(tx, ctx, use, challengeOf);
  return generateAuthenticationOptions({
    rpID: relyingParty(env().publicUrl).rpId,
    challenge: Uint8Array.from(challenge),
    allowCredentials: mine.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: transports as NonNullable<Passkey["transports"]>,
    })),
    userVerification: "required",
    timeout: 120_000,
  });
}

type Passkey = Parameters<typeof verifyAuthenticationResponse>[0]["credential"];

/**
 * Checks in the deciding transaction what a passkey of this person signed: that it was asked for exactly this, here, once
 * and lately; that they were verified by it, on our address; that it is the key they registered, before the request was
 * sent where it signs a decision, and its counter goes on.
 */
export async function usePasskey(
  tx: WriteTransaction,
  ctx: Context,
  { use, assertion, challengeOf }: { use: PasskeyUse; assertion: Assertion; challengeOf: ChallengeOf },
): Promise<Fresh & { signed: SignedWith }> {
  const stored = await holdPasskey(tx, ctx, assertion.id);
  const sentAt = sentAtOf(use);
  if (sentAt && stored.addedAt >= sentAt) throw new Refusal("passkey-young");
  const clientDataJson = assertion.response.clientDataJSON;
  const { challenge, ...fresh } = await takeChallenge(tx, ctx, { use, clientDataJson, challengeOf });
  const signed = await verified(stored, assertion, challenge);
  const [moved] = await tx
    .update(passkeys)
    .set({ counter: signed.counter, usedAt: sql`clock_timestamp()` })
    .where(and(eq(passkeys.id, stored.id), eq(passkeys.counter, stored.counter), isNull(passkeys.removedAt)))
    .returning({ id: passkeys.id });
  if (!moved) throw new Refusal("passkey-wrong");
  return { signed: signed.with, ...fresh };
}

/** The passkey, held: of two uses at once the second sees the counter that the first has left. */
async function holdPasskey(tx: WriteTransaction, ctx: Context, credentialId: string): Promise<Stored> {
  const mine = and(
    eq(passkeys.credentialId, credentialId),
    eq(passkeys.personId, ctx.actor.personId),
    isNull(passkeys.removedAt),
  );
  await tx.select({ id: passkeys.id }).from(passkeys).where(mine).for("update");
  const [stored] = await tx.select().from(passkeys).where(mine);
  if (!stored) throw new Refusal("passkey-wrong");
  if (!isSealed(env().rootKey, stored)) throw new Refusal("passkey-altered");
  return stored;
}

async function verified(stored: Stored, assertion: Assertion, challenge: Buffer) {
  const { origin, rpId } = relyingParty(env().publicUrl);
  const key = readPublicKey(stored.publicKey);
  if (!key) throw new Refusal("passkey-altered");
  const checked = await verifyAuthenticationResponse({
    response: assertion,
    expectedChallenge: challenge.toString("base64url"),
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    credential: {
      id: stored.credentialId,
      publicKey: Uint8Array.from(stored.publicKey),
      counter: stored.counter,
    },
    // The library throws for whatever does not fit; its words would quote what a browser sent.
  }).catch(() => null);
  if (!checked?.verified) throw new Refusal("passkey-wrong");
  const { authenticatorData, clientDataJSON, signature } = assertion.response;
  const { name, credentialId } = stored;
  const publicKey = key.der.toString("base64url");
  const told: SignedWith = {
    ...{ name, credentialId, algorithm: key.algorithm, publicKey, origin },
    ...{ authenticatorData, clientDataJson: clientDataJSON, signature },
  };
  return { counter: checked.authenticationInfo.newCounter, with: told };
}
