import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nextProgram } from "./build";
import { privateFolder, root } from "./place";
import { tether } from "./tether";

export type App = {
  baseUrl: string;
  pid: number;
  /** All that the server writes, for people and for the tests that look for leaks. */
  logFile: string;
  exited: Promise<void>;
  stop: () => Promise<void>;
};

export type AppWanted = { name: string; port: number; env: Record<string, string> };

/** Serves the production build on loopback; resolves when a page answers. */
export async function serve({ name, port, env }: AppWanted): Promise<App> {
  const logFile = path.join(privateFolder, `${name}-app.log`);
  const log = fs.openSync(logFile, "w", 0o600);
  const { DATABASE_OWNER_URL: _, ...inherited } = process.env;
  const server = spawn(process.execPath, [nextProgram, "start", "-p", String(port), "-H", "127.0.0.1"], {
    cwd: root,
    env: { ...inherited, ...env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", log, log],
    // In a group of its own, so that Ctrl-C reaches it through us, before its database.
    detached: true,
  });
  fs.closeSync(log);
  const exited = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
    server.once("error", () => resolve());
  });
  const letGo = server.pid === undefined ? () => {} : tether(server.pid, "TERM");
  const stop = () => stopServer(server, letGo);
  const baseUrl = `http://127.0.0.1:${port}`;
  if (server.pid !== undefined && (await answers(baseUrl, server)))
    return { baseUrl, pid: server.pid, logFile, exited, stop };
  await stop();
  throw new Error(`The server does not answer. It said:\n${lastLines(logFile)}`);
}

async function answers(url: string, server: ChildProcess): Promise<boolean> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && isRunning(server)) {
    try {
      const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(20_000) });
      await response.arrayBuffer();
      return response.status < 500;
    } catch {
      await sleep(50);
    }
  }
  return false;
}

async function stopServer(server: ChildProcess, letGo: () => void): Promise<void> {
  if (isRunning(server)) {
    const exited = once(server, "exit");
    server.kill("SIGTERM");
    const patience = sleep(5_000, "late", { ref: false });
    if ((await Promise.race([exited, patience])) === "late") {
      server.kill("SIGKILL");
      await exited;
    }
  }
  letGo();
}

function isRunning(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null;
}

export function lastLines(file: string): string {
  return fs.readFileSync(file, "utf8").trimEnd().split("\n").slice(-30).join("\n");
}
