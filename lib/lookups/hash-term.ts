import "server-only";
import { createHmac } from "node:crypto";
import { derivedKey } from "@/lib/derived-key";
import { env } from "@/lib/env";

/**
 * A keyed hash of what somebody looked for, for the log: the same term of one source has the same hash, so that an
 * auditor sees who asked again and again, and without the key it says nothing (law 6).
 */
export function hashTerm(sourceId: string, term: string): string {
  const key = derivedKey(env().rootKey, JSON.stringify(["glimpse lookup term", sourceId]));
  return createHmac("sha256", key).update(term.trim().toLowerCase()).digest("base64url").slice(0, 22);
}
