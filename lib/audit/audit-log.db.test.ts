import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { exportCells, exportEvents } from "@/lib/audit/export-events";
import { readAuditLog } from "@/lib/audit/list-events";
import { record, recorded } from "@/lib/audit/recorded";
import { parseEntry } from "@/lib/audit/entry";
import { verifyLog } from "@/lib/audit/verify-log";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { writeTransaction } from "@/lib/db/control-database";
import { Refusal } from "@/lib/refusal";
import { signedIn, useControlDatabase } from "@/lib/testing/control";

const control = useControlDatabase();
let ivy: Context;

beforeAll(async () => {
  ivy = await signedIn(control, { name: "Ivy", roles: ["auditor"] });
  await record(systemContext(), { code: "source.scanned" });
});

async function sqlstateOf(attempt: Promise<unknown>): Promise<string | undefined> {
  return attempt.then(
    () => undefined,
    (error: Error & { code?: string; cause?: { code?: string } }) => error.code ?? error.cause?.code,
  );
}

const asApplication = (statement: string) =>
  writeTransaction(
    async (tx) => void (await tx.execute(sql.raw(statement))),
    () => ({ text: "SELECT 1", params: [] }),
  );

describe("the log only grows", () => {
  const rewrites = [
    "UPDATE audit_events SET entry = entry",
    "DELETE FROM audit_events",
    "TRUNCATE audit_events",
    "UPDATE audit_head SET size = 0",
    "DELETE FROM audit_head",
    "TRUNCATE audit_head",
  ];

  test.each(rewrites)("the application's role is refused: %s", async (statement) => {
    expect(await sqlstateOf(asApplication(statement))).toBe("42501");
  });

  test.each(rewrites)("the owner of the tables is refused by trigger: %s", async (statement) => {
    expect(await sqlstateOf(control.owner.unsafe(statement))).toBe("42501");
  });

  test("the application cannot switch the trigger off", async () => {
    expect(await sqlstateOf(asApplication("ALTER TABLE audit_events DISABLE TRIGGER ALL"))).toBe("42501");
  });

  test("an entry whose hash is not its own is refused", async () => {
    const [head] = await control.owner<{ size: string }[]>`SELECT size FROM audit_head`;
    const entry = JSON.stringify({ seq: Number(head!.size), code: "x", outcome: "success", occurredUs: 1 });
    const attempt = control.owner`INSERT INTO audit_events (entry, leaf_hash) VALUES (${entry}, '\\x00')`;
    expect(await sqlstateOf(attempt)).toBe("23514");
  });

  test("an entry that leaves a gap is refused", async () => {
    const entry = JSON.stringify({ seq: 999_999, code: "x", outcome: "success", occurredUs: 1 });
    const attempt = control.owner`
      INSERT INTO audit_events (entry, leaf_hash)
      VALUES (${entry}, sha256('\\x00'::bytea || convert_to(${entry}, 'UTF8')))`;
    expect(await sqlstateOf(attempt)).toBe("23000");
  });
});

test("numbers have no gap and the tree holds when many deeds commit and fail at once", async () => {
  const deeds = Array.from({ length: 60 }, (_, index) =>
    recorded(systemContext(), async () => {
      if (index % 3 === 0) throw new Refusal("bad-input");
      return { result: index, event: [{ code: "source.scanned" }, { code: "source.added" }] };
    }),
  );
  const settled = await Promise.allSettled(deeds);
  expect(settled.filter((deed) => deed.status === "rejected")).toHaveLength(20);
  const [facts] = await control.owner<{ count: string; last: string; size: string }[]>`
    SELECT count(*), max(seq) AS last, (SELECT size FROM audit_head) AS size FROM audit_events`;
  expect(Number(facts!.last)).toBe(Number(facts!.count) - 1);
  expect(facts!.size).toBe(facts!.count);
  expect(await verifyLog(ivy)).toMatchObject({ intact: true, size: Number(facts!.size) });
});

test("a change made behind the log's back, with every guard switched off, is named", async () => {
  await control.owner.begin(async (tx) => {
    await tx`ALTER TABLE audit_events DISABLE TRIGGER audit_only_grows`;
    await tx`UPDATE audit_events SET entry = replace(entry, 'Glimpse', 'Nobody'),
      leaf_hash = sha256('\\x00'::bytea || convert_to(replace(entry, 'Glimpse', 'Nobody'), 'UTF8')) WHERE seq = 2`;
  });
  expect(await verifyLog(ivy)).toMatchObject({ intact: false });
  await control.owner`UPDATE audit_events SET entry = replace(entry, 'Nobody', 'Glimpse'),
    leaf_hash = sha256('\\x00'::bytea || convert_to(replace(entry, 'Nobody', 'Glimpse'), 'UTF8')) WHERE seq = 2`;
  await control.owner`ALTER TABLE audit_events ENABLE TRIGGER audit_only_grows`;
  expect(await verifyLog(ivy)).toMatchObject({ intact: true });
});

test("a shown column that was changed behind the log's back, and not its entry, is named with its event", async () => {
  const id = "00000000-0000-4000-8000-000000000000";
  const changes = {
    code: "'grant.ended'",
    outcome: "'refused'",
    occurred_at: "occurred_at - interval '1 day'",
    ...Object.fromEntries(
      ["actor_id", "source_id", "table_id", "request_id", "grant_id"].map((name) => [name, `'${id}'`]),
    ),
  };
  const owner = (statement: string) => control.owner.unsafe(statement);
  await owner("ALTER TABLE audit_events DISABLE TRIGGER audit_only_grows");
  await owner("CREATE TABLE as_it_was AS SELECT * FROM audit_events WHERE seq = 3");
  for (const [column, value] of Object.entries(changes)) {
    await owner(`UPDATE audit_events SET ${column} = ${value} WHERE seq = 3`);
    expect(await verifyLog(ivy)).toMatchObject({
      intact: false,
      firstBad: 3,
      why: `Its column ${column} does not say what its entry says.`,
    });
    await owner(`UPDATE audit_events e SET ${column} = w.${column} FROM as_it_was w WHERE e.seq = 3`);
  }
  await owner("DROP TABLE as_it_was");
  await owner("ALTER TABLE audit_events ENABLE TRIGGER audit_only_grows");
  expect(await verifyLog(ivy)).toMatchObject({ intact: true });
});

test("reading and exporting the log are events, committed before the answer", async () => {
  const page = await readAuditLog(ivy, {}, {});
  expect(page.events[0]).toMatchObject({ code: "audit.read", actorName: "Ivy" });
  await exportEvents(ivy, { outcome: "refused" });
  const after = await readAuditLog(ivy, { group: "log" }, {});
  expect(after.events.map((event) => event.code)).toContain("audit.exported");
});

test("only an auditor reads, exports or checks the log", async () => {
  const ana = await signedIn(control, {
    name: "Ana",
    roles: ["agent", "approver", "steward", "policy_admin", "admin"],
  });
  await expect(readAuditLog(ana, {}, {})).rejects.toThrow(new Refusal("not-permitted"));
  await expect(exportEvents(ana, {})).rejects.toThrow(new Refusal("not-permitted"));
  await expect(verifyLog(ana)).rejects.toThrow(new Refusal("not-permitted"));
});

test("pages of the log are disjoint, complete and in order, in both directions", async () => {
  for (let index = 0; index < 120; index++) await record(systemContext(), { code: "source.changed" });
  const filter = { group: "catalogue" } as const;
  const seen: number[] = [];
  let before: number | undefined;
  do {
    const page = await readAuditLog(ivy, filter, { before });
    seen.push(...page.events.map((event) => event.seq));
    before = page.older ?? undefined;
  } while (before !== undefined);
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => b - a));
  const [facts] = await control.owner`
    SELECT count(*)::int AS count FROM audit_events WHERE code LIKE 'source.%' OR code LIKE 'catalog.%'`;
  expect(seen).toHaveLength(facts!["count"] as number);
  const back = await readAuditLog(ivy, filter, { after: seen.at(-1)! });
  expect(back.events.map((event) => event.seq)).toEqual(seen.slice(-51, -1));
});

test("an export holds every event once, and the entry of each row is the text that was hashed", async () => {
  const rows: string[][] = [];
  for await (const batch of await exportEvents(ivy, {})) rows.push(...batch.map(exportCells));
  rows.forEach((row, index) => expect(parseEntry(row.at(-1)!).seq).toBe(index));
});
