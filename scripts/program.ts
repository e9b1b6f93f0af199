import { spawn } from "node:child_process";
import path from "node:path";
import { root } from "./place";
import { tether } from "./tether";

export type Run = { code: number; output: string };

export type ProgramWanted = {
  /** A program of node_modules/.bin, or of the system. */
  program: string;
  args: string[];
  env?: Record<string, string>;
  minutes: number;
  /** Show the output while it comes, besides keeping it. */
  show?: boolean;
};

/** Runs a program to its end, or to its limit in minutes; gives all it wrote. Never throws. */
export async function runProgram({
  program,
  args,
  env = {},
  minutes,
  show = false,
}: ProgramWanted): Promise<Run> {
  const bin = path.join(root, "node_modules/.bin");
  const child = spawn(program, args, {
    cwd: root,
    env: {
      ...process.env,
      ...env,
      // Programs that ask for "node" get the one that runs this.
      PATH: [bin, path.dirname(process.execPath), process.env.PATH].join(":"),
      NEXT_TELEMETRY_DISABLED: "1",
      NO_COLOR: "1",
    },
    stdio: ["ignore", "pipe", "pipe"],
    // In a group of its own, so that a limit ends the workers that it started too.
    detached: true,
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (show) process.stdout.write(chunk);
    });
  }
  const { pid } = child;
  const letGo = pid === undefined ? () => {} : tether(-pid, "TERM");
  const limit = setTimeout(() => {
    chunks.push(Buffer.from(`\nStopped after ${minutes} minutes.`));
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  }, minutes * 60_000);
  const code = await new Promise<number>((resolve) => {
    child.once("error", (error) => {
      chunks.push(Buffer.from(error.message));
      resolve(127);
    });
    child.once("close", (status) => resolve(status ?? 1));
  });
  clearTimeout(limit);
  letGo();
  return { code, output: Buffer.concat(chunks).toString("utf8").trim() };
}
