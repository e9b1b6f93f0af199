import { beforeAll, expect, test } from "vitest";
import { record, recorded } from "@/lib/audit/recorded";
import type { AuditEvent } from "@/lib/audit/event";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { Jobs } from "@/lib/jobs/jobs";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { startInstance } from "@/lib/testing/job-instance";
import { lookForAnomalies, tendAnomalies } from "./tend-anomalies";

const control = useControlDatabase();
const crowd = 40;
const patience = { timeout: 30_000, interval: 10 };
let people: Context[];

beforeAll(async () => {
  people = await Promise.all(
    Array.from({ length: crowd }, (_, at) => signedIn(control, { name: `P${at}`, roles: ["agent"] })),
  );
  const miss: AuditEvent = { code: "lookup.answered", details: { found: "none" } };
  for (const one of people)
    await recorded(one, async () => ({
      result: undefined,
      event: Array.from({ length: 9 }, () => miss) as never,
    }));
}, 60_000);

const count = async (of: "anomaly_cases" | "anomaly_findings") =>
  (await control.owner.unsafe<{ count: number }[]>(`SELECT count(*)::int FROM ${of}`))[0]!.count;
const counted = () =>
  control.owner`SELECT person_id, day, first_seq, records, hours FROM glimpse_jobs.activity_days
    WHERE person_id = ANY (${people.map(({ actor }) => actor.personId)}::uuid[]) ORDER BY 1, 2`;

test("an instance that is killed while it opens cases leaves the rest to another: each case once, none missing", async () => {
  for (const few of [4, 14]) {
    const instance = await startInstance();
    const jobs = new Jobs({ workers: idle, everyMinute: () => Promise.resolve() });
    await jobs.send("anomalies", { id: "look", key: "look" });
    await jobs.stop();
    await expect.poll(() => count("anomaly_cases"), patience).toBeGreaterThanOrEqual(few);
    await instance.kill();
    expect(await count("anomaly_cases"), "it was killed in between").toBeLessThan(crowd);
    // Its job is taken for lost after a minute, which nobody waits for here.
    await control.owner`DELETE FROM glimpse_jobs.job WHERE name = 'anomalies'`;
  }
  while ((await lookForAnomalies(systemContext())) === "again");
  expect(await count("anomaly_cases")).toBe(crowd);
  expect(await count("anomaly_findings")).toBe(crowd);
  const opened = await control.owner`SELECT FROM audit_events WHERE code = 'case.opened'`;
  expect(opened).toHaveLength(crowd);
  const before = await counted();
  await control.owner`DELETE FROM glimpse_jobs.activity_days`;
  await control.owner`UPDATE glimpse_jobs.activity_mark SET seq = -1`;
  while ((await lookForAnomalies(systemContext(), 50)) === "again");
  expect(await counted()).toEqual(before);
  expect(await count("anomaly_findings")).toBe(crowd);
}, 120_000);

test("the job is sent once an hour, of two instances by one, and only when something has happened", async () => {
  const sent: string[] = [];
  const send = (name: string) => Promise.resolve(void sent.push(name));
  while ((await lookForAnomalies(systemContext())) === "again");
  await tendAnomalies(send);
  expect(sent).toEqual([]);
  await record(people[0]!, { code: "auth.signed_out" });
  await Promise.all([tendAnomalies(send), tendAnomalies(send)]);
  expect(sent).toEqual(["anomalies"]);
  await tendAnomalies(send);
  expect(sent).toHaveLength(1);
  await control.owner`UPDATE glimpse_jobs.activity_mark SET looked_at = looked_at - interval '61 minutes'`;
  await tendAnomalies(send);
  expect(sent).toHaveLength(2);
});

const idle = {
  discovery: () => Promise.resolve("done" as const),
  "discovery-lost": () => Promise.resolve("done" as const),
  "mail-collect": () => Promise.resolve("done" as const),
  "mail-send": () => Promise.resolve("done" as const),
  anomalies: () => Promise.resolve("done" as const),
  "audit-prune": () => Promise.resolve("done" as const),
};
