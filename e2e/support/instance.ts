import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { nextProgram } from "@/scripts/build";
import { derivedPasswords, urlOf } from "@/scripts/databases";
import { freePort } from "@/scripts/port";
import { stack } from "./stack";

/** Another instance of Glimpse on a control database, which a test may kill; its log is kept whole. */
export class Instance {
  readonly baseUrl: string;
  readonly #port: number;
  readonly #log: string;
  readonly #env: Record<string, string>;
  #server: ChildProcess | undefined;

  private constructor(
    ...[port, log, databaseUrl, settings, host]: [number, string, string, Record<string, string>, string]
  ) {
    this.#port = port;
    this.#log = log;
    this.baseUrl = `http://${host}:${port}`;
    this.#env = {
      DATABASE_URL: databaseUrl,
      GLIMPSE_KEY: stack().key,
      GLIMPSE_LOG_KEY: stack().logKey,
      NEXTAUTH_SECRET: randomBytes(32).toString("base64"),
      NEXTAUTH_URL: this.baseUrl,
      ...settings,
    };
  }

  /**
   * An instance that has not been started, on the control database of the stack or on one of its own. Passkeys are bound
   * to the name of a host, and an address of numbers is none.
   */
  static async prepare(
    log: string,
    databaseUrl = controlUrl(),
    settings: Record<string, string> = {},
    host: "127.0.0.1" | "localhost" = "127.0.0.1",
  ): Promise<Instance> {
    return new Instance(await freePort(), log, databaseUrl, settings, host);
  }

  get log(): string {
    return fs.readFileSync(this.#log, "utf8");
  }

  async start(): Promise<void> {
    const log = fs.openSync(this.#log, "a", 0o600);
    const args = [nextProgram, "start", "-p", String(this.#port), "-H", "127.0.0.1"];
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    this.#server = spawn(process.execPath, args, {
      env: { ...inherited, ...this.#env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      stdio: ["ignore", log, log],
      detached: true,
    });
    fs.closeSync(log);
    for (let tries = 0; tries < 1_200; tries++) {
      if (this.#server.exitCode !== null) break;
      const answer = await fetch(`${this.baseUrl}/sign-in`).catch(() => null);
      if (answer?.ok) return;
      await sleep(50);
    }
    throw new Error(`The instance does not answer. It said:\n${this.log.slice(-2_000)}`);
  }

  /** Tells the server to stop, as a supervisor does, and waits until it is gone. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    server.kill("SIGTERM");
    await gone;
  }

  /** What `kill -9` does to the server and all that it has started. */
  async kill(): Promise<void> {
    const server = this.#server;
    if (server?.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const gone = once(server, "exit");
    process.kill(-server.pid, "SIGKILL");
    await gone;
  }
}

function controlUrl(): string {
  const { superuserUrl, ownerUrl } = stack();
  const database = new URL(ownerUrl).pathname.slice(1);
  return urlOf(superuserUrl, {
    user: "glimpse_web",
    password: derivedPasswords(superuserUrl).glimpse_web,
    database,
  });
}
