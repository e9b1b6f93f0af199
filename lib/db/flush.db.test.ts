import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { readHead } from "@/lib/audit/check-events";
import { record } from "@/lib/audit/recorded";
import { systemContext } from "@/lib/auth/system-context";
import { readDatabase } from "@/lib/db/control-database";
import { useControlDatabase } from "@/lib/testing/control";
import { throwawayCluster } from "@/scripts/throwaway";

// A server of this file's own, which waits for a replica that never comes: what is acknowledged all the same was not
// kept as its operator wants.
let stopServer: () => Promise<void>;
let admin: postgres.Sql;
const shared = process.env.GLIMPSE_TEST_DATABASE_URL;

beforeAll(async () => {
  const cluster = await throwawayCluster({ durable: true });
  stopServer = cluster.stop;
  process.env.GLIMPSE_TEST_DATABASE_URL = cluster.superuserUrl;
  admin = postgres(cluster.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(async () => {
  await admin?.end({ timeout: 5 });
  await stopServer?.();
  process.env.GLIMPSE_TEST_DATABASE_URL = shared;
});
const control = useControlDatabase();

const AT_ONCE = 8;

beforeEach(async () => {
  // Connections are there, and two that work at once are two.
  await Promise.all(Array.from({ length: AT_ONCE }, deed));
});

afterEach(() => waitForReplica(false));

const deed = () => record(systemContext(), { code: "source.scanned" });

async function waitForReplica(wanted: boolean): Promise<void> {
  await admin.unsafe(`ALTER SYSTEM SET synchronous_standby_names = '${wanted ? "nobody" : ""}'`);
  await admin`SELECT pg_reload_conf()`;
  await expect
    .poll(async () => (await admin`SELECT current_setting('synchronous_standby_names') AS set`)[0]?.["set"])
    .toBe(wanted ? "nobody" : "");
}

async function size(): Promise<number> {
  const [head] = await control.owner<{ size: string }[]>`SELECT size FROM audit_head`;
  return Number(head!.size);
}

const waiters = (name: string) => admin<{ pid: number }[]>`
  SELECT pid FROM pg_stat_activity WHERE application_name = ${name} AND wait_event = 'SyncRep'`;

/** Starts deeds while the server waits for its replica; until all but the first have committed or wait for the flush. */
async function held(): Promise<{ deeds: Promise<PromiseSettledResult<void>[]>; acknowledged: () => number }> {
  const before = await size();
  await waitForReplica(true);
  let count = 0;
  const deeds = Promise.allSettled(
    Array.from({ length: AT_ONCE }, async () => {
      await deed();
      count++;
    }),
  );
  await expect.poll(size).toBe(before + AT_ONCE);
  await expect.poll(async () => (await waiters("glimpse-flush")).length).toBe(1);
  return { deeds, acknowledged: () => count };
}

test("deeds at the same moment append without waiting for each other's flush, and are acknowledged after it", async () => {
  const { deeds, acknowledged } = await held();
  expect(await waiters("glimpse-write")).toHaveLength(0);
  expect(acknowledged()).toBe(0);
  await waitForReplica(false);
  await deeds;
  expect(acknowledged()).toBe(AT_ONCE);
});

test("a deed alone waits for its own commit", async () => {
  await waitForReplica(true);
  const alone = deed();
  await expect.poll(async () => (await waiters("glimpse-write")).length).toBe(1);
  expect(await waiters("glimpse-flush")).toHaveLength(0);
  await waitForReplica(false);
  await alone;
});

test("who loses the flush, or whose wait for a replica is given up, is told that it failed, though the event may be there", async () => {
  for (const end of ["pg_terminate_backend", "pg_cancel_backend"]) {
    const { deeds, acknowledged } = await held();
    for (let answered = false; !answered;) {
      for (const { pid } of await waiters("glimpse-flush")) await admin.unsafe(`SELECT ${end}(${pid})`);
      answered = await Promise.race([
        deeds.then(() => true),
        new Promise<false>((resolve) => setTimeout(resolve, 50, false)),
      ]);
    }
    for (const one of await deeds)
      expect(one).toMatchObject({ status: "rejected", reason: { name: "DatabaseFailure" } });
    expect(acknowledged()).toBe(0);
    await waitForReplica(false);
    await deed();
  }
});

test("whoever remembers the head of the log is told it only when no crash can take it back", async () => {
  const { deeds } = await held();
  let told = false;
  const reading = readHead(readDatabase()).then((head) => {
    told = true;
    return head;
  });
  await expect.poll(async () => (await waiters("glimpse-read")).length).toBe(1);
  expect(told).toBe(false);
  await waitForReplica(false);
  await deeds;
  expect((await reading)?.size).toBe(await size());
});
