import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { row, type Row } from "./measure";
import { checkpointText } from "@/lib/audit/checkpoint";
import { canonicalEntry } from "@/lib/audit/entry";
import { exportEnd, exportHeader, exportLine } from "@/lib/audit/export-proof";
import { GrowingTree, leafHash } from "@/lib/audit/merkle";
import { subjectRef } from "@/lib/audit/subject-ref";
import { signatureLine, signerKey, writeNote, writeVerifierKey } from "@/lib/audit/signed-note";
import { root } from "@/scripts/place";

const events = 1_000_000;
const verifier = path.join(root, "scripts/verifier/glimpse-verify.mjs");

/**
 * Events a second that the verifier checks on one core, from the start of its process to its end, against bare SHA-256
 * over the same bytes.
 */
export async function measureVerify(): Promise<Row[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-bench-"));
  try {
    const file = path.join(folder, "export.ndjson");
    const key = writeExport(file);
    const ms = timed(() => {
      const args = [verifier, file, "--key", key, "--json"];
      const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
      const answer = JSON.parse(stdout || "{}") as { events?: number };
      if (status !== 0 || answer.events !== events) throw new Error("The verifier did not check the export.");
    });
    const bareMs = timed(() => hashAll(file));
    const perSecond = (took: number) => (events / took) * 1_000;
    return [row("audit.verify_events_per_s", "1/s", perSecond(ms), perSecond(bareMs), 1)];
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** Writes an export of a whole log, as the server does; the checkpoint stands first, so the events are made twice. */
function writeExport(file: string): string {
  const key = signerKey("bench.example/audit", "plain", randomBytes(32));
  const tree = new GrowingTree();
  for (let seq = 0; seq < events; seq++) tree.append(leafHash(entryOf(seq)));
  const text = checkpointText({ origin: key.name, size: tree.size, root: tree.root() });
  const checkpoint = writeNote(text, [signatureLine(key, text)]);
  const out = fs.openSync(file, "w");
  fs.writeSync(out, exportHeader({ kind: "whole", size: events, filter: {}, checkpoint }));
  for (let from = 0; from < events; from += 1_000)
    fs.writeSync(out, Array.from({ length: 1_000 }, (_, at) => lineOf(from + at)).join(""));
  fs.writeSync(out, exportEnd(events));
  fs.closeSync(out);
  return writeVerifierKey(key);
}

const id = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const atUs = (seq: number) => 1_790_000_000_000_000 + seq * 1_000;

/** A reveal as the log holds it. */
function entryOf(seq: number): string {
  const actor = { kind: "person", id: id(1), name: "Ana Ortega", roles: ["agent"] };
  return canonicalEntry(
    { seq, occurredUs: atUs(seq), actor, session: id(2), channel: "console", ip: null },
    {
      code: "reveal.opened",
      resource: {
        ...{ sourceId: id(3), source: "Shop", tableId: id(4), table: "public.customers" },
        ...{
          records: [subjectRef(Buffer.alloc(32), { sourceId: id(3), tableId: id(4) }, "WyIxMDQyIl0")],
          recordCount: 1,
          fields: ["email"],
          classes: ["contact.email"],
          levels: ["full"],
        },
      },
      requestId: id(5),
      requestNumber: seq,
      grantId: id(6),
      purpose: "customer-contact",
      reason: `Her parcel ${seq} came back, tell her.`,
    },
  );
}

function lineOf(seq: number): string {
  const entry = entryOf(seq);
  const columns = {
    ...{ seq, code: "reveal.opened", outcome: "success" as const, occurredAt: new Date(atUs(seq) / 1_000) },
    ...{ actorId: id(1), sourceId: id(3), tableId: id(4), requestId: id(5), grantId: id(6) },
  };
  return exportLine({ ...columns, leafHash: leafHash(entry), entry }, null);
}

/** What it costs at the least: each line hashed, and nothing else. */
function hashAll(file: string): void {
  const input = fs.openSync(file, "r");
  const chunk = Buffer.alloc(1 << 20);
  let kept = 0;
  for (;;) {
    const length = kept + fs.readSync(input, chunk, kept, chunk.length - kept, null);
    if (length === kept) break;
    let from = 0;
    for (let to = chunk.indexOf(10); to !== -1 && to < length; to = chunk.indexOf(10, from)) {
      createHash("sha256").update(chunk.subarray(from, to)).digest();
      from = to + 1;
    }
    chunk.copy(chunk, 0, from, length);
    kept = length - from;
  }
  fs.closeSync(input);
}
