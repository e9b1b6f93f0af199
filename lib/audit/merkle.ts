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

/**
 * A tree that grows leaf by leaf in place, for whoever reads a whole log. `seen` is told every perfect subtree as it is
 * completed: its height (a leaf has 0), its place among those of that height, and its hash.
 */
export class GrowingTree {
  #size: number;
  readonly #roots: Buffer[];

  constructor(from: Frontier = { size: 0, roots: [] }) {
    if (from.roots.length !== onesOf(from.size)) throw new Error("The frontier does not fit its size.");
    this.#size = from.size;
    this.#roots = [...from.roots];
  }

  get size(): number {
    return this.#size;
  }

  append(leaf: Buffer, seen?: (height: number, place: number, hash: Buffer) => void): void {
    let node = leaf;
    let place = this.#size;
    let height = 0;
    seen?.(height, place, node);
    for (; place % 2 === 1; place = (place - 1) / 2) {
      const left = this.#roots.pop();
      if (left === undefined) throw new Error("The frontier does not fit its size.");
      node = nodeHash(left, node);
      height++;
      seen?.(height, (place - 1) / 2, node);
    }
    this.#roots.push(node);
    this.#size++;
  }

  frontier(): Frontier {
    return { size: this.#size, roots: [...this.#roots] };
  }

  root(): Buffer {
    return rootHash(this.frontier());
  }
}

function onesOf(size: number): number {
  let ones = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2;
  return ones;
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
