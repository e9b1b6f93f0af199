import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillLog, idOf } from "@/bench/long-log";
import type { AuditFilter } from "@/lib/audit/filter";
import { listEvents, type AuditPlace } from "@/lib/audit/list-events";
import { listHours } from "@/lib/audit/list-hours";
import { lookThrough } from "@/lib/audit/look-through";
import { Actor } from "@/lib/auth/actor";
import type { Context } from "@/lib/auth/context";
import { auditEvents } from "@/lib/db/schema/audit";
import { useControlDatabase } from "@/lib/testing/control";
import { readByPlan, type PlanKind, type Statement } from "@/lib/testing/read-by-plan";

const size = 30_000;
const bounds = { most: 20, bound: 300 };
const table = { sourceId: idOf(7), tableId: idOf(8) };
const control = useControlDatabase();

let client: postgres.Sql;
let ivy: Context;
const sent: Statement[] = [];

beforeAll(async () => {
  client = postgres(control.database.superuserUrl, { max: 1, onnotice: () => {} });
  await client`SET session_replication_role = replica`;
  await fillLog(client, { size, table, about: [] });
  await client`INSERT INTO requests (id, number, requester_id, requester_roles, source_id, table_id, records, fields,
      purpose, reason, view_seconds, risk, risk_points, policy_version, rule, eligible_ids, channel, content_hash,
      created_at, expires_at) OVERRIDING SYSTEM VALUE
    VALUES (${idOf(5)}, 7, ${idOf(1)}, '{agent}', ${table.sourceId}, ${table.tableId}, '{x}', '[{}]',
      'customer-contact', 'They called about it.', 300, '[]', 0, 1, 'review', ARRAY[${idOf(9)}::uuid], 'console', 'x',
      now(), now() + interval '1 day')`;
  const logger = { logQuery: (text: string, params: unknown[]) => void sent.push({ text, params }) };
  const actor = Actor.signedIn({ id: idOf(9), name: "Ivy", roles: ["auditor"] });
  ivy = { actor, sessionId: idOf(2), channel: "console", ip: null, db: drizzle({ client, logger }) };
});
afterAll(async () => client.end({ timeout: 5 }));

/** Of each part of a filter what matches much, little and nothing; a part that is missing here does not compile. */
const choices: { [Name in keyof AuditFilter]-?: readonly NonNullable<AuditFilter[Name]>[] } = {
  group: ["reveals", "refusals", "people"],
  code: ["reveal.opened", "access.refused", "policy.activated"],
  outcome: ["success", "refused", "failure"],
  actorId: [idOf(1), idOf(3), idOf(4)],
  tableId: [table.tableId, idOf(4)],
  requestNumber: [7, 8],
  from: ["2023-11-14", "2023-11-16"],
  to: ["2023-11-15", "2023-11-17"],
};

const singles = (Object.keys(choices) as (keyof AuditFilter)[]).flatMap((name) =>
  choices[name].map((value): AuditFilter => ({ [name]: value })),
);
const filters: AuditFilter[] = [
  {},
  ...singles,
  ...singles.flatMap((one, at) => singles.slice(at + 1).map((other) => ({ ...one, ...other }))),
  { ...singles[0], actorId: idOf(3), tableId: table.tableId, outcome: "success", from: "2023-11-15" },
];

/** The most that the statements sent since then read, each. */
async function mostRead(plan: PlanKind): Promise<{ ofTable: number; ofIndexes: number; text: string }> {
  let most = { ofTable: 0, ofIndexes: 0, text: "" };
  for (const { text, params } of sent.splice(0)) {
    const read = await readByPlan(client, { text, params }, { table: "audit_events", plan });
    if (read.ofTable + read.ofIndexes > most.ofTable + most.ofIndexes) most = { ...read, text };
  }
  return most;
}

/** Each part that an index serves is read up to the bound, beside the others, to see which gets furthest. */
function expectBounded({ text, ...read }: Awaited<ReturnType<typeof mostRead>>, asked: object): void {
  const told = JSON.stringify({ asked, read, text });
  expect(read.ofTable, told).toBeLessThanOrEqual(bounds.bound + 50);
  expect(read.ofIndexes, told).toBeLessThanOrEqual(4 * (bounds.bound + 50));
}

describe.each<PlanKind>(["generic", "custom"])("by a %s plan", (plan) => {
  test("no statement of a page reads more of the log than a look may, whatever two filters are asked for, wherever", async () => {
    const inside: AuditPlace[] = [{ before: size / 2 }, { after: size / 2 }, { after: 0 }];
    for (const [at, filter] of filters.entries())
      for (const place of [{}, inside[at % inside.length]!]) {
        sent.length = 0;
        await listEvents(ivy, filter, place, bounds);
        expectBounded(await mostRead(plan), { filter, place });
      }
  }, 300_000);

  test("the hours beside the pages read no event that is older than they are", async () => {
    sent.length = 0;
    expect(await listHours(ivy)).toHaveLength(48);
    expect(await mostRead(plan)).toMatchObject({
      ofTable: expect.toSatisfy((rows: number) => rows < 50) as number,
    });
  });

  test("no batch of an export reads more of the log than a look may, whatever two filters are asked for", async () => {
    const { seq } = auditEvents;
    for (const filter of filters) {
      const batches = lookThrough(ivy.db, filter, { size, ...bounds }, (look) =>
        ivy.db
          .select({ seq })
          .from(auditEvents)
          .where(look.where)
          .orderBy(look.order)
          .limit(bounds.most + 1),
      );
      for (let batch = 0; batch < 2 && (await batches.next()).done !== true; batch++)
        expectBounded(await mostRead(plan), filter);
      await batches.return(undefined);
    }
  }, 300_000);
});
