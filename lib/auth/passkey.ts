import { createHash, createHmac, createPublicKey, timingSafeEqual } from "node:crypto";
import { decodeCredentialPublicKey } from "@simplewebauthn/server/helpers";
import { derivedKey } from "@/lib/derived-key";

/** How keys of passkeys sign (COSE): EdDSA, ES256, RS256. */
export const passkeyAlgorithms = [-8, -7, -257] as const;
export type PasskeyAlgorithm = (typeof passkeyAlgorithms)[number];

/** What a passkey has signed, with all that is needed to check it elsewhere; bytes are in base64url. */
export type SignedWith = {
  name: string;
  credentialId: string;
  algorithm: PasskeyAlgorithm;
  /** DER of its SubjectPublicKeyInfo. */
  publicKey: string;
  origin: string;
  authenticatorData: string;
  clientDataJson: string;
  signature: string;
};

/** Where passkeys are used: the address of Glimpse, and the host they are bound to. */
export function relyingParty(publicUrl: string): { origin: string; rpId: string } {
  const { origin, hostname } = new URL(publicUrl);
  return { origin, rpId: hostname };
}

/** The key of a passkey in the form that others read, from the COSE that its authenticator gave; null for a stranger. */
export function readPublicKey(cose: Uint8Array): { algorithm: PasskeyAlgorithm; der: Buffer } | null {
  try {
    const parts = decodeCredentialPublicKey(Uint8Array.from(cose)) as unknown as Map<number, unknown>;
    const algorithm = passkeyAlgorithms.find((one) => one === parts.get(3));
    if (algorithm === undefined) return null;
    const text = (label: number) => Buffer.from(parts.get(label) as Uint8Array).toString("base64url");
    const key = createPublicKey({ format: "jwk", key: jwkOf(algorithm, text) });
    return { algorithm, der: key.export({ format: "der", type: "spki" }) };
  } catch {
    return null;
  }
}

function jwkOf(algorithm: PasskeyAlgorithm, text: (label: number) => string) {
  if (algorithm === -8) return { kty: "OKP", crv: "Ed25519", x: text(-2) };
  if (algorithm === -7) return { kty: "EC", crv: "P-256", x: text(-2), y: text(-3) };
  return { kty: "RSA", n: text(-1), e: text(-2) };
}

/** Names the key of a passkey in the log: SHA-256 of its DER, in hexadecimal. */
export const keyPrint = (der: Uint8Array): string => createHash("sha256").update(der).digest("hex");

type Sealed = { personId: string; credentialId: string; publicKey: Uint8Array };

/** Binds a passkey to its person under a key of the application, so that a row written around it signs nothing. */
export function sealPasskey(rootKey: Buffer, { personId, credentialId, publicKey }: Sealed): Buffer {
  const told = JSON.stringify([personId, credentialId, Buffer.from(publicKey).toString("base64url")]);
  return createHmac("sha256", derivedKey(rootKey, "glimpse passkeys")).update(told).digest();
}

/** Whether a stored passkey is the one that was registered. */
export function isSealed(rootKey: Buffer, stored: Sealed & { seal: Uint8Array }): boolean {
  const seal = sealPasskey(rootKey, stored);
  return stored.seal.length === seal.length && timingSafeEqual(stored.seal, seal);
}
