import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { extend, leafHash, nodeHash, rootHash, type Frontier } from "@/lib/audit/merkle";

const empty: Frontier = { size: 0, roots: [] };

/** The root by the definition of RFC 9162 section 2.1.1: split at the largest power of two below the size. */
function rootByDefinition(leaves: Buffer[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return createHash("sha256").digest();
  if (leaves.length === 1) return first;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return nodeHash(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

test("a tree that grew leaf by leaf has the root that RFC 9162 defines", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 70 }), (entries) => {
      const leaves = entries.map(leafHash);
      const grown = leaves.reduce(extend, empty);
      expect(grown.size).toBe(leaves.length);
      expect(rootHash(grown)).toEqual(rootByDefinition(leaves));
    }),
  );
});

test("a frontier that does not fit its size is refused", () => {
  expect(() => extend({ size: 1, roots: [] }, leafHash("a"))).toThrow();
});
