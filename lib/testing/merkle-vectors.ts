import "server-only";
import fs from "node:fs";
import path from "node:path";
import { sharedData } from "./shared-data";

export type InclusionVector = {
  file: string;
  leafIdx: number;
  treeSize: number;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
};
export type ConsistencyVector = {
  file: string;
  size1: number;
  size2: number;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
};

/** The vectors of transparency-dev/merkle, hashes in base64. */
export function merkleVectors(): { inclusion: InclusionVector[]; consistency: ConsistencyVector[] } {
  return {
    inclusion: vectorsIn("inclusion") as InclusionVector[],
    consistency: vectorsIn("consistency") as ConsistencyVector[],
  };
}

function vectorsIn(name: string): unknown[] {
  const folder = path.join(sharedData(), "merkle/testdata", name);
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".json"))
    .map((file) => ({
      ...(JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")) as object),
      file,
    }));
}
