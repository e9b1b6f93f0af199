import { z } from "zod";

const bytes = z
  .string()
  .regex(/^[\w-]+$/)
  .max(8192);
// What extensions said is not read.
const extensions = z.unknown().transform(() => ({}));

/** What a browser says after a passkey was used; the fields that are read, and no others. */
export const assertionSchema = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal("public-key"),
  clientExtensionResults: extensions,
  response: z.object({ authenticatorData: bytes, clientDataJSON: bytes, signature: bytes }),
});

/** What a browser says after a passkey was made. */
export const attestationSchema = z.object({
  id: bytes,
  rawId: bytes,
  type: z.literal("public-key"),
  clientExtensionResults: extensions,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(8)
      .default([]),
  }),
});

export type Assertion = z.output<typeof assertionSchema>;
export type Attestation = z.output<typeof attestationSchema>;

/** The challenge that a browser says was signed; null where it says none. */
export function challengeIn(clientDataJson: string): Buffer | null {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8")) as {
      challenge?: unknown;
    };
    return typeof challenge === "string" ? Buffer.from(challenge, "base64url") : null;
  } catch {
    return null;
  }
}
