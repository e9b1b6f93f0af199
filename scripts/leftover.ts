import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Stops a PostgreSQL that outlived its parent on this data folder, and clears a pid file of the dead. */
export async function stopLeftover(data: string): Promise<void> {
  const pidFile = path.join(data, "postmaster.pid");
  if (!fs.existsSync(pidFile)) return;
  const pid = Number.parseInt(fs.readFileSync(pidFile, "utf8"), 10);
  // After a reboot the number may belong to anybody: only a postgres of this very folder is stopped.
  if (pid > 1 && commandLine(pid).includes(data)) {
    for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
      if (await goneAfter(pid, signal, data)) break;
    }
  }
  fs.rmSync(pidFile, { force: true });
}

async function goneAfter(pid: number, signal: NodeJS.Signals, data: string): Promise<boolean> {
  try {
    process.kill(pid, signal);
  } catch {
    return true;
  }
  for (let waited = 0; waited < 10_000; waited += 50) {
    // A zombie keeps its number but has no command line any more.
    if (!commandLine(pid).includes(data)) return true;
    await sleep(50);
  }
  return false;
}

function commandLine(pid: number): string {
  if (process.platform === "linux") {
    try {
      return fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  }
  return spawnSync("ps", ["-ww", "-o", "args=", "-p", String(pid)], { encoding: "utf8" }).stdout;
}
