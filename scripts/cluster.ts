import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { stopLeftover } from "./leftover";
import { findPlace, privateFolder, type Place } from "./place";
import { freePort } from "./port";
import { tether } from "./tether";

export type Cluster = { superuserUrl: string; port: number; stop: () => Promise<void> };

export type ClusterWanted = {
  /** Names the data folder, so that the demo and test runs stay apart. */
  name: string;
  password: string;
  /** The port to keep if it is free; sources are stored with their port. */
  port?: number | undefined;
  /** Survives a power cut. A database that is thrown away after the run need not. */
  durable: boolean;
};

/** A PostgreSQL on loopback, made if it is not there, whatever the last run left behind. */
export async function startCluster(wanted: ClusterWanted): Promise<Cluster> {
  const place = findPlace();
  const home = path.join(place.folder, wanted.name);
  const data = path.join(home, "data");
  await stopLeftover(data);
  if (!fs.existsSync(data)) initialise(place, home, wanted);
  for (let attempt = 1; ; attempt++) {
    const cluster = await tryStart(place, data, await freePort(wanted.port), wanted);
    if (cluster) return cluster;
    // Backends of a killed server need a moment to notice; a free port may have been taken meanwhile.
    if (attempt === 20) throw new Error(`PostgreSQL does not start; its log is ${logFile(wanted.name)}.`);
    await sleep(500);
  }
}

/** Removes the data of a cluster, after stopping a server that still runs on it. */
export async function removeCluster(name: string): Promise<void> {
  const home = path.join(findPlace().folder, name);
  await stopLeftover(path.join(home, "data"));
  fs.rmSync(home, { recursive: true, force: true });
  fs.rmSync(logFile(name), { force: true });
}

export function hasCluster(name: string): boolean {
  return fs.existsSync(path.join(findPlace().folder, name, "data"));
}

function logFile(name: string): string {
  return path.join(privateFolder, `${name}-postgres.log`);
}

/** Made beside its final name, so that an interrupted start leaves nothing that looks finished. */
function initialise(place: Place, home: string, { password, durable }: ClusterWanted): void {
  fs.rmSync(home, { recursive: true, force: true });
  fs.mkdirSync(home, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(home, "password");
  fs.writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (place.account) {
    for (const name of [home, passwordFile]) fs.chownSync(name, place.account.uid, place.account.gid);
  }
  const made = spawnSync(
    path.join(place.native, "bin/initdb"),
    [
      `--pgdata=${path.join(home, "data.new")}`,
      "--username=postgres",
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The built-in provider sorts alike on every machine, whatever its C library.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
      ...(durable ? [] : ["--no-sync"]),
    ],
    { ...place.account, cwd: "/", env: environment(place), encoding: "utf8" },
  );
  fs.rmSync(passwordFile, { force: true });
  if (made.status !== 0) throw new Error(`initdb failed.\n${made.stderr || String(made.error)}`);
  fs.renameSync(path.join(home, "data.new"), path.join(home, "data"));
}

async function tryStart(
  place: Place,
  data: string,
  port: number,
  { name, password, durable }: ClusterWanted,
): Promise<Cluster | undefined> {
  const log = fs.openSync(logFile(name), "a", 0o600);
  const server = spawn(path.join(place.native, "bin/postgres"), ["-D", data, ...settings(port, durable)], {
    ...place.account,
    cwd: "/",
    env: environment(place),
    stdio: ["ignore", log, log],
    // In a group of its own: Ctrl-C reaches the app first, and the app may finish its queries.
    detached: true,
  });
  fs.closeSync(log);
  const exited = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
    server.once("error", () => resolve());
  });
  if (server.pid === undefined) return undefined;
  const letGo = tether(server.pid, "INT");
  const superuserUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  const answer = await firstAnswer(superuserUrl, server);
  if (answer !== "welcome") {
    server.kill("SIGQUIT");
    await exited;
    letGo();
    if (answer === "silence") return undefined;
    throw new Error("The database refuses the password that is kept in .glimpse: start over with --fresh.");
  }
  server.unref();
  return { superuserUrl, port, stop: () => stop(server, letGo) };
}

async function stop(server: ChildProcess, letGo: () => void): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    server.ref();
    const exited = once(server, "exit");
    server.kill("SIGINT");
    const patience = sleep(10_000, "late", { ref: false });
    if ((await Promise.race([exited, patience])) === "late") {
      server.kill("SIGQUIT");
      await exited;
    }
  }
  letGo();
}

async function firstAnswer(url: string, server: ChildProcess): Promise<"welcome" | "refusal" | "silence"> {
  const deadline = Date.now() + 60_000;
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {}, backoff: () => 0 });
  try {
    while (Date.now() < deadline && server.exitCode === null && server.signalCode === null) {
      try {
        await sql`select 1`;
        return "welcome";
      } catch (error) {
        if ((error as { code?: string }).code === "28P01") {
          throw new Error(
            "The database refuses the password that is kept in .glimpse: start over with --fresh.",
          );
        }
        await sleep(50);
      }
    }
    return "silence";
  } finally {
    await sql.end({ timeout: 1 });
  }
}

function settings(port: number, durable: boolean): string[] {
  const values = {
    listen_addresses: "127.0.0.1",
    port,
    unix_socket_directories: "",
    max_connections: 200,
    timezone: "UTC",
    log_timezone: "UTC",
    // Errors quote rows, and no raw value may reach a log: starts, stops and refused sign-ins are enough.
    log_min_messages: "log",
    log_min_error_statement: "panic",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Nothing of the caller's PG* variables, and the package's own libraries before any of the system. */
function environment({ native }: Place): NodeJS.ProcessEnv {
  const libraries = path.join(native, "lib");
  return { NODE_ENV: "production", PATH: "/usr/bin:/bin", LC_ALL: "C", LD_LIBRARY_PATH: libraries };
}
