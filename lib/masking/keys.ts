import { derivedKey } from "@/lib/derived-key";

/** The two padded key blocks of HMAC-SHA-256 (RFC 2104), which PostgreSQL's `sha256()` needs to compute it. */
export type MaskKeys = { readonly inner: Buffer; readonly outer: Buffer };

/** Gives the keys of a scope: a data class, or one column when it has no class. */
export type MaskKeyring = (scope: string) => MaskKeys;

const blockBytes = 64;
const keyBytes = 32;

/** Whose keys are derived: a source, and how often its keys were changed; the first version is 1. */
export type KeyOwner = { readonly id: string; readonly keyVersion: number };

/** Derives the key of one source, version and scope from the root key (HKDF-SHA-256, RFC 5869). */
export function maskKeys(rootKey: Buffer, { id, keyVersion }: KeyOwner, scope: string): MaskKeys {
  if (rootKey.length < keyBytes) throw new RangeError("The root key of masks needs 32 bytes or more.");
  const info = JSON.stringify(["glimpse mask", id, scope, ...(keyVersion === 1 ? [] : [keyVersion])]);
  return padKey(derivedKey(rootKey, info));
}

/** The keys of one source, each scope derived once, so that a value bound twice is one parameter. */
export function maskKeyring(rootKey: Buffer, owner: KeyOwner): MaskKeyring {
  const derived = new Map<string, MaskKeys>();
  return (scope) => {
    const keys = derived.get(scope) ?? maskKeys(rootKey, owner, scope);
    derived.set(scope, keys);
    return keys;
  };
}

/** The two pads of an HMAC-SHA-256 key of 64 bytes or fewer. */
export function padKey(key: Buffer): MaskKeys {
  if (key.length > blockBytes) throw new RangeError("A key longer than a block must be hashed first.");
  const block = Buffer.alloc(blockBytes);
  key.copy(block);
  return {
    inner: block.map((byte) => byte ^ 0x36) as Buffer,
    outer: block.map((byte) => byte ^ 0x5c) as Buffer,
  };
}
