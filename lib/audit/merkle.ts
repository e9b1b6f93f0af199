import { createHash } from "node:crypto";

/** The hash of a leaf: SHA-256(0x00 || entry). RFC 9162 section 2.1.1. */
export function leafHash(entry: string): Buffer {
  return createHash("sha256").update(LEAF).update(entry, "utf8").digest();
}

/** The hash of an inner node: SHA-256(0x01 || left || right). RFC 9162 section 2.1.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256").update(NODE).update(left).update(right).digest();
}

/** A tree as its size and the roots of its perfect subtrees, the largest first: all that appending needs. */
export type Frontier = { size: number; roots: readonly Buffer[] };

/** The tree with one leaf more, in at most log2(size) hashes. */
export function extend(frontier: Frontier, leaf: Buffer): Frontier {
  const roots = [...frontier.roots];
  let node = leaf;
  // Each trailing one bit of the size is a perfect subtree that the new leaf completes.
  for (let size = frontier.size; size % 2 === 1; size = Math.floor(size / 2)) {
    const left = roots.pop();
    if (left === undefined) throw new Error("The frontier does not fit its size.");
    node = nodeHash(left, node);
  }
  roots.push(node);
  return { size: frontier.size + 1, roots };
}

/** The Merkle root. RFC 9162 section 2.1.1; of no leaves it is the hash of nothing. */
export function rootHash(frontier: Frontier): Buffer {
  const [smallest, ...larger] = [...frontier.roots].reverse();
  if (smallest === undefined) return createHash("sha256").digest();
  return larger.reduce((right, left) => nodeHash(left, right), smallest);
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
