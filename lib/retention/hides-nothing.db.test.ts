import { describe, expect, test } from "vitest";
import { record } from "@/lib/audit/recorded";
import { verifyLog } from "@/lib/audit/verify-log";
import { systemContext } from "@/lib/auth/system-context";
import { placeHold } from "@/lib/retention/hold-log";
import { setPeriod } from "@/lib/retention/set-period";
import { agedLog } from "@/lib/testing/aged-log";
import { useControlDatabase } from "@/lib/testing/control";
import { freshKeeper, turnOf } from "@/lib/testing/log-key";
import { useRetainedLog, why } from "@/lib/testing/retained-log";

const control = useControlDatabase();
const log = useRetainedLog(control);
const refused = { code: "42501" };

describe("pruning hides nothing:", () => {
  test("nobody but by the rules removes an entry or says that it was pruned, the owner of the tables included", async () => {
    const { owner } = control;
    await expect(owner`DELETE FROM audit_events WHERE seq = 5`).rejects.toMatchObject(refused);
    const mark = (seq: number) =>
      owner`INSERT INTO audit_pruned (seq, leaf_hash) SELECT seq, leaf_hash FROM audit_events WHERE seq = ${seq}`;
    await expect(mark(5)).rejects.toMatchObject(refused);
    await log.inForce(365);
    // By the rules of age, but with no event in the same transaction.
    await expect(mark(5)).rejects.toMatchObject({ code: "23000" });
    await expect(owner`INSERT INTO audit_pruned VALUES (5, ${Buffer.alloc(32)})`).rejects.toMatchObject(
      refused,
    );
    // The first and the last of a day prove how old the others are.
    await expect(mark(0)).rejects.toMatchObject(refused);
    await expect(mark(299)).rejects.toMatchObject(refused);
    await expect(mark((await log.size()) - 1)).rejects.toMatchObject(refused);
    await expect(owner`SELECT * FROM prune_audit_events(-1, 1000)`).rejects.toMatchObject({ code: "23000" });
    const [first] = await owner`SELECT entry, leaf_hash FROM audit_events WHERE seq = 1`;
    await log.prune();
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
    await log.inForce(365);
    await log.prune();
    for (let at = 0; at < 2; at++) await record(systemContext(), { code: "source.scanned" });
    const seq = (await log.size()) - 2;
    await log.superuser.begin(async (sql) => {
      await sql`SET LOCAL session_replication_role = replica`;
      await sql`INSERT INTO audit_pruned (seq, leaf_hash) SELECT seq, leaf_hash FROM audit_events WHERE seq = ${seq}`;
      await sql`DELETE FROM audit_events WHERE seq = ${seq}`;
    });
    const said = "pruned, and no later event says so.";
    expect(await verifyLog(log.ivy)).toMatchObject({
      intact: false,
      firstBad: seq,
      why: `The event was ${said}`,
    });
    const { words } = await log.verify(await log.exported());
    expect(words).toBe(`BAD, first bad event ${seq}: It was ${said}`);
  });

  test("with a false event that says so, it is found by the time of what stands before it, or by what is still there", async () => {
    await log.inForce(365);
    await log.prune();
    await record(systemContext(), { code: "source.scanned" });
    const seq = (await log.size()) - 1;
    const claim = (ranges: string[]) =>
      record(systemContext(), { code: "audit.pruned", details: { ranges, days: 365 } });
    await claim([`${seq}-${seq}`]);
    expect((await log.verify(await log.exported())).words).toBe(
      `BAD, first bad event ${seq}: Event ${seq + 1} says that it was pruned, and it is there, or was pruned twice.`,
    );
    await log.superuser.begin(async (sql) => {
      await sql`SET LOCAL session_replication_role = replica`;
      await sql`INSERT INTO audit_pruned (seq, leaf_hash) SELECT seq, leaf_hash FROM audit_events WHERE seq = ${seq}`;
      await sql`DELETE FROM audit_events WHERE seq = ${seq}`;
    });
    expect((await log.verify(await log.exported())).words).toBe(
      `BAD, first bad event ${seq}: It was pruned by event ${seq + 1} sooner than the period that this names.`,
    );
  });
});

describe("a false audit.pruned is named by the server, its keeper and the verifier:", () => {
  const hold = { name: "All", why, personId: null, sourceId: null, fromDay: null, toDay: null };
  const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const said = (by: typeof log.ada, code: "retention.set" | "retention.confirmed", days: number) =>
    record(by, { code, ...(code === "retention.set" ? { reason: why } : {}), details: { days } });
  const confirmed = () => log.inForce(365);
  const attacks: [
    name: string,
    before: () => Promise<void>,
    from: number,
    to: number,
    days: number,
    says: string,
  ][] = [
    ["days 0", confirmed, 350, 360, 0, ", which names no period of at least 90 days."],
    ["days below 0", confirmed, 350, 360, -4000, ", which names no period of at least 90 days."],
    [
      "fewer days than the period",
      confirmed,
      250,
      260,
      90,
      ", whose period of 90 days no two people had set",
    ],
    [
      "a period that nobody set",
      async () => {},
      250,
      260,
      365,
      ", whose period of 365 days no two people had set",
    ],
    [
      "a period that was never confirmed",
      () => setPeriod(log.ada, { days: 365, why }),
      250,
      260,
      365,
      ", whose period of 365 days no two people had set",
    ],
    [
      "a period confirmed by who set it",
      async () => {
        await said(log.ada, "retention.set", 365);
        await said(log.ada, "retention.confirmed", 365);
      },
      250,
      260,
      365,
      ", whose period of 365 days no two people had set",
    ],
    [
      "another period confirmed than was set",
      async () => {
        await said(log.ada, "retention.set", 3650);
        await said(log.ivy, "retention.confirmed", 365);
      },
      250,
      260,
      365,
      ", whose period of 365 days no two people had set",
    ],
    ["recent events behind an old run", confirmed, 250, 350, 365, " sooner than the period that this names."],
    ["old events before a recent one", confirmed, 310, 360, 365, " sooner than the period that this names."],
    ["a run from event 0", confirmed, 0, 60, 365, " sooner than the period that this names."],
    ["a run over more than a day", confirmed, 90, 250, 365, ", and the events around it are not of one day."],
    [
      "a hold of all",
      async () => {
        await confirmed();
        await placeHold(log.ivy, hold);
      },
      250,
      260,
      365,
      " while all of the log was under a hold.",
    ],
    [
      "a hold of all that one person asked to lift and lifted",
      async () => {
        await confirmed();
        await placeHold(log.ivy, hold);
        await record(log.ivy, { code: "hold.lift_asked", reason: why, details: { hold: hold.name } });
        await record(log.ivy, { code: "hold.lifted", reason: why, details: { hold: hold.name } });
      },
      250,
      260,
      365,
      " while all of the log was under a hold.",
    ],
  ];

  test.each(attacks)("%s", async (_, before, from, to, days, says) => {
    await agedLog(log.superuser, [
      ["2024-03-01", 200],
      ["2024-03-02", 100],
      [yesterday(), 100],
    ]);
    await before();
    await turnOf(freshKeeper().keeper);
    await log.superuser.begin(async (sql) => {
      await sql`SET LOCAL session_replication_role = replica`;
      await sql`INSERT INTO audit_pruned SELECT seq, leaf_hash FROM audit_events WHERE seq BETWEEN ${from} AND ${to}`;
      await sql`DELETE FROM audit_events WHERE seq BETWEEN ${from} AND ${to}`;
    });
    const by = await log.size();
    await record(systemContext(), { code: "audit.pruned", details: { ranges: [`${from}-${to}`], days } });
    const words = `pruned by event ${by}${says}`;
    const bad = { firstBad: from, why: expect.stringContaining(`The event was ${words}`) as string };
    expect(await verifyLog(log.ivy)).toMatchObject({ intact: false, ...bad });
    const { words: judged } = await log.verify(await log.exported());
    expect(judged).toContain(`BAD, first bad event ${from}: It was ${words}`);
    const { keeper } = freshKeeper();
    await turnOf(keeper);
    expect(keeper.health().fault).toMatchObject(bad);
  });

  test("by the rules it is good, over days and around what is held, and who decided the period is told", async () => {
    await agedLog(log.superuser, [
      ["2024-03-01", 200],
      ["2024-03-02", 100],
      [yesterday(), 100],
    ]);
    await placeHold(log.ivy, { ...hold, fromDay: "2024-03-02" });
    await log.inForce(3650);
    await log.inForce(365);
    await turnOf(freshKeeper().keeper);
    await log.prune();
    expect((await log.there()).slice(0, 4)).toEqual([0, 199, 200, 201]);
    expect(await verifyLog(log.ivy)).toMatchObject({ intact: true });
    const { words } = await log.verify(await log.exported());
    expect(words).toContain("198 of them pruned, with their hashes left: 1 to 198");
    expect(words).toMatch(/was once kept for 3650 days: set by Ada \(.*\) in event 401, confirmed by Ivy/);
    expect(words).toMatch(
      /is kept for 365 days: set by Ada \(.*\) in event 403, confirmed by Ivy \(.*\) in event 404/,
    );
  });
});
