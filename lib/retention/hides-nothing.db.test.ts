import { describe, expect, test } from "vitest";
import { record } from "@/lib/audit/recorded";
import { verifyLog } from "@/lib/audit/verify-log";
import { systemContext } from "@/lib/auth/system-context";
import { useControlDatabase } from "@/lib/testing/control";
import { useRetainedLog } from "@/lib/testing/retained-log";

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
    await expect(mark((await log.size()) - 1)).rejects.toMatchObject(refused);
    await expect(owner`SELECT * FROM prune_audit_events(-1, 1000)`).rejects.toMatchObject({ code: "23000" });
    const [first] = await owner`SELECT entry, leaf_hash FROM audit_events WHERE seq = 0`;
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
