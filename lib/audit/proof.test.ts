import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GrowingTree, leafHash, rootHash } from "@/lib/audit/merkle";
import {
  extendsTree,
  frontierAt,
  includes,
  proveConsistency,
  proveInclusion,
  type Node,
} from "@/lib/audit/proof";
import { perfectRoot } from "@/lib/audit/tile";
import { merkleVectors } from "@/lib/testing/merkle-vectors";

const bytes = (text: string) => Buffer.from(text, "base64");
const vectors = merkleVectors();
const most = 128;
const leaves = Array.from({ length: most }, (_, index) => leafHash(`event ${index}`));
const roots = rootsOf(leaves);
const hashOf = ({ height, place }: Node) =>
  Promise.resolve(perfectRoot(leaves.slice(place * 2 ** height, (place + 1) * 2 ** height)));
const rootAt = (size: number) => roots[size] ?? Buffer.alloc(0);

function rootsOf(all: readonly Buffer[]): Buffer[] {
  const tree = new GrowingTree();
  return [tree.root(), ...all.map((leaf) => (tree.append(leaf), tree.root()))];
}

describe("the vectors of transparency-dev/merkle are judged rightly", () => {
  test("all of them are there", () => {
    expect(vectors.inclusion.length + vectors.consistency.length).toBe(196);
  });

  test.each(vectors.inclusion)("inclusion: $file", (vector) => {
    const claim = { index: vector.leafIdx, size: vector.treeSize, root: bytes(vector.root) };
    const answer = includes(claim, bytes(vector.leafHash), (vector.proof ?? []).map(bytes));
    expect(answer).toBe(!vector.wantErr);
  });

  test.each(vectors.consistency)("consistency: $file", (vector) => {
    const earlier = { size: vector.size1, root: bytes(vector.root1) };
    const later = { size: vector.size2, root: bytes(vector.root2) };
    expect(extendsTree(earlier, later, (vector.proof ?? []).map(bytes))).toBe(!vector.wantErr);
  });
});

test("every leaf of every tree of up to 128 is proven, and no other leaf, root or shorter proof is accepted", async () => {
  for (let size = 1; size <= most; size++) {
    const root = rootAt(size);
    for (let index = 0; index < size; index++) {
      const leaf = leaves[index]!;
      const proof = await proveInclusion(index, size, hashOf);
      expect(includes({ index, size, root }, leaf, proof)).toBe(true);
      expect(includes({ index, size, root }, leafHash("another"), proof)).toBe(false);
      expect(includes({ index, size, root: rootAt(size - 1) }, leaf, proof)).toBe(false);
      if (proof.length > 0) expect(includes({ index, size, root }, leaf, proof.slice(1))).toBe(false);
      expect(includes({ index, size, root }, leaf, [...proof, root])).toBe(false);
    }
  }
});

test("every tree of up to 128 is shown to extend every smaller one, and a fork never is", async () => {
  for (let size = 1; size <= most; size++) {
    for (let from = 1; from <= size; from++) {
      const proof = await proveConsistency(from, size, hashOf);
      const earlier = { size: from, root: rootAt(from) };
      const later = { size, root: rootAt(size) };
      expect(extendsTree(earlier, later, proof)).toBe(true);
      expect(extendsTree({ size: from, root: leafHash("fork") }, later, proof)).toBe(false);
      expect(extendsTree(earlier, { size, root: leafHash("fork") }, proof)).toBe(false);
      if (proof.length === 0) continue;
      const at = (from * 31 + size) % proof.length;
      const changed = Buffer.from(proof[at]!);
      changed[from % 32]! ^= 1;
      expect(extendsTree(earlier, later, proof.with(at, changed))).toBe(false);
    }
  }
});

test("a tree goes on growing from its frontier at any size", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: most }), async (size) => {
      const frontier = await frontierAt(size, hashOf);
      expect(rootHash(frontier)).toEqual(rootAt(size));
      const tree = new GrowingTree(frontier);
      for (const leaf of leaves.slice(size)) tree.append(leaf);
      expect(tree.root()).toEqual(rootAt(most));
    }),
  );
});
