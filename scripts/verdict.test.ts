import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { root } from "./place";

/** A run of three: one that is done, one that is not when the signal comes, and one that would fail because of it. */
const run = `
  import { Lifetime } from "./scripts/lifetime.ts";
  import { inOrder } from "./scripts/runners.ts";
  import { Steps } from "./scripts/steps.ts";
  import { announceStopped } from "./scripts/verdict.ts";
  const lifetime = new Lifetime();
  const found = [];
  lifetime.stopOnSignal(announceStopped(found));
  const tally = (passed, failed) => ({ passed, failed, skipped: [] });
  let dies;
  lifetime.add(async () => dies());
  const runners = [
    { name: "quick", run: async () => tally(3, [{ name: "bad", output: "It is bad." }]) },
    { name: "endless", run: () => new Promise((resolve) => (dies = () => resolve(tally(0, [{ name: "dies", output: "" }])))) },
  ];
  void inOrder(new Steps(), runners, found);
  setInterval(() => {}, 1000);`;

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)(
  "a run that %s ends says what it knows in its last line, and is no success",
  async (signal, code) => {
    const program = ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", run];
    const child = spawn(process.execPath, program, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (/quick.*\n/.test(output)) child.kill(signal);
    });
    expect(await new Promise((resolve) => child.once("close", resolve))).toBe(code);
    expect(output).toContain("FAILED: bad\nIt is bad.");
    expect(output).toContain(`FAILED: the run\nStopped by ${signal} before its end.`);
    expect(output.trimEnd().split("\n").at(-1)).toBe("3 passed, 2 failed");
  },
);
