import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { z } from "zod";
import { derivedKey } from "@/lib/derived-key";

const cipher = "aes-256-gcm";
const ivBytes = 12;
const tagBytes = 16;

/** Who asks, and for which kind of report: nobody else and no other kind opens what was sealed for them. */
export type Asker = { personId: string; kind: string };

const sealedSchema = z.object({ until: z.number(), params: z.record(z.string(), z.string()) });

/**
 * What a report is asked for, as an address may hold it: AES-256-GCM under a key of its own use (HKDF-SHA-256 of the root
 * key), bound to who asks and the kind. `until` is when it ends, in milliseconds since 1970.
 */
export function sealAsked(
  rootKey: Buffer,
  asker: Asker,
  asked: { params: Readonly<Record<string, string>>; until: number },
): string {
  const iv = randomBytes(ivBytes);
  const sealer = createCipheriv(cipher, keyOf(rootKey), iv, { authTagLength: tagBytes });
  sealer.setAAD(boundTo(asker));
  const body = Buffer.concat([sealer.update(JSON.stringify(asked), "utf8"), sealer.final()]);
  return Buffer.concat([iv, sealer.getAuthTag(), body]).toString("base64url");
}

/** What was sealed for this person and kind, until it ends; null for everything else. `now` in milliseconds since 1970. */
export function openAsked(
  rootKey: Buffer,
  asker: Asker,
  { sealed, now }: { sealed: string; now: number },
): Record<string, string> | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length <= ivBytes + tagBytes) return null;
  try {
    const iv = bytes.subarray(0, ivBytes);
    const opener = createDecipheriv(cipher, keyOf(rootKey), iv, { authTagLength: tagBytes });
    opener.setAAD(boundTo(asker));
    opener.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const body = bytes.subarray(ivBytes + tagBytes);
    const json = Buffer.concat([opener.update(body), opener.final()]).toString("utf8");
    const { until, params } = sealedSchema.parse(JSON.parse(json));
    return now < until ? params : null;
  } catch {
    // Nothing of the cause goes further: a parser's message would quote what it read.
    return null;
  }
}

const keyOf = (rootKey: Buffer) => derivedKey(rootKey, "glimpse asked report 1");
const boundTo = ({ personId, kind }: Asker) => Buffer.from(JSON.stringify([personId, kind]));
