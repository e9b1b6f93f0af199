import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exportColumns, exportEvents } from "@/lib/audit/export-events";
import { exportProof } from "@/lib/audit/export-proof";
import { record } from "@/lib/audit/recorded";
import { serveTile } from "@/lib/audit/serve-tiles";
import { writeVerifierKey } from "@/lib/audit/signed-note";
import { verifyLog } from "@/lib/audit/verify-log";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { csvStream } from "@/lib/csv-stream";
import { Refusal } from "@/lib/refusal";
import { askToLiftHold, liftHold, placeHold } from "@/lib/retention/hold-log";
import { pruneStep } from "@/lib/retention/prune-log";
import { readRetention } from "@/lib/retention/read-retention";
import { confirmPeriod, setPeriod } from "@/lib/retention/set-period";
import { agedLog } from "@/lib/testing/aged-log";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { freshKeeper, freshKey, turnOf, useLogSettings } from "@/lib/testing/log-key";
import { main } from "@/scripts/verifier/glimpse-verify.mjs";

const control = useControlDatabase();
const settings = useLogSettings();
const log = freshKey();
const key = writeVerifierKey(log.key);
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "glimpse-retention-"));
const why = "The law asks for this long and no longer";
const refused = { code: "42501" };
let superuser: postgres.Sql;
let [ada, ida, ivy]: Context[] = [];

beforeAll(async () => {
  superuser = postgres(control.database.superuserUrl, { max: 1, onnotice: () => {} });
  ada = await signedIn(control, { name: "Ada", roles: ["admin"] });
  ida = await signedIn(control, { name: "Ida", roles: ["admin"] });
  ivy = await signedIn(control, { name: "Ivy", roles: ["auditor"] });
});
afterAll(async () => {
  await superuser?.end();
  fs.rmSync(scratch, { recursive: true });
});
/** Each test has a log of 300 old events and a few new ones, signed. */
beforeEach(async () => {
  settings({ GLIMPSE_LOG_KEY: log.text });
  await agedLog(superuser, [["2024-03-01", 300]]);
  await turnOf(freshKeeper().keeper);
});

const size = async () => Number((await control.owner`SELECT size FROM audit_head`)[0]?.["size"]);
const there = async () =>
  (await control.owner`SELECT seq::int FROM audit_events ORDER BY seq`).map((row) => row["seq"] as number);
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

async function inForce(days: number | null) {
  await setPeriod(ada!, { days, why });
  const { waiting } = await readRetention(ivy!);
  await confirmPeriod(ivy!, { periodId: waiting!.id });
}

/** As the job does it. */
async function prune(below?: number) {
  let at: number | null = -1;
  const end = below ?? (await size());
  while (at !== null) at = await pruneStep(at, end);
}

async function exported(as: "ndjson" | "csv" = "ndjson"): Promise<string> {
  const parts: string[] = [];
  if (as === "ndjson") for await (const lines of await exportProof(ivy!, {})) parts.push(...lines);
  else {
    const stream = csvStream(exportColumns, await exportEvents(ivy!, {}));
    parts.push(await new Response(stream).text());
  }
  return parts.join("");
}

async function verify(text: string, ...more: string[]): Promise<{ code: number; words: string }> {
  const file = path.join(scratch, "export");
  fs.writeFileSync(file, text);
  return main([file, "--key", key, ...more]);
}

describe("a period", () => {
  test("counts when another person has confirmed it, and not before; nobody confirms their own", async () => {
    expect((await readRetention(ivy!)).inForce?.days ?? null).toBeNull();
    await setPeriod(ada!, { days: 365, why });
    const { waiting } = await readRetention(ada!);
    expect(waiting).toMatchObject({ days: 365, preview: { pruned: 300, firstSeq: 0, lastSeq: 299 } });
    await expect(confirmPeriod(ada!, { periodId: waiting!.id })).rejects.toThrow(
      new Refusal("own-retention"),
    );
    await prune();
    expect(await there()).toContain(0);
    await confirmPeriod(ida!, { periodId: waiting!.id });
    expect((await readRetention(ivy!)).inForce).toMatchObject({
      days: 365,
      setBy: "Ada",
      confirmedBy: "Ida",
    });
    await expect(setPeriod(ivy!, { days: 90, why })).rejects.toThrow(new Refusal("not-permitted"));
    const { owner } = control;
    await expect(owner`UPDATE audit_retention SET days = 90`).rejects.toMatchObject(refused);
    await expect(owner`DELETE FROM audit_retention`).rejects.toMatchObject(refused);
    await expect(
      owner`INSERT INTO audit_retention (days, why, set_by, confirmed_by, confirmed_at)
        VALUES (90, ${why}, ${ada!.actor.personId}, ${ada!.actor.personId}, now())`,
    ).rejects.toMatchObject({ constraint_name: "two_people_decide_retention" });
  });
});

describe("pruned entries leave their hashes:", () => {
  test("the server, its keeper, tiles, both exports and older checkpoints hold as before, and say what was pruned", async () => {
    await inForce(365);
    const before = (await serveTile(ivy!, ["0", "000"])) as { bytes: Buffer };
    const old = await control.owner`SELECT note FROM audit_checkpoints ORDER BY size LIMIT 1`;
    fs.writeFileSync(path.join(scratch, "old"), old[0]?.["note"] as string);
    await prune();
    expect((await there())[0]).toBe(300);
    await record(systemContext(), { code: "source.scanned" });
    expect(await verifyLog(ivy!)).toMatchObject({ intact: true });
    const { keeper, faults } = freshKeeper();
    await keeper.checkpoint();
    await turnOf(keeper);
    expect(keeper.health()).toMatchObject({ fault: null, wholeSize: await size() });
    expect(faults).toEqual([]);
    expect((await serveTile(ivy!, ["0", "000"])) as { bytes: Buffer }).toEqual(before);
    expect(await serveTile(ivy!, ["entries", "000"])).toMatchObject({ status: 410 });
    const good = await verify(await exported(), "--since", path.join(scratch, "old"));
    expect(good.words).toMatch(/^GOOD: \d+ events, whole/);
    expect(good.words).toContain("300 of them pruned, with their hashes left: 0 to 299");
    const csv = await exported("csv");
    const note = await control.owner`SELECT note FROM audit_checkpoints ORDER BY size DESC LIMIT 1`;
    fs.writeFileSync(path.join(scratch, "newest"), note[0]?.["note"] as string);
    expect((await verify(csv, "--checkpoint", path.join(scratch, "newest"))).words).toContain(
      "300 of them pruned",
    );
  });

  test("the event says from where to where, and is never pruned itself", async () => {
    await inForce(365);
    await prune();
    const [row] = await control.owner`SELECT seq::int, entry FROM audit_events WHERE code = 'audit.pruned'`;
    expect(JSON.parse(row?.["entry"] as string)).toMatchObject({
      code: "audit.pruned",
      details: { from: 0, to: 299, pruned: 300, ranges: ["0-299"], days: 365 },
    });
    await superuser`ALTER TABLE audit_events DISABLE TRIGGER USER`;
    await superuser`UPDATE audit_events SET occurred_at = occurred_at - interval '3 years'`;
    await superuser`ALTER TABLE audit_events ENABLE TRIGGER USER`;
    expect(
      (
        await control.owner`SELECT may_be_pruned(e) AS may FROM audit_events e WHERE code ~ '^(audit.pruned|retention)'`
      ).map(({ may }) => may as boolean),
    ).not.toContain(true);
  });
});

describe("nothing is pruned that", () => {
  test("is younger, beyond the last checkpoint, or not acknowledged by every destination", async () => {
    await inForce(36_500);
    await prune();
    expect(await there()).toEqual(numbers(0, (await size()) - 1));
    await inForce(365);
    const { owner } = control;
    await owner`INSERT INTO audit_forwarding (destination, place, fingerprint) VALUES ('https', 'x', ${Buffer.alloc(32)})`;
    await prune();
    expect((await there())[0]).toBe(0);
    await owner`UPDATE audit_forwarding SET next = 100`;
    await prune();
    expect((await there())[0]).toBe(100);
    await owner`INSERT INTO audit_forwarding (destination, place, fingerprint) VALUES ('folder', 'x', ${Buffer.alloc(32)})`;
    await owner`UPDATE audit_forwarding SET next = 290, segment_day = '2024-03-01', segment_from = 150 WHERE destination = 'folder'`;
    await owner`UPDATE audit_forwarding SET next = 290 WHERE destination = 'https'`;
    // A day in the folder that is not finished is written anew from the log.
    await prune();
    expect((await there())[0]).toBe(150);
    await owner`UPDATE audit_forwarding SET segment_day = NULL, segment_from = NULL WHERE destination = 'folder'`;
    await prune(200);
    expect((await there())[0]).toBe(200);
  });

  test("is under a hold: of all, of days, or of a person; the rest goes, and the log still proves itself", async () => {
    await inForce(365);
    const part = { personId: null, sourceId: null, fromDay: null, toDay: null };
    await placeHold(ivy!, { name: "Everything", why, ...part });
    await prune();
    expect((await there())[0]).toBe(0);
    const lift = async (name: string) => {
      const hold = (await readRetention(ivy!)).holds.find((one) => one.name === name)!;
      await askToLiftHold(ivy!, { holdId: hold.id, why });
      await expect(liftHold(ivy!, { holdId: hold.id })).rejects.toThrow(new Refusal("own-retention"));
      await liftHold(ada!, { holdId: hold.id });
    };
    await placeHold(ivy!, { name: "Days", why, ...part, fromDay: "2024-03-02" });
    await lift("Everything");
    // Every tenth event of the old ones names Ada.
    await placeHold(ivy!, { name: "Ada", why, ...part, personId: ada!.actor.personId });
    await agedLog(superuser, [["2024-03-01", 100]], { everyTenth: ada!.actor.personId });
    await turnOf(freshKeeper().keeper);
    await inForce(365);
    await prune();
    expect((await there()).filter((seq) => seq < 100)).toEqual(numbers(0, 9).map((at) => at * 10));
    expect(await verifyLog(ivy!)).toMatchObject({ intact: true });
    expect((await verify(await exported())).words).toContain(
      "90 of them pruned, with their hashes left: 1 to 9, 11 to 19",
    );
    await lift("Days");
    await lift("Ada");
    await prune();
    expect((await there()).filter((seq) => seq < 100)).toEqual([]);
    expect((await verify(await exported())).code).toBe(0);
    const { owner } = control;
    await expect(owner`UPDATE audit_holds SET lifted_at = NULL, lifted_by = NULL`).rejects.toMatchObject(
      refused,
    );
    await expect(owner`DELETE FROM audit_holds`).rejects.toMatchObject(refused);
  });
});

describe("pruning hides nothing:", () => {
  test("nobody but by the rules removes an entry or says that it was pruned, the owner of the tables included", async () => {
    const { owner } = control;
    await expect(owner`DELETE FROM audit_events WHERE seq = 5`).rejects.toMatchObject(refused);
    const mark = (seq: number) =>
      owner`INSERT INTO audit_pruned (seq, leaf_hash) SELECT seq, leaf_hash FROM audit_events WHERE seq = ${seq}`;
    await expect(mark(5)).rejects.toMatchObject(refused);
    await inForce(365);
    // By the rules of age, but with no event in the same transaction.
    await expect(mark(5)).rejects.toMatchObject({ code: "23000" });
    await expect(owner`INSERT INTO audit_pruned VALUES (5, ${Buffer.alloc(32)})`).rejects.toMatchObject(
      refused,
    );
    await expect(mark((await size()) - 1)).rejects.toMatchObject(refused);
    await expect(owner`SELECT * FROM prune_audit_events(-1, 1000)`).rejects.toMatchObject({ code: "23000" });
    const [first] = await owner`SELECT entry, leaf_hash FROM audit_events WHERE seq = 0`;
    await prune();
    await expect(owner`DELETE FROM audit_pruned`).rejects.toMatchObject(refused);
    await expect(owner`UPDATE audit_pruned SET leaf_hash = leaf_hash`).rejects.toMatchObject(refused);
    await expect(owner`TRUNCATE audit_pruned`).rejects.toMatchObject(refused);
    // Nothing stands where it stood, not even itself.
    const { entry, leaf_hash: hash } = first as { entry: string; leaf_hash: Buffer };
    await expect(
      owner`INSERT INTO audit_events (entry, leaf_hash) VALUES (${entry}, ${hash})`,
    ).rejects.toMatchObject(refused);
  });

  test("an entry that a superuser takes away as if it were pruned is named, by the server and by the verifier", async () => {
    await inForce(365);
    await prune();
    for (let at = 0; at < 2; at++) await record(systemContext(), { code: "source.scanned" });
    const seq = (await size()) - 2;
    await superuser.begin(async (sql) => {
      await sql`SET LOCAL session_replication_role = replica`;
      await sql`INSERT INTO audit_pruned (seq, leaf_hash) SELECT seq, leaf_hash FROM audit_events WHERE seq = ${seq}`;
      await sql`DELETE FROM audit_events WHERE seq = ${seq}`;
    });
    const said = "pruned, and no later event says so.";
    expect(await verifyLog(ivy!)).toMatchObject({
      intact: false,
      firstBad: seq,
      why: `The event was ${said}`,
    });
    const { words } = await verify(await exported());
    expect(words).toBe(`BAD, first bad event ${seq}: It was ${said}`);
  });

  test("with a false event that says so, it is found by the time of what stands before it, or by what is still there", async () => {
    await inForce(365);
    await prune();
    await record(systemContext(), { code: "source.scanned" });
    const seq = (await size()) - 1;
    const claim = (ranges: string[]) =>
      record(systemContext(), { code: "audit.pruned", details: { ranges, days: 365 } });
    await claim([`${seq}-${seq}`]);
    expect((await verify(await exported())).words).toBe(
      `BAD, first bad event ${seq}: Event ${seq + 1} says that it was pruned, and it is there, or was pruned twice.`,
    );
    await superuser.begin(async (sql) => {
      await sql`SET LOCAL session_replication_role = replica`;
      await sql`INSERT INTO audit_pruned (seq, leaf_hash) SELECT seq, leaf_hash FROM audit_events WHERE seq = ${seq}`;
      await sql`DELETE FROM audit_events WHERE seq = ${seq}`;
    });
    expect((await verify(await exported())).words).toBe(
      `BAD, first bad event ${seq}: It was pruned by event ${seq + 1} sooner than the period that this names.`,
    );
  });
});
