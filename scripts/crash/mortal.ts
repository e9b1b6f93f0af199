import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { workerFile, type WorkerTask, type WorkerWord } from "./worker";
import { startCluster, type Cluster, type ClusterWanted } from "@/scripts/cluster";
import { findPlace, privateFolder } from "@/scripts/place";
import { lastLines } from "@/scripts/serve";

/** An application that can be killed. `heard` is told all that it says. */
export class MortalApp {
  readonly #env: Record<string, string>;
  readonly #heard: (word: WorkerWord) => void;
  readonly #logFile: string;
  #child: ChildProcess | null = null;

  constructor(name: string, env: Record<string, string>, heard: (word: WorkerWord) => void) {
    this.#logFile = path.join(privateFolder, `${name}-app.log`);
    this.#env = env;
    this.#heard = heard;
  }

  start(task: WorkerTask): void {
    const log = fs.openSync(this.#logFile, "a", 0o600);
    this.#child = fork(workerFile, {
      execArgv: ["--conditions=react-server", "--import", "tsx"],
      env: { ...process.env, ...this.#env, GLIMPSE_CRASH: JSON.stringify(task) },
      stdio: ["ignore", log, log, "ipc"],
    });
    fs.closeSync(log);
    this.#child.on("message", (word: WorkerWord) => this.#heard(word));
  }

  get isAlive(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** How it ended and what it has written last, where it died by itself. */
  get lastWords(): string {
    const { exitCode = null, signalCode = null } = this.#child ?? {};
    return `It ended with ${signalCode ?? exitCode}.\n${lastLines(this.#logFile)}`;
  }

  /** Kill -9; what it has said before is heard. */
  async kill(): Promise<void> {
    if (!this.#child || !this.isAlive) return;
    const closed = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await closed;
  }
}

/** A database server that syncs to disk, and that can be killed. */
export class MortalDatabase {
  readonly #wanted: ClusterWanted;
  #cluster: Cluster;

  private constructor(wanted: ClusterWanted, cluster: Cluster) {
    this.#wanted = { ...wanted, port: cluster.port };
    this.#cluster = cluster;
  }

  static async start(name: string, password: string): Promise<MortalDatabase> {
    const wanted = { name, password, durable: true };
    return new MortalDatabase(wanted, await startCluster(wanted));
  }

  get superuserUrl(): string {
    return this.#cluster.superuserUrl;
  }

  /** Kill -9 of the server and all of its processes, none of which writes anything any more; then it starts again. */
  async killAndStart(): Promise<void> {
    const file = path.join(findPlace().folder, this.#wanted.name, "data/postmaster.pid");
    const server = Number.parseInt(fs.readFileSync(file, "utf8"), 10);
    for (const pid of [server, ...childrenOf(server)]) kill(pid);
    await this.#cluster.stop();
    const { port } = this.#cluster;
    this.#cluster = await startCluster(this.#wanted);
    if (this.#cluster.port !== port) throw new Error("Somebody else has taken the port of the database.");
  }

  stop(): Promise<void> {
    return this.#cluster.stop();
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Linux tells the parent of each process. */
function childrenOf(parent: number): number[] {
  return fs.readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/u.test(name)) return [];
    try {
      const stat = fs.readFileSync(`/proc/${name}/stat`, "utf8");
      // The name in brackets may hold anything.
      const [, told] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return Number(told) === parent ? [Number(name)] : [];
    } catch {
      return [];
    }
  });
}
