import { createHmac } from "node:crypto";

/**
 * The signature of a body that is sent at a time (seconds since 1970, as text): HMAC-SHA-256 over the time, a full stop
 * and the body. Whoever receives it compares both, and refuses a time that is long past, so that nothing is played again.
 */
export function signatureOf(key: string, seconds: string, body: Buffer): string {
  return `v1=${createHmac("sha256", key).update(`${seconds}.`).update(body).digest("hex")}`;
}
