import { nodeHash, type Frontier } from "@/lib/audit/merkle";

/** A perfect subtree: 2^height leaves, the `place`-th of those of its height. */
export type Node = { height: number; place: number };

/** Finds the hash of a perfect subtree. */
export type HashOf = (node: Node) => Promise<Buffer>;

/** The leaves from `from` up to, and without, `to`. */
type Span = { from: number; to: number };

/** The hashes that lead from a leaf to the root of a tree of `size` leaves. RFC 9162 section 2.1.3.1. */
export async function proveInclusion(index: number, size: number, hashOf: HashOf): Promise<Buffer[]> {
  if (!isSize(index) || !isSize(size) || index >= size) throw new RangeError("There is no such leaf.");
  const spans: Span[] = [];
  for (let span: Span = { from: 0, to: size }; span.to - span.from > 1;) {
    const middle = span.from + splitOf(span.to - span.from);
    const left = { from: span.from, to: middle };
    const right = { from: middle, to: span.to };
    spans.push(index < middle ? right : left);
    span = index < middle ? left : right;
  }
  return Promise.all(spans.toReversed().map((span) => spanHash(span, hashOf)));
}

/** The hashes that show that a tree of `size` leaves begins with one of `from` leaves. RFC 9162 section 2.1.4.1. */
export async function proveConsistency(from: number, size: number, hashOf: HashOf): Promise<Buffer[]> {
  if (!isSize(from) || !isSize(size) || from < 1 || from > size)
    throw new RangeError("Nothing is consistent with this size.");
  const spans: Span[] = [];
  let span: Span = { from: 0, to: size };
  while (span.to !== from) {
    const middle = span.from + splitOf(span.to - span.from);
    const left = { from: span.from, to: middle };
    const right = { from: middle, to: span.to };
    spans.push(from <= middle ? right : left);
    span = from <= middle ? left : right;
  }
  // What is the whole old tree is known to whoever asks.
  if (span.from > 0) spans.push(span);
  return Promise.all(spans.toReversed().map((one) => spanHash(one, hashOf)));
}

/** The perfect subtrees that a tree of this size is made of, the largest first. */
export async function frontierAt(size: number, hashOf: HashOf): Promise<Frontier> {
  return { size, roots: await Promise.all(perfectNodes({ from: 0, to: size }).map(hashOf)) };
}

/** Whether a leaf of this hash stands at `index` in the tree of this size and root. RFC 9162 section 2.1.3.2. */
export function includes(
  claim: { index: number; size: number; root: Uint8Array },
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  const { index, size, root } = claim;
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([root, leaf, ...proof])) return false;
  let [at, last] = [index, size - 1];
  let hash: Uint8Array = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && Buffer.compare(hash, root) === 0;
}

/** Whether the tree of size and root `later` begins with the one of `earlier`. RFC 9162 section 2.1.4.2. */
export function extendsTree(
  earlier: { size: number; root: Uint8Array },
  later: { size: number; root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(earlier.size) || !isSize(later.size) || earlier.size < 1 || earlier.size > later.size)
    return false;
  if (earlier.size === later.size)
    return proof.length === 0 && Buffer.compare(earlier.root, later.root) === 0;
  if (!areHashes([earlier.root, later.root, ...proof])) return false;
  const [first, ...rest] = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof;
  if (first === undefined) return false;
  let [at, last] = [earlier.size - 1, later.size - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  let [old, now] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      [old, now] = [nodeHash(hash, old), nodeHash(hash, now)];
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else now = nodeHash(now, hash);
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && Buffer.compare(old, earlier.root) === 0 && Buffer.compare(now, later.root) === 0;
}

async function spanHash(span: Span, hashOf: HashOf): Promise<Buffer> {
  const hashes = await Promise.all(perfectNodes(span).map(hashOf));
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The perfect subtrees of a span that begins where one of its size may begin, from left to right. */
function perfectNodes({ from, to }: Span): Node[] {
  const nodes: Node[] = [];
  for (let at = from; at < to;) {
    const width = largestPower(to - at);
    nodes.push({ height: Math.log2(width), place: at / width });
    at += width;
  }
  return nodes;
}

/** The largest power of two that is smaller than the count. */
const splitOf = (count: number): number => largestPower(count - 1);

function largestPower(most: number): number {
  let power = 1;
  while (power * 2 <= most) power *= 2;
  return power;
}

const isSize = (count: number) => Number.isSafeInteger(count) && count >= 0;
const areHashes = (hashes: readonly Uint8Array[]) => hashes.every(({ length }) => length === 32);
const isPowerOfTwo = (count: number) => largestPower(count) === count;
const isOdd = (count: number) => count % 2 === 1;
const half = (count: number) => Math.floor(count / 2);
