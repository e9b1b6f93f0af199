import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { measureBrowse } from "./browse";
import { measureExport } from "./export";
import { measureLookup } from "./lookup";
import { measureMasks } from "./masks";
import type { Row } from "./measure";
import { measureReveal } from "./reveal";
import { startBenchStack } from "./stack";
import { Lifetime } from "@/scripts/lifetime";
import { root } from "@/scripts/place";
import { Steps } from "@/scripts/steps";

/** What each ratio, or figure, should reach at the most. */
const goals: Record<string, { of: "ratio" | "value"; atMost: number }> = {
  "browse.masked_vs_clear": { of: "ratio", atMost: 1.1 },
  "browse.deep_vs_first": { of: "ratio", atMost: 1.15 },
  "browse.vs_bare_page": { of: "ratio", atMost: 1.3 },
  "browse.script_kb": { of: "value", atMost: 150 },
  "reveal.vs_floor": { of: "ratio", atMost: 2 },
  "lookup.vs_floor": { of: "ratio", atMost: 2 },
  "export.masked_vs_copy": { of: "ratio", atMost: 2 },
};

const lifetime = new Lifetime();
const steps = new Steps();
lifetime.stopOnSignal();
try {
  console.log("Glimpse bench\n");
  const stack = await startBenchStack({ lifetime, steps });
  const parts: readonly (readonly [name: string, measure: () => Promise<Row[]>])[] = [
    ["browse", () => measureBrowse(stack, lifetime)],
    ["reveal", () => measureReveal(stack)],
    ["lookup", () => measureLookup(stack)],
    ["export", () => measureExport(stack)],
    ["masks", () => measureMasks(stack.readerUrl)],
  ];
  const rows: Row[] = [];
  for (const [name, measure] of parts) {
    rows.push(...(await steps.run(name, measure)));
    // What is measured stays, whatever becomes of the rest.
    write("results.json", rows);
  }
  steps.end();
  report(rows);
} catch (error) {
  steps.end();
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
}
await lifetime.stop();
process.exit();

function report(rows: Row[]): void {
  console.log();
  console.table(rows.map((row) => ({ ...row, ...verdict(row) })));
  write("machine.json", {
    cpu: os.cpus()[0]?.model,
    cores: os.cpus().length,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.release()}`,
    node: process.version,
    takenAt: new Date().toISOString(),
  });
}

function verdict(row: Row): { goal: string; reached: string } {
  const goal = goals[row.name];
  if (!goal) return { goal: "", reached: "" };
  return { goal: `${goal.of} ≤ ${goal.atMost}`, reached: row[goal.of] <= goal.atMost ? "yes" : "NO" };
}

function write(name: string, content: unknown): void {
  fs.writeFileSync(path.join(root, "bench", name), `${JSON.stringify(content, null, 2)}\n`);
}
