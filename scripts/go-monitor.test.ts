import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkpointText } from "@/lib/audit/checkpoint";
import { GrowingTree, leafHash } from "@/lib/audit/merkle";
import { proveConsistency, proveInclusion, type Node } from "@/lib/audit/proof";
import { signatureLine, writeNote, writeVerifierKey } from "@/lib/audit/signed-note";
import { perfectRoot } from "@/lib/audit/tile";
import { freshKey } from "@/lib/testing/log-key";
import { buildGo } from "./go";

const most = 128;
const { key } = freshKey();
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-go-"));
let program: string;

// Debian's packages may have to be fetched first.
beforeAll(async () => {
  program = await buildGo("go-monitor", scratch);
}, 900_000);
afterAll(() => fs.rmSync(scratch, { recursive: true }));

const entries = Array.from({ length: most }, (_, index) => `{"reason":"späte Lieferung","seq":${index}}`);
const leaves = entries.map(leafHash);
const hashOf = ({ height, place }: Node) =>
  Promise.resolve(perfectRoot(leaves.slice(place * 2 ** height, (place + 1) * 2 ** height)));

async function told() {
  const tree = new GrowingTree();
  const checkpoints = leaves.map((leaf) => {
    tree.append(leaf);
    const text = checkpointText({ origin: key.name, size: tree.size, root: tree.root() });
    return writeNote(text, [signatureLine(key, text)]);
  });
  const inclusions = [];
  const consistencies = [];
  for (let size = 1; size <= most; size++) {
    for (let index = 0; index < size; index++)
      inclusions.push({ size, index, proof: inBase64(await proveInclusion(index, size, hashOf)) });
    for (let from = 1; from <= size; from++)
      consistencies.push({ from, size, proof: inBase64(await proveConsistency(from, size, hashOf)) });
  }
  return { key: writeVerifierKey(key), checkpoints, entries, inclusions, consistencies };
}

const inBase64 = (hashes: readonly Buffer[]) => hashes.map((hash) => hash.toString("base64"));

function judge(log: object) {
  const { status, stdout, stderr } = spawnSync(program, { input: JSON.stringify(log), encoding: "utf8" });
  return { status, words: `${stdout}${stderr}`.trim() };
}

test("a program of others accepts our checkpoints and all proofs of up to 128 events, and no changed one", async () => {
  const log = await told();
  expect(judge(log)).toEqual({
    status: 0,
    words: `checkpoints ${most}, inclusions ${(most * (most + 1)) / 2}, consistencies ${(most * (most + 1)) / 2}`,
  });
  const [first = "", ...others] = log.checkpoints;
  const stranger = freshKey().key;
  const text = first.slice(0, first.indexOf("\n\n") + 1);
  const forged = [writeNote(text, [signatureLine(stranger, text)]), ...others];
  expect(judge({ ...log, checkpoints: forged })).toMatchObject({ status: 1 });
  expect(judge({ ...log, entries: entries.with(9, "another") })).toMatchObject({ status: 1 });
});
