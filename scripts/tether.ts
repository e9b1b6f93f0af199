import { spawn } from "node:child_process";

/** Sends the signal to the process as soon as this one is gone, however it went; returns how to let go. */
export function tether(pid: number, signal: "INT" | "TERM"): () => void {
  // A kill -9 runs no handler of ours, but it closes the pipe on which the shell is waiting.
  const watcher = spawn("/bin/sh", ["-c", 'read _; kill -"$1" "$2"', "sh", signal, String(pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
  });
  watcher.unref();
  const pipe = watcher.stdin as unknown as { unref?: () => void };
  pipe.unref?.();
  return () => void watcher.kill("SIGKILL");
}
