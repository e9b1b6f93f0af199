import fs from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { describe, expect, test } from "vitest";
import { record } from "@/lib/audit/recorded";
import { serveTile } from "@/lib/audit/serve-tiles";
import { verifyLog } from "@/lib/audit/verify-log";
import { systemContext } from "@/lib/auth/system-context";
import { Refusal } from "@/lib/refusal";
import { askToLiftHold, liftHold, placeHold } from "@/lib/retention/hold-log";
import { isPruningDue, pruneLog } from "@/lib/retention/prune-log";
import { readRetention } from "@/lib/retention/read-retention";
import { confirmPeriod, setPeriod } from "@/lib/retention/set-period";
import { agedLog } from "@/lib/testing/aged-log";
import { useControlDatabase } from "@/lib/testing/control";
import { forwardAll, freshForwarder, recordForwardSettings } from "@/lib/testing/forwarders";
import { freshKeeper, turnOf } from "@/lib/testing/log-key";
import { useRetainedLog, why } from "@/lib/testing/retained-log";
import { main } from "@/scripts/verifier/glimpse-verify.mjs";

const control = useControlDatabase();
const log = useRetainedLog(control);
const refused = { code: "42501" };
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe("a period", () => {
  test("counts when another person has confirmed it, and not before; nobody confirms their own", async () => {
    expect((await readRetention(log.ivy)).inForce?.days ?? null).toBeNull();
    await setPeriod(log.ada, { days: 365, why });
    const { waiting } = await readRetention(log.ada);
    expect(waiting).toMatchObject({ days: 365, preview: { pruned: 298, firstSeq: 1, lastSeq: 298 } });
    await expect(confirmPeriod(log.ada, { periodId: waiting!.id })).rejects.toThrow(
      new Refusal("own-retention"),
    );
    await log.prune();
    expect(await log.there()).toContain(0);
    // Nor does whoever writes as the application: one person, nobody's event, or all at once.
    const app = postgres(control.database.url, { max: 1, onnotice: () => {} });
    await app`SET ROLE glimpse_app`;
    const confirm = (by: string) =>
      app`UPDATE audit_retention SET confirmed_by = ${by}, confirmed_at = now() WHERE id = ${waiting!.id}`;
    await expect(confirm(log.ada.actor.personId)).rejects.toMatchObject({
      constraint_name: "two_people_decide_retention",
    });
    await expect(confirm(log.ivy.actor.personId)).rejects.toMatchObject({ code: "23000" });
    await expect(
      app`INSERT INTO audit_retention (days, why, set_by, confirmed_by, confirmed_at)
        VALUES (90, ${why}, ${log.ada.actor.personId}, ${log.ivy.actor.personId}, now())`,
    ).rejects.toMatchObject(refused);
    await app.end();
    await confirmPeriod(log.ida, { periodId: waiting!.id });
    expect((await readRetention(log.ivy)).inForce).toMatchObject({
      days: 365,
      setBy: "Ada",
      confirmedBy: "Ida",
    });
    await expect(setPeriod(log.ivy, { days: 90, why })).rejects.toThrow(new Refusal("not-permitted"));
    const { owner } = control;
    await expect(owner`UPDATE audit_retention SET days = 90`).rejects.toMatchObject(refused);
    await expect(owner`DELETE FROM audit_retention`).rejects.toMatchObject(refused);
  });
});

describe("pruned entries leave their hashes:", () => {
  test("the server, its keeper, tiles, both exports and older checkpoints hold as before, and say what was pruned", async () => {
    await log.inForce(365);
    const before = (await serveTile(log.ivy, ["0", "000"])) as { bytes: Buffer };
    const old = await control.owner`SELECT note FROM audit_checkpoints ORDER BY size LIMIT 1`;
    fs.writeFileSync(path.join(log.scratch, "old"), old[0]?.["note"] as string);
    await log.prune();
    // The first and the last of the day stay.
    expect((await log.there()).slice(0, 3)).toEqual([0, 299, 300]);
    await record(systemContext(), { code: "source.scanned" });
    expect(await verifyLog(log.ivy)).toMatchObject({ intact: true });
    const { keeper, faults } = freshKeeper();
    await keeper.checkpoint();
    await turnOf(keeper);
    expect(keeper.health()).toMatchObject({ fault: null, wholeSize: await log.size() });
    expect(faults).toEqual([]);
    expect((await serveTile(log.ivy, ["0", "000"])) as { bytes: Buffer }).toEqual(before);
    expect(await serveTile(log.ivy, ["entries", "000"])).toMatchObject({ status: 410 });
    const good = await log.verify(await log.exported(), "--since", path.join(log.scratch, "old"));
    expect(good.words).toMatch(/^GOOD: \d+ events, whole/);
    expect(good.words).toContain("298 of them pruned, with their hashes left: 1 to 298");
    const csv = await log.exported("csv");
    const note = await control.owner`SELECT note FROM audit_checkpoints ORDER BY size DESC LIMIT 1`;
    fs.writeFileSync(path.join(log.scratch, "newest"), note[0]?.["note"] as string);
    expect((await log.verify(csv, "--checkpoint", path.join(log.scratch, "newest"))).words).toContain(
      "298 of them pruned",
    );
  });

  test("the job prunes what is signed, and nothing where the log is not signed; a folder gets the rest as it is", async () => {
    const going = new AbortController().signal;
    expect(await isPruningDue()).toBe(false);
    await log.inForce(365);
    expect(await isPruningDue()).toBe(true);
    delete process.env["GLIMPSE_LOG_KEY"];
    expect(await pruneLog("audit", going)).toBe("done");
    expect((await log.there())[1]).toBe(1);
    log.settings({ GLIMPSE_LOG_KEY: log.keyText });
    const hold = {
      name: "One of ten",
      why,
      personId: log.ada.actor.personId,
      sourceId: null,
      fromDay: null,
      toDay: null,
    };
    await agedLog(log.superuser, [["2024-03-01", 100]], { everyTenth: log.ada.actor.personId });
    await turnOf(freshKeeper().keeper);
    await log.inForce(365);
    await placeHold(log.ivy, hold);
    expect(await pruneLog("audit", going)).toBe("done");
    expect((await log.there()).slice(0, 3)).toEqual([0, 10, 20]);
    // A folder that is new: what stands between two entries was pruned, and the file says so.
    const folder = path.join(log.scratch, "archive");
    fs.mkdirSync(folder);
    log.settings({ GLIMPSE_FORWARD_FOLDER: folder });
    await recordForwardSettings();
    await turnOf(freshKeeper().keeper);
    const forwarder = freshForwarder("folder");
    await forwardAll(forwarder);
    await forwarder.end();
    const { words } = await main([path.join(folder, "2024-03-01.ndjson"), "--key", log.key]);
    expect(words).toMatch(/^GOOD: 100 events of /);
    expect(words).toContain("89 of them pruned, with their hashes left: 1 to 9, 11 to 19");
  });

  test("the event says from where to where, and is never pruned itself", async () => {
    await log.inForce(365);
    await log.prune();
    const [row] = await control.owner`SELECT seq::int, entry FROM audit_events WHERE code = 'audit.pruned'`;
    expect(JSON.parse(row?.["entry"] as string)).toMatchObject({
      code: "audit.pruned",
      details: { from: 1, to: 298, pruned: 298, ranges: ["1-298"], days: 365 },
    });
    await log.superuser`ALTER TABLE audit_events DISABLE TRIGGER USER`;
    await log.superuser`UPDATE audit_events SET occurred_at = occurred_at - interval '3 years'`;
    await log.superuser`ALTER TABLE audit_events ENABLE TRIGGER USER`;
    expect(
      (
        await control.owner`SELECT may_be_pruned(e) AS may FROM audit_events e WHERE code ~ '^(audit.pruned|retention)'`
      ).map(({ may }) => may as boolean),
    ).not.toContain(true);
  });
});

describe("nothing is pruned that", () => {
  test("is younger, beyond the last checkpoint, or not acknowledged by every destination", async () => {
    await log.inForce(36_500);
    await log.prune();
    expect(await log.there()).toEqual(numbers(0, (await log.size()) - 1));
    await log.inForce(365);
    const { owner } = control;
    await owner`INSERT INTO audit_forwarding (destination, place, fingerprint) VALUES ('https', 'x', ${Buffer.alloc(32)})`;
    await log.prune();
    expect((await log.there())[1]).toBe(1);
    await owner`UPDATE audit_forwarding SET next = 100`;
    await log.prune();
    expect((await log.there())[1]).toBe(100);
    await owner`INSERT INTO audit_forwarding (destination, place, fingerprint) VALUES ('folder', 'x', ${Buffer.alloc(32)})`;
    await owner`UPDATE audit_forwarding SET next = 290, segment_day = '2024-03-01', segment_from = 150 WHERE destination = 'folder'`;
    await owner`UPDATE audit_forwarding SET next = 290 WHERE destination = 'https'`;
    // A day in the folder that is not finished is written anew from the log.
    await log.prune();
    expect((await log.there())[1]).toBe(150);
    await owner`UPDATE audit_forwarding SET segment_day = NULL, segment_from = NULL WHERE destination = 'folder'`;
    await log.prune(200);
    expect((await log.there())[1]).toBe(200);
  });

  test("is under a hold: of all, of days, or of a person; the rest goes, and the log still proves itself", async () => {
    await log.inForce(365);
    const part = { personId: null, sourceId: null, fromDay: null, toDay: null };
    await placeHold(log.ivy, { name: "Everything", why, ...part });
    await log.prune();
    expect((await log.there())[1]).toBe(1);
    const lift = async (name: string) => {
      const hold = (await readRetention(log.ivy)).holds.find((one) => one.name === name)!;
      await askToLiftHold(log.ivy, { holdId: hold.id, why });
      await expect(liftHold(log.ivy, { holdId: hold.id })).rejects.toThrow(new Refusal("own-retention"));
      await liftHold(log.ada, { holdId: hold.id });
    };
    await placeHold(log.ivy, { name: "Days", why, ...part, fromDay: "2024-03-02" });
    await lift("Everything");
    // Every tenth event of the old ones names Ada.
    await placeHold(log.ivy, { name: "Ada", why, ...part, personId: log.ada.actor.personId });
    await agedLog(log.superuser, [["2024-03-01", 100]], { everyTenth: log.ada.actor.personId });
    await turnOf(freshKeeper().keeper);
    await log.inForce(365);
    await log.prune();
    expect((await log.there()).filter((seq) => seq < 100)).toEqual([
      ...numbers(0, 9).map((at) => at * 10),
      99,
    ]);
    expect(await verifyLog(log.ivy)).toMatchObject({ intact: true });
    expect((await log.verify(await log.exported())).words).toContain(
      "89 of them pruned, with their hashes left: 1 to 9, 11 to 19",
    );
    await lift("Days");
    await lift("Ada");
    await log.prune();
    expect((await log.there()).filter((seq) => seq < 100)).toEqual([0, 99]);
    expect((await log.verify(await log.exported())).code).toBe(0);
    const { owner } = control;
    await expect(owner`UPDATE audit_holds SET lifted_at = NULL, lifted_by = NULL`).rejects.toMatchObject(
      refused,
    );
    await expect(owner`DELETE FROM audit_holds`).rejects.toMatchObject(refused);
  });
});
