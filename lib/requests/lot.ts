import { createHmac } from "node:crypto";

/**
 * Whether a request is drawn, of a share between 0 and 1. By a keyed hash of its id: nobody without the key can tell
 * before it is sent, or send until one is spared, and whoever has it can check the draw afterwards.
 */
export function isDrawn(key: Buffer, requestId: string, share: number): boolean {
  const lot = createHmac("sha256", key).update(requestId, "utf8").digest().readUIntBE(0, 6);
  return lot < share * 2 ** 48;
}
