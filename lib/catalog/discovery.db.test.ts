import postgres from "postgres";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "@/lib/auth/context";
import { systemContext } from "@/lib/auth/system-context";
import { addSource, type AddedSource } from "@/lib/catalog/add-source";
import { cancelDiscovery, resumeDiscovery, startDiscovery } from "@/lib/catalog/discovery-run";
import { readTable } from "@/lib/catalog/read-table";
import { runDiscovery } from "@/lib/catalog/run-discovery";
import { giveUpDiscovery, startDueChecks, tendDiscoveries } from "@/lib/catalog/tend-discoveries";
import { Jobs } from "@/lib/jobs/jobs";
import { closeAllPools } from "@/lib/source/pool";
import { connectionOf } from "@/lib/testing/catalogue";
import { signedIn, useControlDatabase } from "@/lib/testing/control";
import { keepsPromises } from "@/lib/testing/kept-promises";
import { emptySource, type TestDatabase } from "@/lib/testing/database";
import { startInstance } from "@/lib/testing/job-instance";
import { openWireTap, type WireTap } from "@/lib/testing/wire-tap";

const control = useControlDatabase();
keepsPromises(control);
const tables = ["a", "b", "c", "d", "e", "f"];
const patience = { timeout: 30_000, interval: 50 };
let database: TestDatabase;
let owner: postgres.Sql;
let tap: WireTap;
let sam: Context;
let source: AddedSource;
let turn = 0;

beforeAll(async () => {
  database = await emptySource();
  owner = postgres(database.ownerUrl, { max: 2, onnotice: () => {} });
  for (const name of tables) {
    await owner.unsafe(`CREATE TABLE ${name} (id int PRIMARY KEY, x text);
      INSERT INTO ${name} SELECT n, 'canary-' || n || '@marigold.example' FROM generate_series(1, 50) AS n`);
  }
  const { hostname, port } = new URL(database.url);
  tap = await openWireTap({ host: hostname, port: Number(port) });
});
beforeEach(async () => {
  sam = await signedIn(control, { name: "Sam", roles: ["steward"] });
  const url = new URL(database.url);
  url.port = String(tap.port);
  const connection = { ...connectionOf(url.href), tls: { mode: "disable" as const } };
  source = await addSource(sam, { name: `Source ${turn++}`, slug: "", connection });
  tap.clear();
});
afterEach(async () => {
  tap.mend();
  await cancelDiscovery(sam, { sourceId: source.id }).catch(() => undefined);
  await control.owner`DELETE FROM glimpse_jobs.job`;
});
afterAll(async () => {
  await closeAllPools();
  await tap.close();
  await owner.end();
  await database.drop();
});

const runId = () => source.runId ?? "";
const send = async (id = runId()) => {
  const jobs = new Jobs({ workers: idle, everyMinute: () => Promise.resolve() });
  await jobs.send("discovery", { id, key: source.id });
  await jobs.stop();
};
const idle = {
  discovery: () => Promise.resolve("done" as const),
  "discovery-lost": () => Promise.resolve("done" as const),
  "mail-collect": () => Promise.resolve("done" as const),
  "mail-send": () => Promise.resolve("done" as const),
  anomalies: () => Promise.resolve("done" as const),
  "audit-prune": () => Promise.resolve("done" as const),
};
const stateOf = async () =>
  (
    await control.owner<{ state: string; failure: string | null }[]>`
      SELECT state, failure FROM discoveries WHERE source_id = ${source.id} ORDER BY created_at DESC LIMIT 1`
  )[0];
const done = async () =>
  (
    await control.owner<{ step: string }[]>`
      SELECT step FROM glimpse_jobs.progress WHERE run = ${runId()} ORDER BY kept_at`
  ).map(({ step }) => (JSON.parse(step) as string[])[1] ?? "");
const codes = async () =>
  (
    await control.owner<
      { code: string }[]
    >`SELECT code FROM audit_events WHERE source_id = ${source.id} ORDER BY seq`
  ).map(({ code }) => code);
/** How many statements asked for the values of each table since the tap was cleared. */
const asked = () => {
  const text = tap.toServer().toString("latin1");
  return Object.fromEntries(tables.map((name) => [name, text.split(`"public"."${name}"`).length - 1]));
};
const proposalOf = async (table: string) =>
  (await readTable(sam, { source: source.slug, schema: "public", table }, "catalog")).columns.find(
    ({ name }) => name === "x",
  )?.proposal.classId;

/** Nobody can read these tables of the source until it is let go: whoever asks for them waits. */
async function held(names: readonly string[]): Promise<() => Promise<void>> {
  let letGo = () => {};
  const until = new Promise<void>((resolve) => (letGo = resolve));
  let isHeld = () => {};
  const begun = new Promise<void>((resolve) => (isHeld = resolve));
  const whole = owner.begin(async (tx) => {
    await tx.unsafe(`LOCK TABLE ${names.join(", ")} IN ACCESS EXCLUSIVE MODE`);
    isHeld();
    await until;
  });
  await begun;
  return async () => {
    letGo();
    await whole;
  };
}

describe("a source that was just added", () => {
  test("is there at once, hidden, and is proposed for by its values later", async () => {
    expect(source.scanned).toMatchObject({ tables: 6, columns: 12 });
    expect(await proposalOf("a")).toBe("none");
    expect(asked()).toMatchObject({ a: 0 });
    expect(await runDiscovery(systemContext(), runId())).toMatchObject({ over: true });
    expect(await proposalOf("a")).toBe("email");
    expect(await codes()).toEqual(["source.added", "source.scanned", "source.discovered"]);
  });

  test("gives no value away while it is looked at, to the wire, the queue or the log (laws 2 and 6)", async () => {
    await send();
    const instance = await startInstance();
    await expect.poll(stateOf, patience).toMatchObject({ state: "done" });
    await instance.stop();
    expect(tap.fromServer().toString("latin1")).not.toContain("canary-");
    const jobs = await control.owner`SELECT data, output FROM glimpse_jobs.job`;
    for (const { data, output } of jobs) {
      expect(data).toEqual({ id: runId(), key: source.id });
      expect(output).toBeNull();
    }
    expect(JSON.stringify(await control.owner`SELECT entry FROM audit_events`)).not.toContain("canary-");
  });
});

describe("instances and what becomes of them", () => {
  test("of two that serve the queue one does the job, and asks for each table once", async () => {
    const instances = await Promise.all([startInstance(), startInstance()]);
    await send();
    await send();
    await expect.poll(stateOf, patience).toMatchObject({ state: "done" });
    const once = asked();
    expect(new Set(Object.values(once)).size, JSON.stringify(once)).toBe(1);
    await Promise.all(instances.map((instance) => instance.stop()));
    expect((await codes()).filter((code) => code === "source.discovered")).toHaveLength(1);
  });

  test("what a killed one had begun goes on elsewhere, with the tables that were not done", async () => {
    const letGo = await held(["c", "d"]);
    const first = await startInstance();
    await send();
    await expect.poll(done, patience).toEqual(expect.arrayContaining(["a", "b"]));
    await first.kill();
    await letGo();
    const finished = await done();
    expect(finished.length).toBeLessThan(tables.length);
    tap.clear();
    // A minute later the queue takes a worker that has not answered for dead.
    await control.owner`UPDATE glimpse_jobs.job SET started_on = started_on - interval '2 minutes' WHERE state = 'active'`;
    const second = await startInstance();
    await expect.poll(stateOf, patience).toMatchObject({ state: "done" });
    await second.stop();
    const again = asked();
    for (const name of finished) expect(again[name], name).toBe(0);
    expect(again["f"]).toBeGreaterThan(0);
    expect(await proposalOf("a")).toBe("email");
  });

  test("one that stops in order leaves its job to another at once", async () => {
    const letGo = await held(["a", "b"]);
    const first = await startInstance();
    await send();
    await expect.poll(() => asked()["a"], patience).toBeGreaterThan(0);
    await first.stop();
    await letGo();
    const second = await startInstance();
    await expect.poll(stateOf, patience).toMatchObject({ state: "done" });
    await second.stop();
  });

  test("a run that no worker survives is given up, on record", async () => {
    await giveUpDiscovery(runId(), new AbortController().signal);
    expect(await stateOf()).toEqual({ state: "failed", failure: "worker-lost" });
    expect((await codes()).at(-1)).toBe("source.discovery_failed");
    await giveUpDiscovery(runId(), new AbortController().signal);
    expect((await codes()).filter((code) => code === "source.discovery_failed")).toHaveLength(1);
  });

  test("a run that has no job is given one by whoever serves the queue", async () => {
    const sent: string[] = [];
    const note = (_: unknown, { id }: { id: string }) => Promise.resolve(void sent.push(id));
    await tendDiscoveries(note);
    expect(sent).not.toContain(runId());
    await control.owner`UPDATE discoveries SET created_at = created_at - interval '1 minute' WHERE id = ${runId()}`;
    await tendDiscoveries(note);
    expect(sent).toContain(runId());
  });
});

describe("what a steward does to a discovery", () => {
  test("cancelling stops it before the next table; resuming asks for the others alone", async () => {
    const letGo = await held(["c", "d"]);
    const running = runDiscovery(systemContext(), runId());
    await expect.poll(done, patience).toEqual(expect.arrayContaining(["a", "b"]));
    await cancelDiscovery(sam, { sourceId: source.id });
    await letGo();
    expect(await running).toMatchObject({ over: true });
    expect(await stateOf()).toMatchObject({ state: "cancelled" });
    expect(asked()).toMatchObject({ e: 0, f: 0 });
    expect(await proposalOf("a")).toBe("none");
    const finished = await done();

    tap.clear();
    await resumeDiscovery(sam, { sourceId: source.id });
    await runDiscovery(systemContext(), runId());
    expect(await stateOf()).toMatchObject({ state: "done" });
    const again = asked();
    for (const name of finished) expect(again[name], name).toBe(0);
    expect(await proposalOf("a")).toBe("email");
    expect((await codes()).slice(2)).toEqual([
      "source.discovery_cancelled",
      "source.discovery_resumed",
      "source.discovered",
    ]);
  });

  test("one runs for each source at a time, and what is over can be neither cancelled nor resumed", async () => {
    await expect(startDiscovery(sam, { sourceId: source.id })).rejects.toMatchObject({
      code: "discovery-running",
    });
    await expect(resumeDiscovery(sam, { sourceId: source.id })).rejects.toMatchObject({
      code: "discovery-over",
    });
    await runDiscovery(systemContext(), runId());
    await expect(cancelDiscovery(sam, { sourceId: source.id })).rejects.toMatchObject({
      code: "discovery-over",
    });
  });

  test("nobody but a steward starts, cancels or resumes one", async () => {
    const ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
    for (const deed of [startDiscovery, cancelDiscovery, resumeDiscovery]) {
      await expect(deed(ana, { sourceId: source.id })).rejects.toMatchObject({ code: "not-permitted" });
    }
  });

  test("a source that does not answer fails it in our own words, and it is resumed when it does", async () => {
    tap.cut();
    await expect(runDiscovery(systemContext(), runId())).rejects.toMatchObject({ name: "SourceFailure" });
    expect(await stateOf()).toEqual({ state: "failed", failure: "unreachable" });
    tap.mend();
    await resumeDiscovery(sam, { sourceId: source.id });
    expect(await runDiscovery(systemContext(), runId())).toMatchObject({ over: true });
    expect(await stateOf()).toEqual({ state: "done", failure: null });
  });
});

describe("a source that is compared by itself", () => {
  const checks = async () =>
    (
      await control.owner`SELECT count(*)::int AS n FROM discoveries WHERE source_id = ${source.id} AND why = 'scheduled'`
    )[0]?.["n"] as number;
  /** As if the source had last been looked at so many days ago. */
  const aged = async (days: number) => {
    const back = `${days} days`;
    await control.owner`UPDATE sources SET created_at = created_at - ${back}::interval WHERE id = ${source.id}`;
    await control.owner`UPDATE discoveries SET created_at = created_at - ${back}::interval WHERE source_id = ${source.id}`;
  };
  const settled = () => runDiscovery(systemContext(), runId());

  test("is so once a day, whoever looks how often", async () => {
    await settled();
    await startDueChecks();
    const today = await checks();
    await aged(1);
    await Promise.all([startDueChecks(), startDueChecks()]);
    expect(await checks()).toBe(today + 1);
    await startDueChecks();
    expect(await checks()).toBe(today + 1);
  });

  test("is so once a week where that is wanted, and never where not", async () => {
    await settled();
    await control.owner`UPDATE sources SET check_every = 'off' WHERE id = ${source.id}`;
    await aged(30);
    await startDueChecks();
    expect(await checks()).toBe(0);
    await control.owner`UPDATE sources SET check_every = 'weekly' WHERE id = ${source.id}`;
    await startDueChecks();
    await startDueChecks();
    expect(await checks()).toBe(1);
  });
});
