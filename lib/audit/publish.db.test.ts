import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkpointText } from "@/lib/audit/checkpoint";
import { logSettings } from "@/lib/audit/log-settings";
import { GrowingTree, leafHash } from "@/lib/audit/merkle";
import { newestCheckpoint, withCosignatures } from "@/lib/audit/read-checkpoints";
import { record } from "@/lib/audit/recorded";
import { serveCheckpoint, serveTile } from "@/lib/audit/serve-tiles";
import { parseNote, signatureLine, signedBy, writeNote, writeVerifierKey } from "@/lib/audit/signed-note";
import type { Context } from "@/lib/auth/context";
import { monitorContext, systemContext } from "@/lib/auth/system-context";
import { readDatabase } from "@/lib/db/control-database";
import { findMonitor } from "@/lib/audit/find-monitor";
import { Refusal } from "@/lib/refusal";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { freshKeeper, freshKey, turnOf, useLogSettings } from "@/lib/testing/log-key";
import { startWitness } from "@/scripts/witness";

const control = useControlDatabase();
const settings = useLogSettings();
const log = freshKey();
const witness = freshKey("witness.example/w1", "cosignature");
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-publish-"));
const servers: http.Server[] = [];
let ivy: Context;

beforeAll(async () => {
  ivy = await signedIn(control, { name: "Ivy", roles: ["auditor"] });
  for (let at = 0; at < 5; at++) await happens();
});
afterAll(async () => {
  for (const server of servers) server.close();
  fs.rmSync(scratch, { recursive: true });
});

const happens = () => record(systemContext(), { code: "source.scanned" });
const urlOf = (server: http.Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function witnessed(folder: string): Promise<string> {
  const { key } = witness;
  const keys = [{ key: log.key, fromSize: 0, toSize: Number.MAX_SAFE_INTEGER }];
  const server = await startWitness({
    key,
    log: keys,
    folder,
    host: "127.0.0.1",
    port: 0,
    nowSeconds: () => 1_790_000_000,
  });
  servers.push(server);
  return `${writeVerifierKey(key)}@${urlOf(server)}`;
}

test("an endpoint gets every checkpoint, also after it was away, and once from all instances", async () => {
  const got: string[] = [];
  let broken = 2;
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const isRight = request.headers.authorization === "Bearer an-endpoint-token";
      if (broken-- > 0 || !isRight) return response.writeHead(503).end();
      got.push(Buffer.concat(chunks).toString("utf8"));
      return response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  settings({
    GLIMPSE_LOG_KEY: log.text,
    GLIMPSE_LOG_URL: urlOf(server),
    GLIMPSE_LOG_URL_TOKEN: "an-endpoint-token",
  });
  const [one, two] = [freshKeeper().keeper, freshKeeper().keeper];
  await turnOf(one);
  await turnOf(two);
  const newest = await newestCheckpoint(readDatabase(), logSettings());
  expect(got).toEqual([newest && newest.note]);
  expect(one.health().places).toMatchObject([{ size: 5, trouble: null }]);
});

test("a place whose answer has no end fills no memory with it, and delays no checkpoint", async () => {
  let sent = 0;
  const server = http.createServer((request, response) => {
    request.resume();
    const piece = Buffer.alloc(64 * 1024, "a");
    const pour = () => {
      let more = true;
      while (more && !response.destroyed) {
        sent += piece.length;
        more = response.write(piece);
      }
    };
    response.on("drain", pour);
    response.writeHead(200);
    pour();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  const key = writeVerifierKey(witness.key);
  settings({ GLIMPSE_LOG_KEY: log.text, GLIMPSE_LOG_WITNESSES: `${key}@${urlOf(server)}` });
  const { keeper } = freshKeeper();
  await turnOf(keeper);
  expect(keeper.health()).toMatchObject({
    fault: null,
    places: [{ size: null, trouble: "It answered with no cosignature of its key." }],
  });
  // What lay in the buffers of the network beside what was read.
  expect(sent).toBeLessThan(20_000_000);
});

test("a place that does not answer is named, and delays no checkpoint", async () => {
  settings({ GLIMPSE_LOG_KEY: log.text, GLIMPSE_LOG_URL: "http://127.0.0.1:9/" });
  await happens();
  const { keeper } = freshKeeper();
  await turnOf(keeper);
  expect(keeper.health()).toMatchObject({
    fault: null,
    signed: { checkpoint: { size: 6 } },
    places: [{ size: null, trouble: "It does not answer." }],
  });
});

test("a witness cosigns what goes on from what it has seen; the checkpoint is served with its line", async () => {
  const folder = path.join(scratch, "witness");
  settings({ GLIMPSE_LOG_KEY: log.text, GLIMPSE_LOG_WITNESSES: await witnessed(folder) });
  const { keeper } = freshKeeper();
  await turnOf(keeper);
  for (let at = 0; at < 3; at++) await happens();
  // Its memory of what it has sent is in the database; another instance goes on.
  const next = freshKeeper().keeper;
  const made = await next.checkpoint();
  await turnOf(next);
  const newest = await newestCheckpoint(readDatabase(), logSettings());
  if (!newest) throw new Error("There is no checkpoint.");
  const note = parseNote(await withCosignatures(readDatabase(), logSettings(), newest));
  expect(made?.checkpoint.size).toBe(9);
  expect(note && signedBy(note, witness.key)).toEqual({ signed: true, atSeconds: 1_790_000_000 });
  expect(fs.readFileSync(path.join(folder, "checkpoint"), "utf8")).toBe(newest.note);
});

test("a witness that has seen another log does not cosign, and the log is not signed any further", async () => {
  const folder = path.join(scratch, "deceived");
  const url = await witnessed(folder);
  settings({ GLIMPSE_LOG_KEY: log.text, GLIMPSE_LOG_WITNESSES: url });
  const text = checkpointText({ origin: log.key.name, size: 3, root: leafHash("a fork") });
  fs.writeFileSync(path.join(folder, "checkpoint"), writeNote(text, [signatureLine(log.key, text)]));
  await happens();
  const { keeper, faults } = freshKeeper();
  await keeper.checkpoint();
  await keeper.publish();
  expect(faults).toEqual([
    { firstBad: null, why: "The witness witness.example/w1 has cosigned another log." },
  ]);
  await happens();
  expect(await keeper.checkpoint()).toBeNull();
});

test("tiles add up to the checkpoint; a monitor reads them by its token, and its reading is on record once", async () => {
  const token = "monitor-token-of-thirty-two-characters";
  settings({ GLIMPSE_LOG_KEY: log.text, GLIMPSE_MONITOR_TOKENS: `mon-1:${token}` });
  for (let at = 0; at < 300; at++) await happens();
  await freshKeeper().keeper.checkpoint();
  expect(findMonitor(`Bearer ${token}x`)).toBeNull();
  const ctx = monitorContext(findMonitor(`Bearer ${token}`)!, null);
  const bytesOf = async (answer: ReturnType<typeof serveTile>) => {
    const got = await answer;
    return "bytes" in got ? got.bytes : null;
  };
  const [, size, root] = (await bytesOf(serveCheckpoint(ctx)))!.toString("utf8").split("\n");
  const width = Number(size) - 256;
  const tree = new GrowingTree();
  for (const [place, suffix] of [["000"], ["001.p", String(width)]]) {
    const tile = suffix === undefined ? [place!] : [place!, suffix];
    const hashes = await bytesOf(serveTile(ctx, ["0", ...tile]));
    const bundle = await bytesOf(serveTile(ctx, ["entries", ...tile]));
    for (let at = 0, from = 0; at < hashes!.length; at += 32) {
      const length = bundle!.readUInt16BE(from);
      const entry = bundle!.toString("utf8", from + 2, (from += 2 + length));
      expect(hashes!.subarray(at, at + 32)).toEqual(leafHash(entry));
      tree.append(leafHash(entry));
    }
  }
  expect([tree.size, tree.root().toString("base64")]).toEqual([Number(size), root]);
  expect(await bytesOf(serveTile(ctx, ["1", "000.p", "1"]))).toHaveLength(32);
  for (const path of [
    "0/002",
    `0/001.p/${width + 1}`,
    "0/001",
    "2/000",
    "6/000",
    "0/x000/001",
    "0/000.p/256",
    "entries/002",
  ])
    expect(await serveTile(ctx, path.split("/")), path).toMatchObject({ status: 404 });
  const readings = await control.owner`
    SELECT entry::jsonb #>> '{actor,name}' AS name FROM audit_events WHERE code = 'audit.entries_read'`;
  expect(readings.map((row) => row["name"] as string)).toEqual(["Monitor mon-1"]);
});

test("while reading cannot be put on record no entry is read, not by asking again either", async () => {
  settings({ GLIMPSE_LOG_KEY: log.text });
  const ctx = monitorContext("mon-2", null);
  await control.owner`REVOKE INSERT ON audit_events FROM glimpse_app`;
  for (let at = 0; at < 2; at++)
    await expect(serveTile(ctx, ["entries", "000"])).rejects.toMatchObject({ name: "DatabaseFailure" });
  await control.owner`GRANT INSERT ON audit_events TO glimpse_app`;
  expect(await serveTile(ctx, ["entries", "000"])).toHaveProperty("bytes");
});

test("nobody else reads checkpoints or tiles", async () => {
  settings({ GLIMPSE_LOG_KEY: log.text });
  const ana = await signedIn(control, {
    name: "Ana",
    roles: ["agent", "approver", "steward", "policy_admin", "admin"],
  });
  await expect(serveCheckpoint(ana)).rejects.toThrow(new Refusal("not-permitted"));
  await expect(serveTile(ana, ["0", "000"])).rejects.toThrow(new Refusal("not-permitted"));
  await expect(serveTile(systemContext(), ["entries", "000"])).rejects.toThrow(new Refusal("not-permitted"));
  expect(await serveCheckpoint(ivy)).toHaveProperty("bytes");
});
