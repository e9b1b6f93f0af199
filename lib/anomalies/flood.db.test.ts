import { expect, test, vi } from "vitest";
import type * as entry from "@/lib/audit/entry";
import { parseEntry } from "@/lib/audit/entry";
import type { AuditEvent } from "@/lib/audit/event";
import { recorded } from "@/lib/audit/recorded";
import type { SubjectRef } from "@/lib/audit/subject-ref";
import { systemContext } from "@/lib/auth/system-context";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { lookForAnomalies } from "./tend-anomalies";

vi.mock("@/lib/audit/entry", async (original) => {
  const real = await original<typeof entry>();
  return { ...real, parseEntry: vi.fn(real.parseEntry) };
});

const control = useControlDatabase();
const flood = 1200;

const counted = () =>
  control.owner`SELECT person_id, day, first_seq, records, hours, run FROM glimpse_jobs.activity_days ORDER BY 1, 2`;

async function lookAtAll(batch: number): Promise<void> {
  while ((await lookForAnomalies(systemContext(), batch)) === "again");
}

test("whoever floods the log holds up nobody: each event is read once, however long their day, and a recount gives the same", async () => {
  const agent = await signedIn(control, { name: "Ana", roles: ["agent"] });
  const refusal: AuditEvent = { code: "reveal.refused", details: { action: "reveal", refusal: "not-found" } };
  const opened = (at: number): AuditEvent => ({
    code: "reveal.opened",
    resource: { tableId: "00000000-0000-4000-8000-000000000010", records: [`r${at % 7}` as SubjectRef] },
  });
  await recorded(agent, async () => ({
    result: undefined,
    event: Array.from({ length: flood }, (_, at) => (at % 100 === 99 ? opened(at) : refusal)) as never,
  }));
  vi.mocked(parseEntry).mockClear();
  await lookAtAll(50);
  const [{ size }] = (await control.owner`SELECT count(*)::int AS size FROM audit_events`) as [
    { size: number },
  ];
  expect(vi.mocked(parseEntry).mock.calls.length).toBeLessThanOrEqual(size);
  const [found] = await control.owner`
    SELECT FROM anomaly_findings WHERE person_id = ${agent.actor.personId} AND kind = 'refusals'`;
  expect(found, "and it is a finding itself").toBeDefined();
  const days = await counted();
  expect(days.map(({ records }) => records as number)).toContain(7);
  await control.owner`DELETE FROM glimpse_jobs.activity_days`;
  await control.owner`UPDATE glimpse_jobs.activity_mark SET seq = -1`;
  await lookAtAll(2000);
  expect(await counted()).toEqual(days);
}, 120_000);

test("a batch that was counted and whose mark was not moved counts once, in a batch of another size as well", async () => {
  await lookAtAll(2000);
  const days = await counted();
  for (const batch of [70, 500]) {
    await control.owner`UPDATE glimpse_jobs.activity_mark SET seq = 5`;
    await lookAtAll(batch);
    expect(await counted()).toEqual(days);
  }
}, 60_000);
