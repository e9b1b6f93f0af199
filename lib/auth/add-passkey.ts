import "server-only";
import { generateRegistrationOptions, verifyRegistrationResponse } from "@simplewebauthn/server";
import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { recorded } from "@/lib/audit/recorded";
import type { Context } from "@/lib/auth/context";
import { FRESH_MINUTES, requireFreshPassword } from "@/lib/auth/fresh-password";
import { keyPrint, passkeyAlgorithms, readPublicKey, relyingParty, sealPasskey } from "@/lib/auth/passkey";
import { makeChallenge, plainChallenge, takeChallenge } from "@/lib/auth/passkey-challenge";
import { requireOwnPasskey } from "@/lib/auth/prove-passkey";
import { attestationSchema, type Attestation } from "@/lib/auth/passkey-response";
import type { WriteTransaction } from "@/lib/db/control-database";
import { passkeys } from "@/lib/db/schema/passkeys";
import { people } from "@/lib/db/schema/people";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/refusal";
import { noNumbersInLabel } from "@/lib/texts/free-text";

const MOST_PASSKEYS = 10;

const name = z
  .string()
  .trim()
  .min(1, "Give it a name.")
  .max(60, "A name has at most 60 characters.")
  .regex(/^[\P{C}]*$/u, "This holds characters that cannot be seen. Remove them.")
  .check(noNumbersInLabel);

export const askToAddSchema = z.object({ name });
export const addSchema = z.object({ name, response: attestationSchema });

/** What the browser needs to make a passkey for this person; the password must have been given within ten minutes, and a passkey used that is there. */
export async function askToAddPasskey(ctx: Context, _: z.infer<typeof askToAddSchema>) {
  return recorded(ctx, async (tx) => {
    const { person, have } = await holdOwner(tx, ctx);
    const challenge = await makeChallenge(tx, ctx, { purpose: "register" });
    const result = await generateRegistrationOptions({
      rpName: "Glimpse",
      rpID: relyingParty(env().publicUrl).rpId,
      userName: person.email,
      userDisplayName: person.name,
      userID: Uint8Array.from(Buffer.from(ctx.actor.personId.replaceAll("-", ""), "hex")),
      challenge: Uint8Array.from(challenge),
      attestationType: "none",
      excludeCredentials: have.map(({ credentialId }) => ({ id: credentialId })),
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
      supportedAlgorithmIDs: [...passkeyAlgorithms],
      timeout: 120_000,
    });
    return { result, event: { code: "passkey.asked" as const, details: { for: "register" } } };
  });
}

/** Registers the passkey that a browser has made for this person, under a name of their own. */
export async function addPasskey(ctx: Context, input: z.infer<typeof addSchema>): Promise<void> {
  await recorded(ctx, async (tx) => {
    await holdOwner(tx, ctx);
    const made = await verified(tx, ctx, input.response);
    const seal = sealPasskey(env().rootKey, { personId: ctx.actor.personId, ...made });
    const [added] = await tx
      .insert(passkeys)
      .values({ personId: ctx.actor.personId, name: input.name, ...made, seal })
      .onConflictDoNothing()
      .returning({ id: passkeys.id });
    if (!added) throw new Refusal("passkey-wrong");
    const details = { passkey: added.id, name: input.name, key: made.print };
    return { result: undefined, event: { code: "passkey.added" as const, details } };
  });
}

/** Holds whoever registers: their password is fresh, a passkey too where they have one, and there is room for one more. */
async function holdOwner(tx: WriteTransaction, ctx: Context) {
  const me = ctx.actor.personId;
  const [person] = await tx
    .select({ email: people.email, name: people.name, state: people.state })
    .from(people)
    .where(eq(people.id, me))
    .for("update");
  if (person?.state !== "active") throw new Refusal("not-signed-in");
  await requireFreshPassword(tx, ctx, FRESH_MINUTES, "password-needed");
  await requireOwnPasskey(tx, ctx, FRESH_MINUTES);
  const have = await tx
    .select({ credentialId: passkeys.credentialId })
    .from(passkeys)
    .where(and(eq(passkeys.personId, me), isNull(passkeys.removedAt)));
  if (have.length >= MOST_PASSKEYS) throw new Refusal("passkeys-full");
  return { person, have };
}

async function verified(tx: WriteTransaction, ctx: Context, response: Attestation) {
  const { challenge } = await takeChallenge(tx, ctx, {
    use: { purpose: "register" },
    clientDataJson: response.response.clientDataJSON,
    challengeOf: plainChallenge,
  });
  const { origin, rpId } = relyingParty(env().publicUrl);
  const checked = await verifyRegistrationResponse({
    response: response as Parameters<typeof verifyRegistrationResponse>[0]["response"],
    expectedChallenge: challenge.toString("base64url"),
    expectedOrigin: origin,
    expectedRPID: rpId,
    requireUserVerification: true,
    supportedAlgorithmIDs: [...passkeyAlgorithms],
  }).catch(() => null);
  if (!checked?.verified) throw new Refusal("passkey-wrong");
  const { id, publicKey, counter } = checked.registrationInfo.credential;
  const key = readPublicKey(publicKey);
  if (!key) throw new Refusal("passkey-wrong");
  const { transports } = response.response;
  return {
    ...{ credentialId: id, publicKey: Buffer.from(publicKey), counter, transports },
    print: keyPrint(key.der),
  };
}
