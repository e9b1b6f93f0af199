import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { derivedKey } from "@/lib/derived-key";
import { connectionSchema, type ConnectionParts } from "@/lib/source/connection";

const version = "v1";
const cipher = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/**
 * The connection as it is kept: AES-256-GCM under a key of its own source (HKDF-SHA-256 of the root key), bound to
 * that source, so that a row copied onto another source does not open.
 */
export function sealConnection(rootKey: Buffer, sourceId: string, connection: ConnectionParts): string {
  const iv = randomBytes(ivBytes);
  const sealer = createCipheriv(cipher, keyOf(rootKey, sourceId), iv, { authTagLength: tagBytes });
  sealer.setAAD(Buffer.from(`${version} ${sourceId}`));
  const body = Buffer.concat([sealer.update(JSON.stringify(connection), "utf8"), sealer.final()]);
  return [version, ...[iv, body, sealer.getAuthTag()].map((part) => part.toString("base64url"))].join(".");
}

/** The connection that was sealed for this source; null when the root key or the row is another. */
export function unsealConnection(rootKey: Buffer, sourceId: string, sealed: string): ConnectionParts | null {
  const [sealedVersion, iv, body, tag] = sealed.split(".");
  if (sealedVersion !== version || iv === undefined || body === undefined || tag === undefined) return null;
  try {
    const opener = createDecipheriv(cipher, keyOf(rootKey, sourceId), decode(iv), {
      authTagLength: tagBytes,
    });
    opener.setAAD(Buffer.from(`${version} ${sourceId}`));
    opener.setAuthTag(decode(tag));
    const json = Buffer.concat([opener.update(decode(body)), opener.final()]).toString("utf8");
    return connectionSchema.parse(JSON.parse(json));
  } catch {
    // Nothing of the cause goes further: a parser's message would quote what it read.
    return null;
  }
}

function keyOf(rootKey: Buffer, sourceId: string): Buffer {
  const info = JSON.stringify(["glimpse connection", sourceId]);
  return derivedKey(rootKey, info);
}

const decode = (part: string) => Buffer.from(part, "base64url");
