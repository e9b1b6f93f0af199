import { describe, expect, test } from "vitest";
import { merkleVectors } from "@/lib/testing/merkle-vectors";
import { extendsTree, includes, nodeEnv } from "./glimpse-verify.mjs";

const hex = (base64: string) => Buffer.from(base64, "base64").toString("hex");
const vectors = merkleVectors();

describe("the vectors of transparency-dev/merkle are judged rightly by the verifier too", () => {
  test.each(vectors.inclusion)("inclusion: $file", (vector) => {
    const proof = (vector.proof ?? []).map(hex);
    const claim = {
      index: vector.leafIdx,
      size: vector.treeSize,
      root: hex(vector.root),
      leaf: hex(vector.leafHash),
      proof,
    };
    expect(includes(nodeEnv, claim)).toBe(!vector.wantErr);
  });

  test.each(vectors.consistency)("consistency: $file", ({ size1, size2, root1, root2, proof, wantErr }) => {
    const claim = { size1, size2, root1: hex(root1), root2: hex(root2), proof: (proof ?? []).map(hex) };
    expect(extendsTree(nodeEnv, claim)).toBe(!wantErr);
  });
});
