import { hkdfSync } from "node:crypto";

const keyBytes = 32;
const mostKept = 10_000;

// By root key: another one, as in tests, must never get a key of the first.
const kept = new WeakMap<Buffer, Map<string, Buffer>>();

/**
 * The key of 32 bytes that a root key gives for one use, named by `info` (HKDF-SHA-256, RFC 5869, no salt). Each is
 * derived once: a page of rows needs a dozen. Callers must not write into it.
 */
export function derivedKey(rootKey: Buffer, info: string): Buffer {
  let keys = kept.get(rootKey);
  if (keys === undefined) kept.set(rootKey, (keys = new Map<string, Buffer>()));
  let key = keys.get(info);
  if (key === undefined) {
    if (keys.size >= mostKept) keys.clear();
    key = Buffer.from(hkdfSync("sha256", rootKey, Buffer.alloc(0), info, keyBytes));
    keys.set(info, key);
  }
  return key;
}
