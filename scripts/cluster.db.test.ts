import fs from "node:fs";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { removeCluster, startCluster } from "./cluster";
import { findPlace } from "./place";

const name = `run-${process.pid}`;
const wanted = { name, password: "a password of this test", durable: false };
const pidFile = path.join(findPlace().folder, name, "data/postmaster.pid");
const serverPid = () => Number.parseInt(fs.readFileSync(pidFile, "utf8"), 10);

async function ask<T>(url: string, question: string): Promise<T | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql.unsafe<{ answer: T }[]>(question);
    return row?.answer;
  } finally {
    await sql.end();
  }
}

beforeAll(async () => {
  const cluster = await startCluster(wanted);
  await ask(cluster.superuserUrl, "create table kept as select 1 as answer");
  await cluster.stop();
});

afterAll(() => removeCluster(name));

test("listens on loopback alone and takes many connections", async () => {
  const cluster = await startCluster(wanted);
  const settings = "select array_agg(setting order by name) as answer from pg_settings where name in";
  expect(await ask(cluster.superuserUrl, `${settings} ('listen_addresses', 'max_connections')`)).toEqual([
    "127.0.0.1",
    "200",
  ]);
  await cluster.stop();
});

test("keeps data and port over a stop", async () => {
  const first = await startCluster(wanted);
  await first.stop();
  const second = await startCluster({ ...wanted, port: first.port });
  expect(second.port).toBe(first.port);
  expect(await ask(second.superuserUrl, "select answer from kept")).toBe(1);
  await second.stop();
});

test("starts after the server was killed", async () => {
  await startCluster(wanted);
  process.kill(serverPid(), "SIGKILL");
  const next = await startCluster(wanted);
  expect(await ask(next.superuserUrl, "select answer from kept")).toBe(1);
  await next.stop();
});

test("stops a server that nobody looks after any more, and takes its place", async () => {
  await startCluster(wanted);
  const orphan = serverPid();
  const next = await startCluster(wanted);
  expect(serverPid()).not.toBe(orphan);
  expect(() => process.kill(orphan, 0)).toThrow("ESRCH");
  await next.stop();
});

test("a pid file that names somebody else's process harms nobody", async () => {
  const cluster = await startCluster(wanted);
  const text = fs.readFileSync(pidFile, "utf8");
  await cluster.stop();
  fs.writeFileSync(pidFile, text.replace(/^\d+/, String(process.pid)));
  const next = await startCluster(wanted);
  expect(await ask(next.superuserUrl, "select answer from kept")).toBe(1);
  await next.stop();
});

test("a wrong password is told apart from a server that does not start", async () => {
  await expect(startCluster({ ...wanted, password: "another" })).rejects.toThrow("--fresh");
});
