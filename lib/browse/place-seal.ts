import { createCipheriv, createDecipheriv } from "node:crypto";

const cipher = "aes-256-ecb";
const blockBytes = 16;

/**
 * The place of a row (its `ctid`) as an address may hold it: one block of AES under a key of the table, always as long.
 * How many rows share a block of the table would tell how wide their hidden values are (law 5).
 */
export function sealPlace(key: Buffer, place: string): string | null {
  const [, block, line] = /^\((\d{1,10}),(\d{1,5})\)$/u.exec(place) ?? [];
  if (block === undefined || Number(block) >= 2 ** 32 || Number(line) >= 2 ** 16) return null;
  const plain = Buffer.alloc(blockBytes);
  plain.writeUInt32BE(Number(block), 0);
  plain.writeUInt16BE(Number(line), 4);
  // One block, each under a key of its own table: there is nothing that a mode could chain.
  const sealing = createCipheriv(cipher, key, null).setAutoPadding(false);
  return Buffer.concat([sealing.update(plain), sealing.final()]).toString("base64url");
}

/** The place that was sealed; null for what this key never sealed: ten bytes of zeros are hopeless to forge. */
export function openPlace(key: Buffer, sealed: string): string | null {
  if (!isSealedPlace(sealed)) return null;
  const opening = createDecipheriv(cipher, key, null).setAutoPadding(false);
  const plain = Buffer.concat([opening.update(Buffer.from(sealed, "base64url")), opening.final()]);
  return plain.subarray(6).every((byte) => byte === 0)
    ? `(${plain.readUInt32BE(0)},${plain.readUInt16BE(4)})`
    : null;
}

/** Whether a text has the form of a sealed place. */
export function isSealedPlace(text: string): boolean {
  return /^[A-Za-z0-9_-]{21}[AQgw]$/u.test(text);
}
