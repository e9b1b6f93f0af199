import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import { agedLog } from "@/lib/testing/aged-log";
import { useControlDatabase } from "@/lib/testing/control";
import { forwardAll, freshForwarder, happen, recordForwardSettings } from "@/lib/testing/forwarders";
import { freshKeeper, freshKey, turnOf, useLogSettings } from "@/lib/testing/log-key";
import { main } from "@/scripts/verifier/glimpse-verify.mjs";

const control = useControlDatabase();
const settings = useLogSettings();
const log = freshKey();
const key = writeVerifierKey(log.key);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-segments-"));
let superuser: postgres.Sql;
let folder: string;
let made = 0;

beforeAll(() => {
  superuser = postgres(control.database.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await superuser?.end();
  fs.rmSync(scratch, { recursive: true });
});
beforeEach(() => {
  folder = path.join(scratch, String(made++));
  fs.mkdirSync(folder);
  settings({ GLIMPSE_LOG_KEY: log.text, GLIMPSE_FORWARD_FOLDER: folder });
});

const logOf = (days: readonly (readonly [day: string, count: number])[]) => agedLog(superuser, days);

const verify = (name: string) => main([path.join(folder, name), "--key", key]);
const names = () => fs.readdirSync(folder).toSorted();

test("each day that is over is a file that the verifier accepts by itself, with its checkpoint beside it", async () => {
  await logOf([
    ["2026-03-01", 300],
    ["2026-03-02", 40],
    ["2026-03-04", 7],
  ]);
  await recordForwardSettings();
  await turnOf(freshKeeper().keeper);
  const forwarder = freshForwarder("folder");
  await forwardAll(forwarder);
  const finished = ["2026-03-01", "2026-03-02", "2026-03-04"].flatMap((day) => [
    `${day}.checkpoint`,
    `${day}.ndjson`,
  ]);
  expect(names().filter((name) => !name.includes("open"))).toEqual(finished);
  expect(names().filter((name) => name.includes("open"))).toHaveLength(1);
  for (const [day, count] of [
    ["2026-03-01", 300],
    ["2026-03-02", 40],
    ["2026-03-04", 7],
  ] as const)
    expect((await verify(`${day}.ndjson`)).words).toMatch(new RegExp(`^GOOD: ${count} events of `));
  await forwarder.end();
});

test("a line that was taken out of a finished day, or changed in it, is named", async () => {
  await logOf([["2026-03-01", 20]]);
  await recordForwardSettings();
  await turnOf(freshKeeper().keeper);
  const forwarder = freshForwarder("folder");
  await forwardAll(forwarder);
  const file = path.join(folder, "2026-03-01.ndjson");
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const check = async (changed: string[]) => {
    fs.writeFileSync(file, changed.join("\n"));
    return (await verify("2026-03-01.ndjson")).words;
  };
  expect(await check(lines.toSpliced(6, 1).with(-2, '{"end":19}'))).toBe(
    "BAD, first bad event 5: It is missing: event 6 follows.",
  );
  expect(await check(lines.toSpliced(20, 1).with(-2, '{"end":19}'))).toBe(
    "BAD, first bad event 19: It is missing: the export goes up to event 19.",
  );
  expect(await check(lines.with(4, lines[4]!.replace("source.scanned", "source.removed")))).toMatch(
    /first bad event 3/,
  );
  await forwarder.end();
});

test("the day that runs holds what was acknowledged, after a stop in the middle of a line too, and once", async () => {
  await logOf([]);
  await recordForwardSettings();
  await happen(30);
  const one = freshForwarder("folder");
  await forwardAll(one);
  await one.end();
  const [name = ""] = names();
  const file = path.join(folder, name);
  const before = fs.readFileSync(file, "utf8");
  // Written, and not noted: the process was killed in between, in the middle of its last line.
  fs.appendFileSync(file, `${before.split("\n").at(-2)}\n{"columns":[31,`);
  await happen(5);
  const two = freshForwarder("folder");
  await forwardAll(two);
  const seqs = fs
    .readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { entry: { seq: number } }).entry.seq);
  expect(seqs).toEqual(Array.from({ length: 36 }, (_, seq) => seq));
  await two.end();
});

test("a day that no checkpoint covers waits, and says so; a file of that day by somebody else stays as it is", async () => {
  await logOf([["2026-03-01", 20]]);
  await recordForwardSettings();
  const forwarder = freshForwarder("folder");
  expect(await forwardAll(forwarder)).toBe("trouble");
  const trouble = async () =>
    (await control.owner`SELECT trouble FROM audit_forwarding`)[0]?.["trouble"] as string;
  expect(await trouble()).toBe("No checkpoint covers the day that is over yet.");
  await turnOf(freshKeeper().keeper);
  fs.writeFileSync(path.join(folder, "2026-03-01.ndjson"), "mine\n");
  expect(await forwarder.turn()).toBe("trouble");
  expect(await trouble()).toBe("The folder has another file of 2026-03-01 already.");
  expect(fs.readFileSync(path.join(folder, "2026-03-01.ndjson"), "utf8")).toBe("mine\n");
  fs.rmSync(path.join(folder, "2026-03-01.ndjson"));
  expect(await forwardAll(forwarder)).toBe("idle");
  expect((await verify("2026-03-01.ndjson")).code).toBe(0);
  await forwarder.end();
});
